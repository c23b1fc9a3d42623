"""Archives: the files of a zip, and of those within it, as far as it is safe to unpack them."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from portal.reading.part import Unreadable

MOST_BYTES, MOST_FILES, MOST_TAGS = 200_000_000, 5_000, 2_000_000
MOST_ARCHIVES = 3
"""Archives within one another, the outermost included."""

PICTURES = (".bmp", ".emf", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".wmf")
STRICT = (".xml", ".rels")
"""Files that have to be XML; others may only look like it."""

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ArithmeticError, EOFError, LookupError)
_DAMAGE = (*_BROKEN, OSError, RuntimeError, ValueError)


class File(NamedTuple):
    """A file of an archive."""

    name: str
    data: bytes

    @property
    def is_xml(self) -> bool:
        is_named = self.name.lower().endswith((*STRICT, ".svg", ".vml"))
        return is_named or self.data.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml")

    @property
    def is_archive(self) -> bool:
        return self.data.startswith(b"PK\x03\x04")

    @property
    def is_picture(self) -> bool:
        return self.name.lower().endswith(PICTURES)

    @property
    def is_setting(self) -> bool:
        """Whether it is a small file of a program's own, such as the settings of a printer."""
        return bool(re.search("printersettings|(?:^|/)mimetype$|layout-cache$", self.name.lower()))

    @property
    def is_attachment(self) -> bool:
        """Whether it is neither read here nor a picture."""
        is_read = self.is_xml or self.is_setting or self.is_picture
        return bool(self.data) and not is_read


class Archive(NamedTuple):
    """An archive, unpacked. Its path is empty, or its name within the archive that it lies in."""

    path: str
    files: tuple[File, ...]
    remarks: str


def opened(data: bytes, path: str = "", most: int = MOST_BYTES) -> Archive:
    """Unpacks an archive. Raises Unreadable: damaged (or a bomb), encrypted, old-office."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("encrypted" if is_locked else "old-office")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unreadable("encrypted")
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > most:
                raise Unreadable("damaged")
            _check_gaps(data, archive)
            files = tuple(File(_path(entry), archive.read(entry)) for entry in entries)
            remarks = [archive.comment, *(entry.comment for entry in entries)]
    except _DAMAGE as error:
        raise Unreadable("damaged") from error
    if any(b"encryption-data" in file.data for file in files if "META-INF/" in file.name):
        raise Unreadable("encrypted")
    _check_tags(files)
    return Archive(path, files, "\n".join(decoded(remark) for remark in remarks if remark))


def _check_tags(files: Iterable[File]) -> None:
    if sum(file.data.count(b"<") for file in files if file.is_xml) > MOST_TAGS:
        raise Unreadable("damaged")


def _check_gaps(data: bytes, archive: zipfile.ZipFile) -> None:
    """Refuses bytes that belong to no file: what was deleted may still be there for who looks."""
    end, slack = 0, 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        _check_gap(data[end : entry.header_offset], slack)
        names, extras = struct.unpack_from("<HH", data, entry.header_offset + 26)
        end = entry.header_offset + 30 + names + extras + entry.compress_size
        slack = 24 if entry.flag_bits & 8 else 0
    _check_gap(data[end : archive.start_dir], slack)
    _check_gap(data[data.rfind(b"PK\x05\x06") + 22 + len(archive.comment) :], 0)


def _check_gap(gap: bytes, slack: int) -> None:
    if len(gap) > slack and gap.strip(b"\0"):
        raise Unreadable("damaged")


def _path(entry: zipfile.ZipInfo) -> str:
    """A name as it was written: old archives do not say in which encoding."""
    name = entry.orig_filename
    return name if entry.flag_bits & 0x800 else decoded(name.encode("cp437"))


def decoded(raw: bytes) -> str:
    """UTF-8, or else what Windows writes in China."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def archives(data: bytes) -> tuple[Archive, ...]:
    """An archive and those within it; the limits hold for them together."""
    found, left, waiting = list[Archive](), MOST_BYTES, [(1, "", data)]
    for level, path, content in waiting:
        if level > MOST_ARCHIVES:
            raise Unreadable("damaged")
        found.append(opened(content, path, left))
        left -= sum(len(file.data) for file in found[-1].files)
        inner = (file for file in found[-1].files if file.is_archive)
        waiting += [(level + 1, posixpath.join(path, one.name), one.data) for one in inner]
    _check_tags(file for archive in found for file in archive.files)
    return tuple(found)
