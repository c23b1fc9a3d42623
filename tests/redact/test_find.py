"""The finder: what it must find, what it must leave, and that it is honest about its places."""

import pathlib

import hypothesis
import pytest
from hypothesis import strategies

from portal.redact import find, marks, mask
from redact import documents, measure

CONTRACTS = pathlib.Path(__file__).resolve().parents[3] / "shared/contracts"
MASKED = {
    "aksu-platform-operations.txt": [
        ("person-name", "何静静"),
        ("person-name", "宋佳琪"),
        ("bank-account", "32265591361715213350"),
    ],
    "anyang-grid-governance.txt": [
        ("bank-account", "41082459151022552295"),
        ("person-name", "周岚"),
        ("person-name", "陈思禾"),
        ("person-name", "卢致韦"),
        ("person-name", "郭晓帆"),
    ],
    "jiyuan-credit-platform.txt": [
        ("bank-account", "1701617541243409657"),
        ("bank-account", "411803937876771795"),
    ],
}
"""All that is personal in the three real contracts, written down by hand."""

PIECES = (
    "联系人：", "张", "王小明", "13900001111", "账号", "\n", " ", "|", "<td>", "</td>", "&#49;",
    "１", "一三九", "·", "@", ".com", "住", "室", "（签字）", "【已遮盖：姓名】", "QQ", "微信",
    "12345678901234567", "-", "：", "、", "由", "负责", "\u200b", "\f", "𝟏", "ａ", "甲方",
    "有限公司", "2025年6月10日", "¥", "元",
)  # fmt: skip
TEXTS = strategies.lists(
    strategies.one_of(strategies.sampled_from(PIECES), strategies.text(max_size=3)), max_size=40
).map("".join)


@pytest.mark.parametrize("name", MASKED)
def test_real_contracts(name: str) -> None:
    """In the three real contracts all that is personal is masked, nothing else, few suspects."""
    if not CONTRACTS.exists():
        pytest.skip("the three real contracts are not here")
    text = (CONTRACTS / name).read_bytes().decode()
    found = find.find(text)
    sure = [(one.kind, text[one.start : one.end]) for one in found if one.tier == "mask"]
    assert sure == MASKED[name]
    assert sum(one.tier == "suspect" for one in found) <= 10


def test_generated() -> None:
    """Of what the generator plants hardly anything escapes, and no near miss is masked."""
    made = measure.tally(measure.generated(range(40)))
    assert made.share("masked") >= 0.996
    assert made.share("held") >= 0.999
    assert made.hits == 0


@pytest.mark.parametrize(
    ("name", "masked", "held"),
    [
        ("first", 0.88, 0.98),
        ("second", 0.89, 0.99),
        ("third", 0.86, 0.985),
        ("fourth", 0.96, 0.99),
        ("fifth", 0.81, 0.97),
        ("sixth", 0.94, 0.99),
        ("seventh", 0.775, 0.95),
        ("eighth", 0.75, 0.95),
        ("ninth", 0.745, 0.97),
        ("tenth", 0.85, 0.97),
    ],
)
def test_sentences(name: str, masked: float, held: float) -> None:
    """What was reached on the sentences that people wrote is not lost again."""
    made = measure.tally(measure.listed(name))
    assert made.share("masked") >= masked
    assert made.share("held") >= held


def masked(text: str) -> str:
    """A text with marks for all that is sure."""
    return mask.masked(text, [one for one in find.find(text) if one.tier == "mask"])


@hypothesis.given(TEXTS)
def test_places(text: str) -> None:
    """Findings lie in the text, in its order, apart from each other, and cover no mark."""
    at = 0
    for one in find.find(text):
        assert at <= one.start < one.end <= len(text)
        assert "【已遮盖：姓名】" not in text[one.start : one.end]
        at = one.end


@hypothesis.given(TEXTS)
def test_nothing_else_changes(text: str) -> None:
    """Around what is masked the text stays, character by character."""
    found = [one for one in find.find(text) if one.tier == "mask"]
    rest = masked(text)
    at = 0
    for one in found:
        kept = text[at : one.start]
        assert rest.startswith(kept + marks.mark(one.kind))
        rest = rest[len(kept) + len(marks.mark(one.kind)) :]
        at = one.end
    assert rest == text[at:]


@hypothesis.given(TEXTS)
def test_final(text: str) -> None:
    """Masking what is masked changes nothing, once nothing sure is left."""
    for _ in range(6):
        text = masked(text)
    assert masked(text) == text


@pytest.mark.slow
@hypothesis.settings(max_examples=20_000, deadline=None)
@hypothesis.given(TEXTS)
def test_final_slow(text: str) -> None:
    """The same, for many more texts."""
    for _ in range(6):
        text = masked(text)
    assert masked(text) == text


def test_marks_have_one_shape() -> None:
    """A mark says the kind and nothing else: no length, no tail, no number of a person."""
    for seed in range(5):
        made = documents.make(seed)
        for one in marks.codes(masked(made.text)):
            assert one in marks.LABELS
