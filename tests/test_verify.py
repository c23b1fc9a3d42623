"""The proof of a publication: the same bytes anywhere, and whatever differs is named."""

import contextlib
import gzip
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import builders
import repository
import test_incremental
from browser import hosts
from portal import (
    comparing,
    history,
    origin,
    packing,
    pipeline,
    proof,
    published,
    rebuilt,
    signature,
)
from portal.problems import Refused
from repository import commit, git

TOP = pathlib.Path(__file__).resolve().parents[1]
LIGHTS, STAYS = "content/contracts/lights.md", "content/contracts/2025/stays.md"
ANNEX = {"title": "附件", "file": "annex.pdf"}
FILES: dict[str, str | bytes] = {
    "site.yaml": builders.SITE.replace("zh-CN", "en") + "precompress: true\n",
    LIGHTS: builders.text("路灯逐盏巡查。", documents=[ANNEX], aliases=["former"], region="河南省"),
    "content/contracts/lights/annex.pdf": builders.paper(),
    STAYS: builders.text("另一份。", title="档案整理", signed="2025-03-04"),
    "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
}
SURROUNDINGS = (
    {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "COLUMNS": "40"},
    {"LC_ALL": "C", "TZ": "America/St_Johns", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "1"},
)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No error is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")


def built(root: pathlib.Path, output: pathlib.Path, jobs: int = 1) -> pipeline.Report:
    """A build of a site."""
    return pipeline.build(pipeline.Options(root, output, jobs))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A repository with a small register in its only commit, which is signed if it can be."""
    folder = repository.site(tmp_path_factory.mktemp("register") / "main", FILES)
    if shutil.which("ssh-keygen") is not None:
        _sign(folder)
    commit(folder, "First")
    return folder


def _sign(folder: pathlib.Path) -> None:
    """Have git sign every commit of a repository by a new key, which it trusts."""
    key, trusted = folder.with_name("key"), folder.with_name("trusted")
    given = ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)]
    subprocess.run(["ssh-keygen", *given], check=True)
    trusted.write_text(f"test@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "gpg.format": "ssh",
        "user.signingKey": str(key),
        "gpg.ssh.allowedSignersFile": str(trusted),
        "commit.gpgSign": "true",
    }.items():
        git(folder, "config", name, value)


def clone(register: pathlib.Path, place: pathlib.Path) -> pathlib.Path:
    """A clone of the repository."""
    git(register, "clone", "-q", ".", str(place))
    return place


@pytest.fixture(scope="module")
def publications(
    register: pathlib.Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[pathlib.Path, pathlib.Path]:
    """The site, published from two clones in folders and surroundings of their own."""
    places = []
    for number, (name, mask) in enumerate((("a", 0o022), ("乙 b", 0o077))):
        folder = tmp_path_factory.mktemp(name)
        site = clone(register, folder / "site")
        command = [sys.executable, str(TOP / "build.py"), "build", "--jobs", str(number + 1)]
        subprocess.run(
            [*command, "--root", str(site), "--output", str(folder / "public")],
            env={**os.environ, **SURROUNDINGS[number]},
            umask=mask,
            check=True,
            capture_output=True,
        )
        places.append(folder / "public")
    return places[0], places[1]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Where `verify` builds, so that each test after the first takes less."""
    return tmp_path_factory.mktemp("again") / "public"


Verify = Callable[..., tuple[int, str, str]]


@pytest.fixture
def verify(again: pathlib.Path) -> Verify:
    """The command: `verify(repository, place, ...)`."""

    def run(root: pathlib.Path, place: object, *more: str) -> tuple[int, str, str]:
        given = ("--root", str(root), "--output", str(again), "--jobs", "1")
        return builders.run("verify", str(place), *given, *more)

    return run


@pytest.fixture
def copy(publications: tuple[pathlib.Path, pathlib.Path], tmp_path: pathlib.Path) -> pathlib.Path:
    """A publication to meddle with."""
    return shutil.copytree(publications[0], tmp_path / "copy")


def served(place: pathlib.Path, scratch: pathlib.Path) -> contextlib.AbstractContextManager[str]:
    """The address of a site at nginx, with our configuration."""
    if hosts.program("nginx") is None:
        pytest.skip(hosts.missing("nginx"))
    return hosts.serving("nginx", place, scratch)


# The same bytes


def test_two_clones_publish_the_same(
    publications: tuple[pathlib.Path, pathlib.Path], register: pathlib.Path
) -> None:
    """Folder, language, time zone, permissions, hash seed and workers leave no trace."""
    one, other = map(test_incremental.written, publications)
    assert one == other
    stated = proof.read(one["manifest.json"])
    assert stated is not None
    assert (stated.commit, stated.state) == (git(register, "rev-parse", "HEAD"), "clean")
    copies = {path for path in one if packing.whose(path) in one}
    assert {f"{path}.gz" for path in ("index.html", "data/contracts.csv")} <= copies
    assert set(stated.files) == set(one) - copies - {"manifest.json"}


def test_nginx(
    publications: tuple[pathlib.Path, pathlib.Path],
    register: pathlib.Path,
    tmp_path: pathlib.Path,
    verify: Verify,
) -> None:
    """A site at a real web server is verified file by file, over few connections."""
    count = len(json.loads((publications[1] / "manifest.json").read_bytes())["files"])
    with served(publications[1], tmp_path / "nginx") as address:
        code, output, errors = verify(register, address)
        assert (code, errors) == (0, "")
        assert output.splitlines()[-1].startswith(f"Verified: {count} of {count} files")
        assert f"Verified: 3 of {count}" in verify(register, address, "--sample", "3")[1]


def meddled(site: pathlib.Path) -> None:
    """Change a byte, remove a file, add one and have the manifest list it."""
    page = site / "contracts/lights/index.html"
    data = page.read_bytes().replace("巡查".encode(), "巡杳".encode(), 1)
    assert data != page.read_bytes()
    page.write_bytes(data)
    (site / "contracts/lights/index.html.gz").write_bytes(gzip.compress(data))
    (site / "data/contracts.csv").unlink()
    (site / "added.html").write_text("<p>Paid in full</p>")
    stated = json.loads((site / "manifest.json").read_bytes())
    stated["files"]["added.html"] = {"sha256": "0" * 64, "size": 19}
    (site / "manifest.json").write_text(json.dumps(stated))


def test_what_differs_is_named(
    copy: pathlib.Path, register: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """A changed byte, a missing file and an added one are named, over HTTP as in a folder."""
    meddled(copy)
    with served(copy, tmp_path / "nginx") as address:
        code, _, errors = verify(register, address)
        assert code == 1
        assert errors.splitlines() == [
            "changed: contracts/lights/index.html",
            "missing: data/contracts.csv",
            "added: added.html",
            "The published site is not what the repository gives: 3 differences.",
        ]
    code, _, errors = verify(register, copy)
    assert code == 1
    assert errors.splitlines()[:3] == [
        "changed: contracts/lights/index.html",
        "missing: data/contracts.csv",
        "added: added.html",
    ]


def test_packed_copies_are_looked_at(
    copy: pathlib.Path, register: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """A copy that holds something else than its file is found where readers get it.

    So is a manifest that lists other files than there are.
    """
    text = (copy / "manifest.json").read_text("utf-8")
    (copy / "manifest.json").write_text(text.replace('"size": ', '"size": 1', 1), "utf-8")
    code, _, errors = verify(register, copy)
    assert (code, "manifest.json lists other ones" in errors) == (1, True)
    (copy / "manifest.json").write_text(text, "utf-8")
    for name in ("index.html.gz", "about/index.html.br", "static/site.css.gz"):
        (copy / name).write_bytes(b"\x1f\x8b damaged")
    (copy / "gone.html.gz").write_bytes(b"")
    code, _, errors = verify(register, copy)
    assert (code, errors.count("changed: "), errors.count("added: ")) == (1, 3, 1)
    with served(copy, tmp_path / "nginx") as address:
        code, _, errors = verify(register, address)
        assert (code, errors.count("changed: ")) == (1, 2)


# Commits


def test_a_later_commit(
    copy: pathlib.Path, register: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """The commit that the site names is built, whatever is checked out, and changed since."""
    here = clone(register, tmp_path / "here")
    (here / STAYS).write_text(builders.text("Changed."), "utf-8")
    commit(here, "Second")
    (here / LIGHTS).unlink()
    code, output, errors = verify(here, copy)
    assert (code, errors) == (0, "")
    assert "Commits since then: 1." in output
    assert git(here, "status", "--porcelain") == "D content/contracts/lights.md"
    assert len(git(here, "worktree", "list").splitlines()) == 1


def test_a_commit_of_somebody_else(
    copy: pathlib.Path, register: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """A commit that is not in the history of what is checked out is never built, nor one ahead."""
    here = clone(register, tmp_path / "here")
    text = (copy / "manifest.json").read_text("utf-8")
    ahead = commit(here, "Ahead")
    git(here, "reset", "-q", "--hard", "HEAD~")
    (copy / "manifest.json").write_text(text.replace(git(here, "rev-parse", "HEAD"), ahead))
    code, _, errors = verify(here, copy)
    assert (code, "comes after what is checked out" in errors) == (1, True)
    git(here, "checkout", "-q", "--orphan", "other")
    commit(here, "Other")
    top = git(here, "rev-parse", "--show-toplevel")
    assert not rebuilt.is_ours(pathlib.Path(top), ahead)
    assert not rebuilt.is_ours(pathlib.Path(top), "--help")


def test_uncommitted_changes(
    register: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """A site that was built from changed files names no commit, and is held against these."""
    here = clone(register, tmp_path / "here")
    (here / STAYS).write_text(builders.text("Changed."), "utf-8")
    built(here, tmp_path / "public")
    stated = json.loads((tmp_path / "public/manifest.json").read_bytes())
    assert (stated["commit"], stated["state"]) == (None, "changed")
    code, output, _ = verify(here, tmp_path / "public")
    assert (code, "compared with the working tree" in output) == (0, True)


def test_only_the_commit_changed(register: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A commit that changes nothing of the site changes the manifest, and nothing else."""
    here, output = clone(register, tmp_path / "here"), tmp_path / "public"
    built(here, output)
    before = test_incremental.written(output)
    assert built(here, output).made == 0
    (here / "NOTES.txt").write_text("Nothing of the site.\n")
    name = commit(here)
    assert built(here, output).made == 1
    after = test_incremental.written(output)
    changed = {path for path in after if after[path] != before.get(path)}
    assert (changed, before.keys() - after.keys()) == ({"manifest.json"}, set())
    stated = proof.read(after["manifest.json"])
    assert stated is not None
    assert stated.commit == name


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (LIGHTS, "changed"),
        ("content/contracts/new.md", "changed"),
        ("content/contracts/ignored.md", "changed"),
        ("static/new.css", "changed"),
        ("content/.DS_Store", "clean"),
        ("elsewhere.txt", "clean"),
    ],
)
def test_origin(register: pathlib.Path, tmp_path: pathlib.Path, path: str, state: str) -> None:
    """A commit is named only if all that is published stands in it, ignored files among that."""
    here = clone(register, tmp_path / "here")
    (here / ".git/info/exclude").write_text("ignored.md\n")
    (here / path).parent.mkdir(exist_ok=True)
    (here / path).write_text("x\n")
    head = history.source(here).head
    assert origin.of(here, head) == (head if state == "clean" else "", state)


def test_no_origin(tmp_path: pathlib.Path) -> None:
    """Outside git, and before the first commit, there is none, and no error."""
    assert origin.of(tmp_path, history.source(tmp_path).head) == ("", "none")
    folder = repository.site(tmp_path / "site")
    assert origin.of(folder, history.source(folder).head) == ("", "none")


# Histories that were rewritten


def test_a_purged_history(tmp_path: pathlib.Path, verify: Verify) -> None:
    """What follows from tombstones is accepted when the commit is gone, and nothing else is."""
    lights = {path: data for path, data in FILES.items() if "lights" in path}
    others = {path: data for path, data in FILES.items() if path not in lights}
    here, public = repository.site(tmp_path / "here", others), tmp_path / "public"
    first = commit(here, "Others")
    builders.site(here, {"site.yaml": FILES["site.yaml"], **lights})
    commit(here, "Lights")
    built(here, public)
    given = ("--root", str(here), "--reason", "误发", "--date", "2026-05-04")
    assert builders.run("withdraw", "lights", *given)[0] == 0
    git(here, "reset", "-q", "--soft", first)
    commit(here, "A history without the text")
    code, output, errors = verify(here, public)
    assert (code, errors, "the history was rewritten" in output) == (0, "", True)
    assert "differences follow from contracts that were withdrawn" in output
    assert output.rstrip().endswith("publish again to have a site that can be.")
    page = public / "contracts/stays/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert verify(here, public)[0] == 1


FOLLOW = (
    *("contracts/gone/index.html", "contracts/gone/annex.pdf", "contracts/former/index.html"),
    *("contracts/page/2/index.html", "agencies/x/feed.xml", "data/contracts.csv", "index.html"),
)
OTHERS = (
    *("contracts/stays/index.html", "contracts/stays/annex.pdf", "about/index.html"),
    *("static/search/box.js", "404.html", "evil/index.html", "evil.html"),
    *("contracts/evil/index.html", "contracts/page/index.html"),
)


def test_what_follows_from_a_tombstone() -> None:
    """Its own files, and those of many contracts; nothing of others, no words, no scripts."""
    withdrawn = frozenset(("gone", "former"))
    assert comparing.unexplained((*FOLLOW, *OTHERS), withdrawn) == [*OTHERS]


def test_no_contract_comes_with_a_purge(tmp_path: pathlib.Path, verify: Verify) -> None:
    """A former id of a withdrawn contract follows from its tombstone; no invented contract does."""
    others = {path: data for path, data in FILES.items() if "lights" not in path}
    here, public = repository.site(tmp_path / "here", others), tmp_path / "public"
    first = commit(here, "Others")
    builders.site(here, {"site.yaml": FILES["site.yaml"], LIGHTS: builders.text("路灯。")})
    commit(here, "Lights")
    built(here, public)
    git(here, "rm", "-q", LIGHTS)
    lamps = {"content/contracts/lamps.md": builders.text("路灯。", aliases=["lights"])}
    builders.site(here, {"site.yaml": FILES["site.yaml"], **lamps})
    commit(here, "Rename")
    given = ("--root", str(here), "--reason", "误发", "--date", "2026-05-04")
    assert builders.run("withdraw", "lamps", *given)[0] == 0
    git(here, "reset", "-q", "--soft", first)
    commit(here, "A history without the text")
    assert verify(here, public)[0] == 0
    evil = public / "contracts/evil/index.html"
    evil.parent.mkdir()
    evil.write_text("<p>invented</p>", "utf-8")
    code, _, errors = verify(here, public)
    assert (code, "contracts/evil/index.html" in errors) == (1, True)


def test_a_shallow_clone(
    copy: pathlib.Path, register: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """A commit that was not fetched is to be fetched: nobody says that it is gone."""
    there = clone(register, tmp_path / "there")
    commit(there, "Second")
    git(there, "clone", "-q", "--depth", "1", f"file://{there}", "../here")
    code, _, errors = verify(tmp_path / "here", copy)
    assert (code, "git fetch --unshallow" in errors) == (1, True)


# Signatures


@pytest.fixture
def signed(register: pathlib.Path) -> pathlib.Path:
    """The repository, whose commit is signed."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("There is no ssh-keygen; `make test` installs it on Debian and Ubuntu as root")
    return register


def test_signed(
    signed: pathlib.Path, copy: pathlib.Path, tmp_path: pathlib.Path, verify: Verify
) -> None:
    """A signed commit is shown as such, with who signed it and by which key."""
    name = git(signed, "rev-parse", "HEAD")
    found = signature.of(signed, name)
    assert (found.state, found.signer) == ("good", "test@example.org")
    assert found.key.startswith("SHA256:")
    code, output, _ = verify(signed, copy)
    said = f"the signature is good: test@example.org ({found.key})"
    assert (code, said in output) == (0, True)
    here = clone(signed, tmp_path / "here")
    assert signature.of(here, name).state == "unknown"
    (tmp_path / "trusted").write_text("")
    git(here, "config", "gpg.ssh.allowedSignersFile", str(tmp_path / "trusted"))
    assert signature.of(here, name).state == "untrusted"
    assert signature.of(here, commit(here)).state == "none"


def test_a_forged_signature(signed: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A commit that bears the signature of another one is not good."""
    data = git(signed, "cat-file", "commit", "HEAD").replace("\n\nFirst", "\n\nForged") + "\n"
    (tmp_path / "forged").write_text(data)
    name = git(signed, "hash-object", "-t", "commit", "-w", str(tmp_path / "forged"))
    assert signature.of(signed, name).state == "bad"


# Refusals


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("nowhere", "neither a folder nor an address"),
        ("http://[x/", "neither a folder nor an address"),
        ("http://127.0.0.1:port/", "neither a folder nor an address"),
        ("ftp://127.0.0.1/", "neither a folder nor an address"),
        ("http://127.0.0.1:9/x/", "http://127.0.0.1:9/x/ cannot be reached: Connection refused"),
        ("here", "There is no manifest.json at here"),
    ],
)
def test_unfit_places(
    register: pathlib.Path,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    words: str,
) -> None:
    """What cannot be verified is said in words, with the place."""
    monkeypatch.chdir(tmp_path)
    pathlib.Path("here").mkdir()
    code, output, errors = builders.run("verify", place, "--root", str(register))
    assert (code, output) == (1, "")
    assert words in errors


def test_not_onto_itself(copy: pathlib.Path, register: pathlib.Path) -> None:
    """What is to be verified is not built over."""
    given = ("--root", str(register), "--output", str(copy))
    assert builders.run("verify", str(copy), *given)[0] == 1


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format": 2}', b"[" * 100_000, b"\xff"])
def test_no_manifest(data: bytes) -> None:
    """What is no manifest.json of ours is none."""
    assert proof.read(data) is None


# Hosts that do it their own way


class _Odd(http.server.BaseHTTPRequestHandler):
    """Packs everything, says of packed data that they are sent packed, is busy at first, moves."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes] = {}  # noqa: RUF012 - set by the test
    seen: set[str] = set()  # noqa: RUF012 - as above

    def do_GET(self) -> None:
        """One answer."""
        path = self.path.lstrip("/")
        if path == "busy.txt" and path not in self.seen:
            self.seen.add(path)
            self.answer(503, b"", {"Retry-After": "0"})
        elif path == "moved.html":
            self.answer(308, b"", {"Location": "/moved"})
        elif path == "away.html":
            self.answer(302, b"", {"Location": "http://127.0.0.2:1/away"})
        elif path.endswith(".gz"):
            self.answer(200, self.files[path], {"Content-Encoding": "gzip"})
        elif path in self.files:
            self.answer(200, gzip.compress(self.files[path]), {"Content-Encoding": "gzip"})
        else:
            self.answer(404, b"nothing", {})

    def answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        """Status, headers, bytes."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: Any) -> None:
        """Nothing."""


@pytest.fixture
def odd() -> Iterator[str]:
    """The address of a host that does it its own way."""
    packed = gzip.compress(b"data", mtime=0)
    _Odd.files = {"a.txt": b"plain", "b.json.gz": packed, "busy.txt": b"late", "moved": b"there"}
    _Odd.files["large.txt"] = b"x" * 10_000_000
    _Odd.files[""] = b"home"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def stated(data: bytes) -> proof.File:
    """What a manifest says of a file."""
    return proof.File(hashlib.sha256(data).hexdigest(), len(data))


@pytest.mark.parametrize(
    ("path", "data", "found"),
    [
        ("index.html", b"home", "same"),
        ("a.txt", b"plain", "same"),
        ("a.txt", b"plaim", "changed"),
        ("b.json.gz", gzip.compress(b"data", mtime=0), "same"),
        ("b.json.gz", gzip.compress(b"other", mtime=0), "changed"),
        ("busy.txt", b"late", "same"),
        ("moved.html", b"there", "same"),
        ("away.html", b"away", "HTTP 302"),
        ("none.txt", b"none", "missing"),
        ("_headers", b"for the host", "same"),
        ("large.txt", b"x" * 10, "changed"),
    ],
)
def test_odd_hosts(odd: str, path: str, data: bytes, found: str) -> None:
    """Packing, moving and a moment's trouble change nothing; what is larger is not read whole."""
    with published.opened(odd) as site:
        assert list(site.look(path, stated(data))) == [(path, found)]


def test_own_address(register: pathlib.Path, tmp_path: pathlib.Path, odd: str) -> None:
    """Without a place, the address in site.yaml is verified."""
    here = clone(register, tmp_path / "here")
    text = (here / "site.yaml").read_text("utf-8")
    (here / "site.yaml").write_text(text.replace("https://contracts.example.org", odd), "utf-8")
    code, _, errors = builders.run("verify", "--root", str(here))
    assert (code, f"no manifest.json at {odd}/manifest.json" in errors) == (1, True)


# The generator in the same repository


@pytest.mark.slow
def test_the_commit_builds_itself(tmp_path: pathlib.Path) -> None:
    """Where the generator lies beside the content, the commit's own generator builds it."""
    git(TOP, "clone", "-q", ".", str(tmp_path / "one"))
    one, public = tmp_path / "one", tmp_path / "public"
    run = [sys.executable, "build.py"]
    subprocess.run([*run, "build", "--output", str(public)], cwd=one, check=True)
    template = one / "templates/404.html"
    template.write_text(template.read_text("utf-8").replace("<h1", "<h1 id='x'"), "utf-8")
    commit(one, "Another look")
    done = subprocess.run([*run, "verify", str(public)], cwd=one, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_unreachable_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be had is told with the reason; a host that is gone is given up."""
    monkeypatch.setattr(published, "TRIES", 1)
    with published.opened("http://127.0.0.1:9") as site:
        with pytest.raises(Refused):
            site.manifest()
        assert [one.found for one in site.look("a.txt", stated(b""))] == ["Connection refused"]
        files = {f"{n}.txt": stated(b"") for n in range(100)}
        with pytest.raises(Refused, match="unreachable"):
            comparing.compared(site, files, frozenset(files), pipeline.unseen)
