"""Which files a site has: found, refused, or read again because they changed."""

import os
import pathlib
from collections.abc import Mapping

import pytest

import builders
from portal import corpus, digest, files
from portal.problems import Refused


def tree(folder: pathlib.Path, content: Mapping[str, str | bytes]) -> files.Tree:
    """The files of a site that holds this content."""
    return files.tree(builders.site(folder, content))


def codes(found: files.Tree) -> list[tuple[str, str]]:
    """Where the problems are, and which."""
    return sorted((one.at.path, one.code) for one in found.problems)


def test_where_files_lie(tmp_path: pathlib.Path) -> None:
    """Contracts lie in any folder, their documents beside them; entries and pages in one folder."""
    found = tree(
        tmp_path,
        {
            "content/contracts/a.md": "",
            "content/contracts/2026/二月/b.md": "",
            "content/contracts/2026/二月/b/scan.pdf": "",
            "content/contracts/2026/二月/b/附件 一.pdf": "",
            "content/agencies/works.yaml": "",
            "content/vendors/lights.yaml": "",
            "content/pages/about.md": "",
        },
    )
    assert found.problems == ()
    assert [one.path for one in found.contracts] == [
        "content/contracts/2026/二月/b.md",
        "content/contracts/a.md",
    ]
    (documents,) = found.documents.values()
    assert [one.path.rpartition("/")[2] for one in documents] == ["scan.pdf", "附件 一.pdf"]
    assert [len(one) for one in found.registries.values()] == [1, 1]
    assert len(found.pages) == 1
    assert len(list(found.all())) == 8


def test_nothing(tmp_path: pathlib.Path) -> None:
    """A site without any content is a site."""
    found = tree(tmp_path, {})
    assert (found.problems, found.contracts) == ((), ())
    assert found.site is not None


def test_no_site(tmp_path: pathlib.Path) -> None:
    """A folder without site.yaml, a folder that is not there, and a file are no site."""
    (tmp_path / "file").write_text("")
    for folder in (tmp_path, tmp_path / "missing", tmp_path / "file"):
        assert files.tree(folder).site is None


def test_left_behind(tmp_path: pathlib.Path) -> None:
    """What systems and editors leave behind is nobody's mistake."""
    names = (".DS_Store", "Thumbs.db", "desktop.ini", ".a.md.swp", "Icon\r", ".gitkeep")
    places = ("content", "content/contracts", "content/contracts/a", "content/vendors")
    rest = {f"{place}/{name}": "" for place in places for name in names}
    found = tree(tmp_path, {"content/contracts/a.md": "", **rest})
    assert found.problems == ()
    assert [len(one) for one in found.documents.values()] == [0]


def test_two_of_one_name(tmp_path: pathlib.Path) -> None:
    """A folder whose name ends like a file is a folder, and does not hide what lies beside it."""
    found = tree(tmp_path, {"content/contracts/x.md/a.md": "", "content/contracts/x/b.txt": ""})
    assert codes(found) == [("content/contracts/x/b.txt", "stray-file")]
    assert [one.path for one in found.contracts] == ["content/contracts/x.md/a.md"]


def test_pipes(tmp_path: pathlib.Path) -> None:
    """Nothing waits for a pipe."""
    root = builders.site(tmp_path, {"content/contracts/a.md": ""})
    for path in ("content/contracts/b.md", "content/contracts/a/scan.pdf", "content/pages/x.md"):
        (root / path).parent.mkdir(exist_ok=True)
        os.mkfifo(root / path)
    found = files.tree(root)
    assert [code for _, code in codes(found)] == ["not-a-file"] * 3
    files.seal(root, found.all(), {})


def test_bytes_in_names(tmp_path: pathlib.Path) -> None:
    """A name in another encoding is refused, and shown as far as it can be."""
    root = builders.site(tmp_path, {"content/contracts/a.md": ""})
    try:
        os.mkdir(os.fsencode(root / "content/contracts") + b"/\xc2\xb7\xb5\xc6")
    except OSError:
        pytest.skip("this file system knows no such names")
    assert codes(files.tree(root)) == [("content/contracts/·??", "file-name")]


def test_links_are_not_followed(tmp_path: pathlib.Path) -> None:
    """No bytes come from behind a symbolic link."""
    root = builders.site(tmp_path, {"secret.txt": "secret"})
    (root / "link").symlink_to("secret.txt")
    with pytest.raises(OSError, match="symbolic"):
        files.content(str(root), "link")


def test_read_again(tmp_path: pathlib.Path) -> None:
    """A file is read again if anything about it has changed, or could have without a trace."""
    root = builders.site(tmp_path, {"content/contracts/a.md": "one"})
    path = root / "content/contracts/a.md"
    sealed, fresh = files.seal(root, files.tree(root).all(), {})
    assert sealed["content/contracts/a.md"].digest == digest.raw(b"one")
    assert fresh == {}
    stamp = files.tree(root).contracts[0].stamp
    known = {"content/contracts/a.md": (stamp, "as remembered")}
    sealed, _ = files.seal(root, files.tree(root).all(), known)
    assert sealed["content/contracts/a.md"].digest == "as remembered"
    path.write_text("two")
    os.utime(path, ns=(stamp[1], stamp[1]))
    sealed, _ = files.seal(root, files.tree(root).all(), known)
    assert sealed["content/contracts/a.md"].digest == digest.raw(b"two")


def test_changed_meanwhile(tmp_path: pathlib.Path) -> None:
    """A file that changes during a build stops it: one build sees one state of things."""
    root = builders.site(tmp_path, {"content/contracts/a.md": "one"})
    sealed = files.Sealed(str(root), corpus.File("content/contracts/a.md", digest.raw(b"one"), 3))
    assert files.read(sealed) == b"one"
    (root / "content/contracts/a.md").write_text("two")
    with pytest.raises(Refused, match="changed"):
        files.read(sealed)


def test_assets(tmp_path: pathlib.Path) -> None:
    """A site's own styles and scripts take the place of the generator's."""
    own = builders.site(tmp_path / "own", {"a.css": "own", "deep/b.js": "", ".hidden": ""})
    other = builders.site(tmp_path / "other", {"a.css": "other", "c.css": ""})
    found = files.assets((other, own, tmp_path / "missing"))
    assert list(found) == ["a.css", "c.css", "deep/b.js", "site.yaml"]
    assert files.read(found["a.css"]) == b"own"
