"""What is packed: anybody's gzip unpacks it, and every machine packs the same bytes."""

import gzip
import hashlib
import io

import pytest

from portal import gzipped

TEXT = "\n".join(
    f"第{n}条 运行维护服务费 {n * n * 37 % 100_003} 元，于 {n % 28 + 1} 日前支付。"
    for n in range(2_000)
).encode()


@pytest.mark.parametrize("data", [b"", b"a", TEXT, bytes(range(256)) * 300])
@pytest.mark.parametrize("level", [gzipped.QUICK, gzipped.BEST])
def test_anybody_unpacks_it(data: bytes, level: int) -> None:
    """It holds what was packed, checksum and length too; one after the other is a file again."""
    packed = gzipped.compress(data, level)
    assert gzip.decompress(packed) == data
    assert gzip.decompress(packed + gzipped.compress(TEXT)) == data + TEXT
    with gzip.open(io.BytesIO(packed)) as file:
        assert file.read(1) == data[:1]
        assert file.mtime == 0


def test_parts_are_one_text() -> None:
    """What comes in parts is the same text; nothing at all is packed as nothing."""
    lines = TEXT.splitlines(keepends=True)
    assert gzip.decompress(gzipped.joined(iter(lines))) == TEXT
    assert gzipped.joined([TEXT]) == gzipped.compress(TEXT)
    assert gzipped.joined([]) == gzipped.compress(b"")


@pytest.mark.parametrize(
    ("level", "digest"),
    [(gzipped.BEST, "0de1148359afd988"), (gzipped.QUICK, "1ce7d3ac6328a18a")],
)
def test_the_same_bytes_everywhere(level: int, digest: str) -> None:
    """Who verifies a site on another kind of machine gets its bytes.

    The digests are the same on every machine. Where a newer library packs otherwise, they are to be
    replaced, and the CHANGELOG is to say that every packed file changes.
    """
    assert hashlib.sha256(gzipped.compress(TEXT, level)).hexdigest()[:16] == digest


def test_each_part_its_own_way() -> None:
    """Parts that are packed by themselves are one file; noise takes no more room than it has."""
    drawn = (hashlib.sha256(str(at).encode()).digest() for at in range(20_000))
    noise = bytes(int.from_bytes(one[:2]).bit_length() for one in drawn)
    parts = [TEXT, noise, b"", noise[:1], bytes(9_000)]
    packed = gzipped.planes(parts)
    assert gzip.decompress(packed) == b"".join(parts)
    assert len(gzipped.planes([noise])) < len(gzipped.compress(noise)) * 0.9
    assert len(packed) < len(gzipped.compress(b"".join(parts)))
    assert gzip.decompress(gzipped.planes([])) == b""
    assert hashlib.sha256(packed).hexdigest()[:16] == "e567cc4733769e9b"
