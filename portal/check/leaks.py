"""What must not be in the bytes that are about to be published: a person's numbers and addresses.

The sources were looked at before. This is the second look, at what templates, exports and assets
made of them: quick where nothing stands that could be a number of a person, and the finder's word
where something does.
"""

import gzip
import re
from collections.abc import Iterator

from portal import gate
from portal.problems import Location, Problem, problem
from portal.redact import policy

WORTH = re.compile(rb"(?<![0-9])1[3-9](?:[ -]?[0-9]){9}(?![0-9])|[0-9]{15,19}|[0-9A-Za-z]@[0-9A-Za-z]")
"""What a second look is worth: a mobile number, a long number, an address of mail."""
AROUND = 90
BINARY = tuple(".png .jpg .jpeg .gif .webp .ico .woff2 .pdf .ofd .doc .docx .xls .xlsx .zip .tif .tiff".split())
"""What is no text; the documents among them are read by `gate.document` as sources."""
_TAGS = re.compile(r"<[^<>]{0,400}>")
UNZIPPED_AT_MOST = 64 * 1024 * 1024


def found(path: str, data: bytes, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings in a file of the publication, with its line; never the text itself.

    `kept` are the texts that authors keep, of the whole register.
    """
    if path.endswith(BINARY):
        return
    if path.endswith(".gz"):
        with gzip.open(__import__("io").BytesIO(data)) as stream:
            data = stream.read(UNZIPPED_AT_MOST)
    seen = -1
    for place in WORTH.finditer(data):
        if place.start() < seen:
            continue
        low, high = max(place.start() - AROUND, 0), min(place.end() + AROUND, len(data))
        text = _TAGS.sub(" ", data[low:high].decode("utf-8", "ignore"))
        for one in gate.findings(text, wanted, kept):
            if one.tier == "mask" and re.search(r"[0-9@]", text[one.start : one.end]):
                at = Location(path, data.count(b"\n", 0, place.start()) + 1)
                yield problem(at, "leak", kind=one.kind, rule=one.rule)
                seen = high
                break
