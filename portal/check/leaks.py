"""What must not be in the bytes that are about to be published: a person's numbers and addresses.

The sources were looked at before. This is the second look, at what templates, exports and assets
made of them: quick where nothing stands that could be a number of a person, and the finder's word
where something does.
"""

import gzip
import io
import re
from collections.abc import Iterator

from portal import gate
from portal.problems import Location, Problem, problem
from portal.redact import policy

WORTH = re.compile(
    rb"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])|[0-9]{15,19}|[0-9A-Za-z]@[0-9A-Za-z]"
)
"""What a second look is worth: a mobile number, a long number, an address of mail."""
_MOBILE = re.compile(rb"1(?<![0-9]1)[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
_DIGITS = bytes(48 if 48 <= code <= 57 else 32 for code in range(256))
"""Every digit a 0, all else a space: so that a long number is found by a plain search."""
AROUND = 90
BINARY = tuple(
    ".png .jpg .jpeg .gif .webp .ico .woff2 .pdf .ofd .doc .docx .xls .xlsx .zip .tif .tiff".split()
)
"""What is no text; the documents among them are read by `gate.document` as sources."""
DATA = tuple(".csv .tsv .json .geojson .xml .txt .md".split())
DERIVED = ("search/", "contracts/", "agencies/", "vendors/", "feeds/")
"""Data that follow from sources which were read as a whole, as pages do."""
SAID = re.compile(r"data/|contracts/[^/]+/(?:releases|record)\.json$")
"""They say nothing that the records of contracts do not say, at which this second look is taken."""
_LONG = b"0" * 15
WHOLE_AT_MOST = 1024 * 1024
"""Data are read as a whole up to so many bytes; pages follow from sources that were."""
_NUMBER = re.compile("[0-9@]")
_TAGS = re.compile(r"<[^<>]{0,400}>")
UNZIPPED_AT_MOST = 64 * 1024 * 1024


def found(path: str, data: bytes, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings in a file of the publication, with its line; never the text itself.

    `kept` are the texts that authors keep, of the whole register.
    """
    if path.endswith(BINARY) or SAID.match(path):
        return
    if path.endswith(".gz"):
        path = path.removesuffix(".gz")
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(UNZIPPED_AT_MOST)
    is_data = path.endswith(DATA) and not path.startswith(DERIVED)
    whole = is_data and len(data) <= WHOLE_AT_MOST
    for start, end in ((0, len(data)),) if whole else _places(data):
        text = _TAGS.sub(" ", data[start:end].decode("utf-8", "ignore"))
        for one in gate.findings(text, wanted, kept):
            if one.tier == "mask" and (whole or _NUMBER.search(text, one.start, one.end)):
                line = data.count(b"\n", 0, start) + text.count("\n", 0, one.start) + 1
                yield problem(Location(path, line), "leak", kind=one.kind, rule=one.rule)


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """The stretches around what is worth a second look; none of them overlaps another."""
    if b"@" not in data and not _MOBILE.search(data) and _LONG not in data.translate(_DIGITS):
        return
    end = 0
    for place in WORTH.finditer(data):
        if place.start() >= end:
            start, end = max(place.start() - AROUND, end), min(place.end() + AROUND, len(data))
            yield start, end
