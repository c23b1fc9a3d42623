"""Office files and archives (xlsx, pptx, odt, ofd, zip): every text, and every file within."""

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from portal.reading import archive, markup
from portal.reading.part import Part, Unreadable

MOST_FILES, MOST_TAGS = archive.MOST_FILES, archive.MOST_TAGS
"""What is taken at most; see `archive`."""


class Relation(NamedTuple):
    """What a file of a package refers to: by which key, as what (`styles`), and where that is."""

    key: str
    kind: str
    name: str


def related(files: Sequence[archive.File], name: str = "") -> Iterator[Relation]:
    """The files that one file of a package refers to; without a name, the package itself."""
    folder, base = posixpath.split(name)
    for file in files:
        if file.name == posixpath.join(folder, "_rels", f"{base}.rels"):
            for one in markup.tree(file):
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
                kind = one.get("Type", "").rpartition("/")[2]
                yield Relation(one.get("Id", ""), kind, target.lstrip("/"))


def parts(name: str, data: bytes, hidden_styles: Collection[str] = ()) -> tuple[Part, ...]:
    """All that stands in an archive and in those within it. Raises Unreadable as `opened` does.

    `hidden_styles` are the Word styles, of the archive itself, whose text is hidden.
    """
    found = [Part("name", name)]
    for path, files, remarks in archive.archives(data):
        names = [posixpath.join(path, file.name) for file in files]
        found += (Part("name", "\n".join(names)), Part("metadata", remarks))
        pairs = zip(names, files, strict=True)
        found += (Part("attachment", one) for one, file in pairs if file.is_attachment)
        found += _read(files, () if path else hidden_styles)
    return tuple(part for part in found if part.text.strip())


def embedded(name: str, data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files that `parts` does not read: pictures, PDF, what we do not know.

    The files of archives within are among them, the archives themselves are not.
    """
    return tuple(
        (posixpath.join(name, path, file.name), file.data)
        for path, files, _ in archive.archives(data)
        for file in files
        if file.is_picture or (file.is_attachment and not file.is_archive)
    )


def _read(files: Sequence[archive.File], hidden_styles: Collection[str]) -> Iterator[Part]:
    """What the files of one archive say; shared strings stand in the cells that show them."""
    strings: list[str] = []
    for file in files:
        if file.name.endswith("sharedStrings.xml"):
            reader = markup.read(file, markup.Reader(base="text"))
            strings += reader.lines.pop("text", [])
            yield from reader.parts()
    unshown, unused = set(_unshown(files)), dict(enumerate(strings))
    for file in files:
        if file.is_xml and not file.name.endswith("sharedStrings.xml"):
            base = "hidden" if file.name in unshown else ""
            reader = markup.Reader(hidden_styles, strings, base)
            yield from _said(file, reader)
            for key in reader.used:
                unused.pop(key, None)
        elif file.is_setting:
            words = re.findall(rb"[ -~]{4,}", file.data.replace(b"\0", b""))
            yield Part("metadata", b"\n".join(words).decode("ascii"))
    yield Part("hidden", "\n".join(unused.values()))


def _said(file: archive.File, reader: markup.Reader) -> tuple[Part, ...]:
    """What a file says; one that is not quite XML is taken as it is written."""
    try:
        return tuple(markup.read(file, reader).parts())
    except Unreadable:
        if file.name.lower().endswith(archive.STRICT):
            raise
        return (Part("hidden", archive.decoded(file.data)),)


def _unshown(files: Sequence[archive.File]) -> Iterator[str]:
    """The names of the hidden sheets of a workbook."""
    for file in files:
        if posixpath.basename(file.name) == "workbook.xml":
            targets = {one.key: one.name for one in related(files, file.name)}
            for sheet in markup.tree(file).iterfind("{*}sheets/{*}sheet"):
                if sheet.get("state", "visible") != "visible":
                    yield from (targets.get(value, "") for value in sheet.attrib.values())
