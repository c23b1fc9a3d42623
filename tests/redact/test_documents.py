"""The generator of labelled contracts tells the truth about what it planted."""

import html
import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from stdnum import luhn
from stdnum.cn import ric, uscc

from redact import documents

MADE = [documents.make(seed) for seed in range(200)]
NAMES = {"person-name", "signature"}
ADDRESSES = {"email", "wechat", "home-address", "birth-date"}
CHINESE = str.maketrans(
    "零〇洞幺一二三四五六七八九壹贰叁肆伍陆柒捌玖", "00011234567891" + "23456789"
)
LETTERS = str.maketrans("OlI", "011")
SHAPES = {
    "mobile": r"(86|0086|0)?1[3-9]\d{9}|1\d{11}",
    "landline": r"(86|0)?\d{10,11}(转\d{3})?|\d{8}",
    "fax": r"0\d{9,11}",
    "id-number": r"\d{17}[\dXx]|\d{15}",
    "bank-account": r"\d{16,23}",
    "bank-card": r"62\d{14}(\d{3})?",
    "qq": r"\d{6,10}",
    "plate": r"[一-龥][A-E]([A-Z\d]{5}|[DF]\d{5})",
    "passport": r"[EG][AJ]?\d{7,8}",
}
"""What a value says once everything that decorates it is taken away."""


def folded(text: str) -> str:
    """A number as a careful reader copies it; written anew here, to check the writer."""
    bare = re.sub(r"<[^>]*>", "", html.unescape(text))
    said = unicodedata.normalize("NFKC", bare).translate(CHINESE)
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in said)
    return "".join(sign for sign in plain if sign.isalnum())


def values(labelled: documents.Labelled, *kinds: str) -> list[str]:
    """The texts of these kinds."""
    return [labelled.text[span.start : span.end] for span in labelled.spans if span.kind in kinds]


def test_same_seed_same_contract() -> None:
    """A seed stands for one contract, and another seed for another."""
    assert [documents.make(seed) for seed in range(20)] == MADE[:20]
    assert len({made.text for made in MADE}) == len(MADE)


def test_length() -> None:
    """A contract has 2,000 to 6,000 characters."""
    assert [len(made.text) for made in MADE if not 2000 <= len(made.text) <= 6000] == []


def test_no_overlaps() -> None:
    """Values and near misses stand apart, inside the text, in its order."""
    for made in MADE:
        both = sorted((*made.spans, *made.stays), key=lambda span: span.start)
        assert all(0 <= span.start < span.end <= len(made.text) for span in both)
        assert all(one.end <= two.start for one, two in pairwise(both))
        assert [span for span in both if span in made.spans] == list(made.spans)
        assert [span for span in both if span in made.stays] == list(made.stays)


def test_spans_have_no_edges() -> None:
    """A value is the value alone: no blank, label or punctuation of the sentence around it."""
    for made in MADE:
        for text in values(made, *SHAPES, *NAMES, *ADDRESSES):
            assert text == text.strip("\n\t 　：:，。、；*_|<>[]【】“”"), text


@pytest.mark.parametrize("kind", SHAPES)
def test_numbers_say_what_their_kind_is(kind: str) -> None:
    """Folded, each number has the shape of its kind, whatever it was written in."""
    shape = re.compile(SHAPES[kind])
    texts = [text for made in MADE for text in values(made, kind)]
    assert texts
    odd = [t for t in texts if not shape.fullmatch(folded(t) if kind == "plate" else spelt(t))]
    assert odd == []


def spelt(text: str) -> str:
    """A folded number with the letters that scans take for digits read as digits."""
    return folded(text).translate(LETTERS)


def test_check_digits() -> None:
    """ID numbers, cards and credit codes are valid, apart from those misread on purpose."""
    for made in MADE:
        for span in made.spans:
            said = spelt(made.text[span.start : span.end])
            if span.kind == "bank-card":
                assert luhn.is_valid(said)
            elif span.kind == "id-number" and len(said) == 18:
                total = ric.calc_check_digit(said)
                assert (total == said[-1].upper()) is (span.form != "id-number-misread")
        for span in made.stays:
            if span.form.startswith("credit-code"):
                assert uscc.calc_check_digit(made.text[span.start : span.end])
                assert uscc.is_valid(made.text[span.start : span.end])


def test_names_are_never_unlabelled() -> None:
    """Where a name that is to be masked stands again, it is labelled there too."""
    for made in MADE:
        for name in set(values(made, *NAMES)):
            starts = [match.start() for match in re.finditer(re.escape(name), made.text)]
            labelled = {span.start for span in made.spans}
            assert [made.text[at - 9 : at + 9] for at in starts if at not in labelled] == []


def test_addresses() -> None:
    """An e-mail has its two sides, a birthday its year, a home its number."""
    for made in MADE:
        assert all("com" in unicodedata.normalize("NFKC", t).lower() for t in values(made, "email"))
        assert all(re.match("(19|20)", folded(text)) for text in values(made, "birth-date"))
        assert all(re.search(r"\d", text) for text in values(made, "home-address"))


def test_every_form_occurs() -> None:
    """Two hundred seeds show every form that is listed, and none that is not."""
    seen = {span.form for made in MADE for span in (*made.spans, *made.stays)}
    assert seen == set(documents.FORMS)
    assert len(set(documents.FORMS)) == len(documents.FORMS)


def test_forms_are_many() -> None:
    """At least 24 forms of numbers, 18 of names and 30 of near misses; none is of both sides."""
    masked = {(span.kind, span.form) for made in MADE for span in made.spans}
    kept = {span.form for made in MADE for span in made.stays}
    assert sum(kind in SHAPES for kind, _ in masked) >= 24
    assert sum(kind in NAMES for kind, _ in masked) >= 18
    assert len(kept) >= 30
    assert kept & {form for _, form in masked} == set()


def test_every_kind_is_frequent() -> None:
    """Each kind occurs in many contracts, so that a rate can be given for it."""
    counts = Counter(span.kind for made in MADE for span in made.spans)
    assert set(counts) == {*SHAPES, *NAMES, *ADDRESSES}
    assert min(counts.values()) >= 100
