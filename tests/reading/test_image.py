"""Pictures: what is written beside the picture is found."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image, PngImagePlugin, TiffImagePlugin

from portal.reading import image
from portal.reading.part import Part, Unreadable

PHONE = "13800000000"


def saved(format: str, **options: object) -> bytes:
    """A small grey picture."""
    out = io.BytesIO()
    Image.new("L", (8, 8), 128).save(out, format, **options)
    return out.getvalue()


def exif(**tags: object) -> Image.Exif:
    """Exif data by the names of their tags."""
    found = Image.Exif()
    codes = {name: code for code, name in ExifTags.TAGS.items()}
    for name, value in tags.items():
        found[codes[name]] = value
    return found


def found(data: bytes, place: str = "metadata") -> list[str]:
    """All that stands at a place."""
    return [part.text for part in image.parts(data) if part.place == place]


def segment(data: bytes, marker: int, content: bytes) -> bytes:
    """A JPEG with one more segment at its beginning."""
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + data[2:]


def chunk(data: bytes, kind: bytes, content: bytes) -> bytes:
    """A PNG with one more chunk at its end."""
    end = data.rindex(b"IEND") - 4
    made = struct.pack(">I", len(content)) + kind + content
    return data[:end] + made + struct.pack(">I", zlib.crc32(kind + content)) + data[end:]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_exif(format: str) -> None:
    """Author, owner and description are found, in Chinese too, in every format."""
    tags = exif(Artist="jia", Copyright="甲某某".encode(), ImageDescription=f"tel {PHONE}")
    texts = found(saved(format, exif=tags))
    assert {"Artist: jia", "Copyright: 甲某某", f"ImageDescription: tel {PHONE}"} <= set(texts)


def test_windows_tags() -> None:
    """The tags that the Explorer of Windows writes are found."""
    tags = exif(XPAuthor="甲某某\0".encode("utf-16-le"), XPComment="乙某某\0".encode("utf-16-le"))
    assert {"XPAuthor: 甲某某", "XPComment: 乙某某"} <= set(found(saved("JPEG", exif=tags)))


def test_camera() -> None:
    """The serial number and the owner of a camera are found, and a comment of its user."""
    tags = Image.Exif()
    below = tags.get_ifd(ExifTags.IFD.Exif)
    below[0xA431] = "SN0000123"
    below[0xA430] = "jia"
    below[0x9286] = b"UNICODE\0" + "甲某某".encode("utf-16")
    below[0x927C] = b"\x01\x02maker-of-jia\0\x03"
    texts = found(saved("JPEG", exif=tags))
    assert {"BodySerialNumber: SN0000123", "CameraOwnerName: jia", "UserComment: 甲某某"} <= set(
        texts
    )
    assert "MakerNote: maker-of-jia" in texts


def test_place() -> None:
    """That a picture says where it was taken is told, the place itself is not."""
    tags = Image.Exif()
    tags.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (31.0, 12.0, 3.0), 3: "E", 4: (1.0, 2, 3)}
    )
    texts = found(saved("JPEG", exif=tags))
    assert "GPS coordinates present" in texts
    assert not any("31" in text for text in texts)


def test_thumbnail() -> None:
    """A small picture within the metadata is an attachment: it may show what was cut off."""
    first = struct.pack("<2sHIHI", b"II", 42, 8, 0, 14)
    second = struct.pack("<HHHIIHHIII", 2, 0x201, 4, 1, 44, 0x202, 4, 1, 5, 0)
    data = saved("JPEG", exif=b"Exif\0\0" + first + second)
    assert found(data, "attachment") == ["Exif thumbnail"]


def test_png_texts() -> None:
    """Texts in a PNG are found: plain, packed, international, before the picture and after it."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "jia")
    info.add_text("Comment", f"tel {PHONE}", zip=True)
    info.add_itxt("Title", "甲某某")
    data = chunk(saved("PNG", pnginfo=info), b"tEXt", b"Source\0" + "乙某某".encode())
    texts = found(data)
    assert {"Author: jia", f"Comment: tel {PHONE}", "Title: 甲某某", "Source: 乙某某"} <= set(texts)


def test_raw_profile() -> None:
    """What ImageMagick keeps in a PNG as figures is read."""
    info = PngImagePlugin.PngInfo()
    raw = f"photo by jia {PHONE}".encode()
    info.add_text("Raw profile type iptc", f"\niptc\n{len(raw):8}\n{raw.hex()}\n")
    assert f"Raw profile type iptc: photo by jia {PHONE}" in found(saved("PNG", pnginfo=info))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_xmp(format: str) -> None:
    """XMP is read, its texts and its values."""
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d phone="{PHONE}"><li>甲某某</li></d></x:xmpmeta>'
    data = saved(format, exif=Image.Exif())
    if format == "JPEG":
        data = segment(data, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp.encode())
    elif format == "PNG":
        data = chunk(data, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp.encode())
    elif format == "WEBP":
        data = saved(format, xmp=xmp.encode())
    else:
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[700] = xmp.encode()
        tags.tagtype[700] = 1
        data = saved(format, tiffinfo=tags)
    assert any(PHONE in text and "甲某某" in text for text in found(data))


def test_xmp_with_entities() -> None:
    """XMP with a document type is not read as XML, but as it is written."""
    xmp = f'<!DOCTYPE x [<!ENTITY a "{PHONE}">]><x>&a;</x>'
    data = segment(saved("JPEG"), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp.encode())
    assert any(PHONE in text for text in found(data))


def test_iptc() -> None:
    """IPTC is read: the name of the photographer."""
    value = "甲某".encode()
    record = b"\x1c\x02\x50" + struct.pack(">H", len(value)) + value
    resource = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    )
    data = segment(saved("JPEG"), 0xED, b"Photoshop 3.0\0" + resource)
    assert "IPTC 2:80: 甲某" in found(data)


def test_comments() -> None:
    """All comments of a JPEG are found, in UTF-8 and GBK, and the comment of a GIF."""
    data = segment(saved("JPEG"), 0xFE, "甲某某".encode())
    data = segment(data, 0xFE, "乙某某".encode("gbk"))
    assert {"COM: 甲某某", "COM: 乙某某"} <= set(found(data))
    assert any("jia" in text for text in found(saved("GIF", comment=b"jia")))


def test_tiff_pages() -> None:
    """Every page of a TIFF is looked at."""
    first, second = Image.new("L", (8, 8)), Image.new("L", (8, 8))
    out = io.BytesIO()
    second.encoderinfo = {"tiffinfo": {315: "yi"}}
    first.save(out, "TIFF", save_all=True, append_images=[second], tiffinfo={315: "jia"})
    assert {"Artist: jia", "Artist: yi"} <= set(found(out.getvalue()))


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_after_the_end(format: str) -> None:
    """What was put after the end of a picture is found."""
    data = saved(format) + f"secret {PHONE}".encode()
    assert Part("hidden", f"secret {PHONE}") in image.parts(data)
    assert Part("attachment", "data after the picture") in image.parts(data)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"])
def test_plain_picture(format: str) -> None:
    """A picture with nothing beside it says nothing about anybody."""
    assert not any("jia" in part.text for part in image.parts(saved(format)))
    assert {part.place for part in image.parts(saved(format))} <= {"metadata"}


def test_damaged() -> None:
    """What is no picture is refused, and half a picture where it must be read to its end."""
    for data in (b"", b"%PDF-1.7", b"\x89PNG", saved("PNG")[:-30]):
        with pytest.raises(Unreadable, match="damaged"):
            image.parts(data)


def test_bomb() -> None:
    """A picture that would fill the memory is refused."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    made = (
        struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    with pytest.raises(Unreadable, match="damaged"):
        image.parts(b"\x89PNG\r\n\x1a\n" + made + saved("PNG")[33:])


def test_text_bomb() -> None:
    """A packed text that would fill the memory is refused."""
    data = chunk(saved("PNG"), b"zTXt", b"x\0\0" + zlib.compress(b"\0" * 50_000_000))
    with pytest.raises(Unreadable, match="damaged"):
        image.parts(data)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_broken_anyhow(format: str) -> None:
    """However a picture is broken, it is refused, or read; nothing else happens."""
    data = saved(format, exif=exif(Artist="jia"))
    for place in range(len(data)):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        for raw in (bytes(broken), data[:place]):
            try:
                image.parts(raw)
            except Unreadable:
                continue
