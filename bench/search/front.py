"""A front that speaks HTTP/2, as hosts that pack do: GitHub Pages, nginx and Caddy with TLS.

A browser asks it for all that it wants at once; over HTTP/1.1 it asks for six files at a time.
"""

import contextlib
import pathlib
import tempfile
from collections.abc import Iterator

import click

from browser import hosts

CONFIGURATION = """{
	admin off
	default_sni 127.0.0.1
	skip_install_trust
	auto_https disable_redirects
	servers {
		protocols h1 h2
	}
}
https://127.0.0.1:%(port)d {
	tls internal
	reverse_proxy 127.0.0.1:%(behind)d
}
"""


@contextlib.contextmanager
def speaking_http2(behind: int) -> Iterator[str]:
    """The address of a Caddy before the server at a port of this machine, until the block ends."""
    program = hosts.program("caddy")
    if program is None:
        raise click.ClickException(hosts.missing("caddy"))
    port = hosts.free_port()
    with tempfile.TemporaryDirectory(prefix="bench-front-") as name:
        folder = pathlib.Path(name)
        file = folder / "Caddyfile"
        file.write_text(CONFIGURATION % {"port": port, "behind": behind}, encoding="utf-8")
        command = (program, "run", "--config", str(file), "--adapter", "caddyfile")
        with hosts.running(command, port, folder):
            yield f"https://127.0.0.1:{port}/"
