"""Programs of the system that tests drive: run, and installed where the distribution has them."""

import os
import shutil
import subprocess
import sys


def apt_install(*packages: str) -> None:
    """Install packages of Debian or Ubuntu; elsewhere, or without root, nothing happens."""
    if shutil.which("apt-get") and as_root():
        say(f"Installing {' '.join(packages)} ...")
        apt = (*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq")
        run(*apt, "update")
        run(*apt, "install", "-y", "--no-install-recommends", *packages)


def as_root() -> tuple[str, ...]:
    """What to put before a command for root to run it; empty if root is out of reach."""
    if os.geteuid() == 0:
        return ("env",)
    if shutil.which("sudo") and run("sudo", "-n", "true"):
        return ("sudo", "-n")
    return ()


def run(*command: str, seconds: int = 1800) -> bool:
    """Whether a command does what it is for."""
    try:
        done = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def say(text: str) -> None:
    """A line for who watches the installation."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
