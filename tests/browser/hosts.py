"""The web servers that tests start with our configurations; run as a program, installs them.

Debian's packages start a server of their own on port 80, which is stopped again.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from browser import system

HOSTING = Path(__file__).resolve().parents[2] / "docs/hosting"
PROGRAMS = ("nginx", "caddy")
PACKAGES = {
    "nginx": "nginx",
    "caddy": "caddy",
    "ssh-keygen": "openssh-client",
    "openssl": "openssl",
}
"""What tests start, with the packages of Debian; keys are made for commits and for TLS."""
ADDRESS = "127.0.0.1"
SECONDS = 20
NGINX = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What stands around a server of nginx; whose files belong to root, root reads them."""
CADDY = "{\n\tadmin off\n\tauto_https off\n}\n"


def program(name: str) -> str | None:
    """The path of a server's program; Debian keeps nginx where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def missing(name: str) -> str:
    """What to say where there is no such program."""
    return f"There is no {name}; `make test` installs it on Debian and Ubuntu as root"


@contextlib.contextmanager
def serving(name: str, site: Path, scratch: Path) -> Iterator[str]:
    """A site in a folder, served by a server with our configuration: its address, with a slash."""
    port = free_port()
    scratch.mkdir(parents=True, exist_ok=True)
    command = {"nginx": _nginx, "caddy": _caddy}[name](site, port, scratch)
    with running(command, port, scratch):
        yield f"http://{ADDRESS}:{port}/"


@contextlib.contextmanager
def serving_http2(site: Path, scratch: Path) -> Iterator[int]:
    """The port of a site that nginx serves with our configuration, over TLS and HTTP/2."""
    port = free_port()
    key, certificate = scratch / "key.pem", scratch / "certificate.pem"
    made = (
        f"-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={ADDRESS}"
    )
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(
        [str(program("openssl")), "req", *made.split(), *files], check=True, capture_output=True
    )
    tls = f" ssl http2; ssl_certificate {certificate}; ssl_certificate_key {key}"
    with running(_nginx(site, port, scratch, tls), port, scratch):
        yield port


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: Sequence[str], port: int, scratch: Path) -> Iterator[None]:
    """A server that has begun to listen at a port, until the block ends."""
    surroundings = {**os.environ, "HOME": str(scratch), "XDG_DATA_HOME": str(scratch)}
    with open(scratch / "said.log", "wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=surroundings)
    try:
        _wait(server, port, scratch)
        yield
    finally:
        server.terminate()
        server.wait(SECONDS)


def _wait(running: subprocess.Popen[bytes], port: int, scratch: Path) -> None:
    """Until the server answers; an error with its words if it does not."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and running.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((ADDRESS, port), 1):
            return
        time.sleep(0.05)
    raise AssertionError((scratch / "said.log").read_text(errors="replace"))


def _nginx(site: Path, port: int, scratch: Path, tls: str = "") -> list[str]:
    changes = {
        "listen 80; ": f"listen {ADDRESS}:{port}{tls}; ",
        "    listen [::]:80;\n": "",
        "contracts.example.org": ADDRESS,
        "/var/www/contracts": f'"{site}"',
    }
    user = "user root;" if os.geteuid() == 0 else ""
    (scratch / "site.conf").write_text(_changed("nginx.conf", changes), "utf-8")
    config = scratch / "nginx.conf"
    config.write_text(NGINX.format(user=user, folder=scratch), "utf-8")
    command = [str(program("nginx")), "-c", str(config), "-p", str(scratch)]
    _valid([*command, "-t"])
    return [*command, "-g", "daemon off;"]


def _caddy(site: Path, port: int, scratch: Path) -> list[str]:
    changes = {
        "contracts.example.org {": f"http://{ADDRESS}:{port} {{",
        "/var/www/contracts": f'"{site}"',
    }
    config = scratch / "Caddyfile"
    config.write_text(CADDY + _changed("Caddyfile", changes), "utf-8")
    given = ["--config", str(config), "--adapter", "caddyfile"]
    _valid([str(program("caddy")), "validate", *given])
    return [str(program("caddy")), "run", *given]


def _changed(name: str, changes: Mapping[str, str]) -> str:
    """Our configuration, with what everybody has to correct."""
    text = (HOSTING / name).read_text("utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _valid(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")


if __name__ == "__main__":
    for name, package in PACKAGES.items():
        if program(name) is None:
            system.apt_install(package)
            if name in PROGRAMS and program(name) is not None:
                system.run(*system.as_root(), "service", name, "stop")
        if program(name) is None:
            system.say(f"{missing(name)}. Its tests will be skipped.")
