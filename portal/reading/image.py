"""Pictures: what is written beside the picture itself, by cameras, scanners and programs."""

import contextlib
import io
import re
import struct
import warnings
from collections.abc import Iterable, Iterator

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from portal.reading import archive, markup
from portal.reading.part import Part, Unreadable

MOST_PIXELS = 400_000_000
"""Of all frames together; that of one picture is Pillow's, about 90 million."""

_DAMAGE = (Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError, struct.error)
_MORE = (OSError, ValueError, ArithmeticError, LookupError, RuntimeError, TypeError, EOFError)
_COORDINATES = frozenset(range(1, 8))
_CHARSETS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_XMP, _THUMBNAIL = 700, 513
_XMP_BEGINS = b"http://ns.adobe.com/xap/1.0/\0"
_SILENT = ("exif", "xmp", "photoshop", "dpi", "jfif", "adobe", "progressive", "gamma", "interlace")
_ENDS = {"JPEG": b"\xff\xd9", "MPO": b"\xff\xd9", "PNG": b"IEND\xae\x42\x60\x82"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_RUN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{6,}")


def parts(data: bytes) -> tuple[Part, ...]:
    """What stands in a picture's metadata, and what follows after the picture's end.

    Coordinates are not told, only that there are some; a small picture within the metadata is an
    attachment, since it may show what was cut off. Raises Unreadable: damaged (also a bomb).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                found = [*_parts(picture), *_rest(data, _ENDS.get(picture.format or ""))]
    except (*_DAMAGE, *_MORE) as error:
        raise Unreadable("damaged") from error
    return tuple(dict.fromkeys(part for part in found if part.text.strip()))


def _parts(picture: ImageFile.ImageFile) -> Iterator[Part]:
    frames = getattr(picture, "n_frames", 1)
    if frames * picture.width * picture.height > MOST_PIXELS:
        raise Unreadable("damaged")
    for frame in range(frames):
        picture.seek(frame)
        if picture.format == "PNG":
            picture.load()  # texts may stand after the picture
        exif = picture.getexif()
        if _COORDINATES & set(exif.get_ifd(ExifTags.IFD.GPSInfo)):
            yield Part("metadata", "GPS coordinates present")
        if _THUMBNAIL in exif.get_ifd(ExifTags.IFD.IFD1):
            yield Part("attachment", "Exif thumbnail")
        for name, text in (*_tags(exif), *_segments(picture), *_remarks(picture)):
            yield Part("metadata", f"{name}: {text}" if text.strip() else "")


def _tags(exif: Image.Exif) -> Iterator[tuple[str, str]]:
    """The texts in the tags of Exif and TIFF; a figure in them is a size, a time, a setting."""
    below = (ExifTags.IFD.Exif, ExifTags.IFD.Interop, ExifTags.IFD.IFD1)
    tags = [one for directory in (exif, *map(exif.get_ifd, below)) for one in directory.items()]
    for tag, value in tags:
        name = ExifTags.TAGS.get(tag, f"tag {tag}")
        if tag == _XMP and isinstance(value, bytes):
            yield from _xmp(value)
        else:
            yield from ((name, text) for text in _texts(name, value))
    for tag, value in exif.get_ifd(ExifTags.IFD.GPSInfo).items():
        if tag not in _COORDINATES:
            yield from ((f"GPS {tag}", text) for text in _texts("", value))


def _texts(name: str, value: object) -> Iterable[str]:
    if isinstance(value, tuple | list):
        return [text for one in value if isinstance(one, str | bytes) for text in _texts(name, one)]
    if isinstance(value, str):
        return [_again(value)]
    if not isinstance(value, bytes):
        return []
    if name.startswith("XP"):
        return [value.decode("utf-16-le", "replace").strip("\0")]
    if value[:8] in _CHARSETS:
        own = value[8:].decode(_CHARSETS[value[:8]], "replace").strip("\0")
        return [own, *_readable(value[8:])]
    return _readable(value)


def _again(text: str) -> str:
    """A text that was taken for Latin-1, in the encoding in which it was written."""
    with contextlib.suppress(UnicodeEncodeError):
        return (_decoded(text.encode("latin-1")) or text).strip("\0")
    return text


def _decoded(raw: bytes) -> str:
    """Bytes that are a text from beginning to end; of others nothing."""
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = raw.decode(encoding).strip("\0")
            return "" if _CONTROL.search(text) else text
    return ""


def _readable(raw: bytes) -> list[str]:
    """A text, or the stretches of text in what is none, in UTF-8 or in two bytes a letter."""
    if text := _decoded(raw):
        return [text]
    found = _RUN.findall(raw.decode("utf-8", "replace"))
    return found + _RUN.findall(raw.replace(b"\0", b"").decode("utf-8", "replace"))


def _segments(picture: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    """What a JPEG holds beside the tags: comments, XMP, IPTC, what programs leave."""
    segments: list[tuple[str, bytes]] = getattr(picture, "applist", [])
    for name, data in segments:
        if data.startswith(_XMP_BEGINS):
            yield from _xmp(data.removeprefix(_XMP_BEGINS))
        elif not data.startswith((b"Exif\0", b"JFIF\0")):
            yield from ((name, text) for text in _readable(data))
    for key, value in (IptcImagePlugin.getiptcinfo(picture) or {}).items():
        yield from ((f"IPTC {key[0]}:{key[1]}", text) for text in _texts("", value))


def _remarks(picture: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    """What other formats hold: the texts of a PNG, the comment of a GIF, profiles."""
    for key, value in picture.info.items():
        name = str(key)
        if name in {"xmp", "XML:com.adobe.xmp"}:
            yield from _xmp(value.encode() if isinstance(value, str) else value)
        elif name.startswith("Raw profile") and isinstance(value, str):
            raw = re.sub("[^0-9a-f]", "", value.strip().split("\n", 2)[-1])
            yield from ((name, text) for text in _readable(bytes.fromhex(raw[: len(raw) // 2 * 2])))
        elif name not in _SILENT:
            yield from ((_again(name), text) for text in _texts("", value))


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        reader = markup.Reader(base="metadata")
        found = [
            part.text for part in markup.read(archive.File("", data.strip(b"\0")), reader).parts()
        ]
    except Unreadable:
        found = _readable(data)
    yield from (("XMP", text) for text in found)


def _rest(data: bytes, end: bytes | None) -> Iterator[Part]:
    """What follows after the end of a picture: some program's data, or something hidden."""
    rest = data[data.rfind(end) + len(end) :].strip(b"\0") if end and end in data else b""
    if rest:
        yield Part("attachment", "data after the picture")
        yield from (Part("hidden", text) for text in _readable(rest))
