"""The site's policy of redaction, the log that must match the marks, and the page about both."""

import pathlib
import pickle
import re

import pytest
from pydantic import ValidationError

import builders
import test_incremental
from portal import corpus, facts, model, pipeline, schema, source, strings
from portal.pages import redactions
from portal.problems import Rejected
from portal.redact import grounds, marks, policy
from portal.redact.finding import Finding

GROUND = "《中华人民共和国个人信息保护法》第二十五条"
CALLED = "联系人：【已遮盖：姓名】，电话：【已遮盖：手机号】、【已遮盖：手机号】"
POLICY = """redaction:
  version: "2"
  kinds:
    固定电话: 遮盖
    bank-branch: suspect
    email: 保留
  grounds:
    姓名: 本市公开办法第三条
    bank-branch: Rule <7>
"""


def logged(**counts: int) -> list[dict[str, object]]:
    """A log that counts these kinds; an underscore stands for a hyphen."""
    return [
        {"kind": kind.replace("_", "-"), "count": count, "ground": GROUND}
        for kind, count in counts.items()
    ]


def read(text: str) -> tuple[model.Site | None, list[str]]:
    """What a site.yaml comes to, and the codes of its problems."""
    made, problems = facts.site(source.entry("site.yaml", text.encode(), model.Site))
    return made, [one.code for one in problems]


def tallies(folder: pathlib.Path) -> redactions.Tallies:
    """What the page of a site adds up."""
    return redactions.tallies(builders.gathered(folder).register)


def page(folder: pathlib.Path, output: str = "out") -> str:
    """The page about redactions that a site publishes."""
    pipeline.build(pipeline.Options(folder, folder.parent / output))
    return (folder.parent / output / "redactions/index.html").read_text("utf-8")


def words(html: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def row(html: str, label: str) -> str:
    """The words of a table's row by its heading."""
    rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    return next(words(one) for one in rows if f">{label}<" in one.replace("\n", ""))


# The vocabulary


def test_every_kind_has_a_default() -> None:
    """Each kind that a mark may name has a default, a ground, and a word in both languages."""
    assert grounds.DEFAULTS.keys() == marks.LABELS.keys()
    assert {rule.ground for rule in grounds.DEFAULTS.values()} == set(grounds.GROUNDS)
    for language in strings.LANGUAGES:
        assert all(f"kinds.{code}" in strings.of(language) for code in marks.LABELS)
    for code in redactions.MIXED:
        assert f"redaction_notes.{code}" in strings.of("en")


def test_words_are_those_of_the_marks() -> None:
    """On a Chinese site a kind is called as in its mark."""
    chinese = strings.of("zh-CN")
    assert {code: chinese[f"kinds.{code}"] for code in marks.LABELS} == marks.LABELS


# The policy in site.yaml


def test_policy() -> None:
    """Kinds are named by code or by the word of the mark, tiers in English or Chinese."""
    made, problems = read(builders.SITE + POLICY)
    assert (made is not None, problems) == (True, [])
    assert made is not None
    assert made.redaction.version == "2"
    assert made.redaction.tiers == {"landline": "mask", "bank-branch": "suspect", "email": "keep"}
    assert dict(made.redaction.grounds)["person-name"] == "本市公开办法第三条"


def test_policy_by_default() -> None:
    """Without a policy, nothing is treated otherwise, in version 1."""
    made, _ = read(builders.SITE)
    assert made is not None
    assert (made.redaction.version, made.redaction.tiers) == ("1", {})


def test_policy_is_immutable() -> None:
    """The site's facts can be hashed, carried to other processes, and not be changed."""
    made, _ = read(builders.SITE + POLICY)
    assert made is not None
    assert pickle.loads(pickle.dumps(made)) == made
    assert hash(made) == hash(made.model_copy())
    assert model.Site.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError):
        made.redaction.version = "3"  # type: ignore[misc]


def test_policy_reaches_the_finder() -> None:
    """What the site wants for a kind becomes of its findings."""
    made, _ = read(builders.SITE + POLICY)
    assert made is not None
    found = (Finding(0, 1, "landline", "keep", "x"), Finding(1, 2, "fax", "keep", "x"))
    applied = policy.applied(found, made.redaction.tiers)
    assert [one.tier for one in applied] == ["mask", "keep"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("redaction: {kinds: {手机: mask}}", ["unknown-kind-near"]),
        ("redaction: {kinds: {天气: mask}}", ["unknown-kind"]),
        ("redaction: {kinds: {姓名: hide}}", ["choice"]),
        ("redaction: {grounds: {姓名: [a]}}", ["text"]),
        ("redaction: {kinds: [姓名]}", ["mapping"]),
        ("redaction: {kinds: {姓名: mask, person-name: keep}}", ["field-twice"]),
        ("redaction: {colour: red}", ["unknown-field"]),
        ("redaction: 1", ["mapping"]),
    ],
)
def test_policy_refused(text: str, codes: list[str]) -> None:
    """A slip in the policy is refused, and never changes what is masked without a word."""
    assert read(f"{builders.SITE}{text}\n")[1] == codes


def test_policy_left_blank() -> None:
    """A kind without a tier is as if it were not there."""
    made, problems = read(f"{builders.SITE}redaction: {{kinds: {{姓名: }}, grounds: }}\n")
    assert made is not None
    assert (made.redaction.tiers, problems) == ({}, [])


def test_policy_in_an_editor() -> None:
    """An editor offers the kinds and the tiers."""
    kinds = schema.of("site")["$defs"]["RedactionPolicy"]["properties"]["kinds"]["anyOf"][0]
    assert {"姓名", "person-name"} <= set(kinds["propertyNames"]["enum"])
    assert {"mask", "遮盖"} <= set(kinds["additionalProperties"]["anyOf"][0]["enum"])


# The log of a contract


def refused(folder: pathlib.Path, text: str) -> list[tuple[int, str]]:
    """Lines and codes of the problems of a contract."""
    try:
        builders.gathered(builders.site(folder, {"content/contracts/lights.md": text}))
    except Rejected as refusal:
        return [(one.at.line, one.code) for one in refusal.problems]
    return []


def test_log_matches(tmp_path: pathlib.Path) -> None:
    """A log that counts every mark is right, by code, by word, and in several entries."""
    right = [*logged(person_name=1, mobile=1), {"kind": "手机号", "count": 1, "ground": "甲"}]
    assert refused(tmp_path, builders.text(CALLED, redactions=right)) == []


def test_log_may_count_more(tmp_path: pathlib.Path) -> None:
    """What is masked in documents counts too."""
    more = logged(person_name=1, mobile=2, signature=3)
    assert refused(tmp_path, builders.text(CALLED, redactions=more)) == []


def test_log_lacks_a_kind(tmp_path: pathlib.Path) -> None:
    """A kind that the log lacks is a problem at its first mark."""
    text = builders.text(CALLED, redactions=logged(person_name=1))
    line = text[: text.index("【已遮盖：手机号】")].count("\n") + 1
    assert refused(tmp_path, text) == [(line, "redactions-log")]


def test_log_counts_too_few(tmp_path: pathlib.Path) -> None:
    """A count that is too small is a problem at the count."""
    text = builders.text(CALLED, redactions=logged(person_name=1, mobile=1))
    line = text[: text.rindex("count:")].count("\n") + 1
    assert refused(tmp_path, text) == [(line, "redactions-log")]


def test_log_counts_marks_in_facts(tmp_path: pathlib.Path) -> None:
    """Marks in the facts count, and the problem is shown at the fact."""
    text = builders.text(items=[{"name": "灯具"}, {"name": "由【已遮盖：姓名】供应"}])
    line = text[: text.index("【已遮盖")].count("\n") + 1
    assert refused(tmp_path, text) == [(line, "redactions-log")]
    listed = builders.text(notes="由【已遮盖：姓名】供应", redactions=logged(person_name=1))
    assert refused(tmp_path / "listed", listed) == []


def test_log_on_the_page(tmp_path: pathlib.Path) -> None:
    """The log says kind, count, ground, version and term in the site's language, and leads on."""
    entry = {"kind": "手机号", "count": 2, "ground": "Act", "policy": "7", "until": "2040-01-01"}
    text = builders.text(CALLED, redactions=[entry, *logged(person_name=1)])
    for language, label in (("zh-CN", "手机号"), ("en", "Mobile number")):
        root = builders.site(
            tmp_path / language,
            {
                "site.yaml": builders.SITE.replace("zh-CN", language),
                "content/contracts/lights.md": text,
            },
        )
        pipeline.build(pipeline.Options(root, tmp_path / f"{language}.out"))
        html = (tmp_path / f"{language}.out/contracts/lights/index.html").read_text("utf-8")
        log = html[html.index('<table class="redactions') :].partition("</table>")[0]
        for word in (label, "手机号", ">2<", "Act", ">7<", "2040-01-01"):
            assert word in log
        assert 'href="/redactions/"' in html[html.index("redactions__meaning") :]


# The page


def site(folder: pathlib.Path, **pages: str) -> pathlib.Path:
    """A site with three contracts and a withdrawn one; `more` is added to site.yaml."""
    gone = {"state": "withdrawn", "date": "2026-03-01", "reason": "误发"}
    about = builders.SITE.replace("zh-CN", pages.get("language", "zh-CN"))
    return builders.site(
        folder,
        {
            "site.yaml": about + pages.get("more", ""),
            "content/contracts/a.md": builders.text(
                CALLED, redactions=logged(person_name=1, mobile=2)
            ),
            "content/contracts/b.md": builders.text(
                signed="2025-01-02", redactions=logged(person_name=1200)
            ),
            "content/contracts/c.md": builders.text(signed="2025-05-02"),
            "content/contracts/d.md": builders.text(status=gone, redactions=logged(qq=9)),
        },
    )


def test_totals(tmp_path: pathlib.Path) -> None:
    """The totals by kind and by year are those of the logs, without withdrawn contracts."""
    found = tallies(site(tmp_path))
    by_kind = {one.name: (one.count, one.concerned) for one in found.kinds}
    assert by_kind["person-name"] == (1201, 2)
    assert by_kind["mobile"] == (2, 1)
    assert by_kind["qq"] == (0, 0)
    assert [(one.name, one.count, one.concerned, one.contracts) for one in found.years] == [
        ("2026", 3, 1, 1),
        ("2025", 1200, 1, 2),
    ]
    assert (found.whole.count, found.whole.concerned, found.whole.contracts) == (1203, 2, 3)


def test_page_shows_every_kind(tmp_path: pathlib.Path) -> None:
    """Each kind stands there with what becomes of it, the ground and the totals."""
    html = page(site(tmp_path / "root"))
    assert all(f">{label}<" in html.replace("\n", "") for label in marks.LABELS.values())
    names = row(html, "姓名")
    for word in ("遮盖", "《个人信息保护法》第二十五条", "1,201"):
        assert word in names
    assert "第二十八条" in row(html, "身份证号")
    assert "由人逐处决定" in row(html, "其他个人信息")
    assert "保留" in row(html, "热线")
    assert "版本 1" in html


def test_page_follows_the_policy(tmp_path: pathlib.Path) -> None:
    """What a site treats otherwise, it says so, on its own grounds and in its own version."""
    html = page(site(tmp_path / "root", more=POLICY))
    assert "遮盖" in row(html, "固定电话")
    assert "第二十五条" in row(html, "固定电话")
    assert "由人逐处决定" in row(html, "开户行")
    assert "Rule &lt;7&gt;" in row(html, "开户行")
    assert "保留" in row(html, "电子邮箱")
    assert "第二十五条" not in row(html, "电子邮箱")
    assert "本市公开办法第三条" in row(html, "姓名")
    assert "版本 2" in html


@pytest.mark.parametrize(
    ("language", "honest", "claims"),
    [
        ("zh-CN", "不能保证所有个人信息都已找出", "已全部遮盖"),
        ("en", "cannot promise that all personal information was found", "has been removed"),
    ],
)
def test_page_is_honest(tmp_path: pathlib.Path, language: str, honest: str, claims: str) -> None:
    """It says that some may have been missed, and never that all is gone."""
    said = words(page(site(tmp_path / "root", language=language)))
    assert honest in said
    assert claims not in said


def test_page_in_english_is_english(tmp_path: pathlib.Path) -> None:
    """On an English site only the words of the marks are Chinese, and are marked as such."""
    html = (
        page(site(tmp_path / "root", language="en")).partition("<main")[2].partition("</main>")[0]
    )
    without = re.sub(r'<(\w+)[^>]*lang="zh-CN"[^>]*>[^<]*</\1>', "", html)
    assert re.findall("[\u4e00-\u9fff]+", without) == []


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("office@example.org", '<a href="mailto:office@example.org">office@example.org</a>'),
        ("https://example.org/report", '<a href="https://example.org/report">'),
        ("某某市财政局 12345", "联系方式：某某市财政局 12345"),
    ],
)
def test_contact(tmp_path: pathlib.Path, contact: str, expected: str) -> None:
    """Whom to tell of a leak: a mail or web address is a link, other words stand as they are."""
    assert expected in page(site(tmp_path / "root", more=f"联系方式: {contact}\n"))


def test_no_contact(tmp_path: pathlib.Path) -> None:
    """Without a contact the publisher is named."""
    said = words(page(site(tmp_path / "root", more="publisher: 某某市财政局\n")))
    assert "某某市财政局" in said
    assert "本站没有另设联系方式" in said


def test_empty_register(tmp_path: pathlib.Path) -> None:
    """A register without contracts has the page too."""
    (tmp_path / "root/content/contracts").mkdir(parents=True)
    assert "还没有公开的合同" in page(builders.site(tmp_path / "root", {}))


def test_page_is_linked(tmp_path: pathlib.Path) -> None:
    """Every page leads there from its footer, and an author may link to it."""
    root = site(tmp_path / "root")
    builders.site(
        root, {"content/pages/x.md": builders.front({"title": "甲"}, "[乙](../redactions/)")}
    )
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    assert '<a class="footer__link" href="/redactions/">' in (tmp_path / "out/404.html").read_text()


def test_page_follows_the_logs(tmp_path: pathlib.Path) -> None:
    """A new count in one log makes the contract's page and this page again, as a fresh build."""
    root = site(tmp_path / "root")
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    changed = builders.text(CALLED, redactions=logged(person_name=5, mobile=2))
    builders.site(root, {"content/contracts/a.md": changed, "site.yaml": builders.SITE})
    before = test_incremental.times(tmp_path / "out")
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    after = test_incremental.times(tmp_path / "out")
    made = {path for path, time in after.items() if time != before[path]}
    pages = {
        "contracts/a",
        "redactions",
        "search",
        "data",
        "data/query",
    }  # data have a table of them
    assert made == {f"{one}/index.html" for one in pages}
    pipeline.build(pipeline.Options(root, tmp_path / "again"))
    assert test_incremental.written(tmp_path / "out") == test_incremental.written(
        tmp_path / "again"
    )


def test_summary_counts_by_kind() -> None:
    """What the register keeps of a log is a count for each kind, whatever its entries."""
    entries = [*logged(qq=1, mobile=2), *logged(qq=3)]
    made = builders.contract(redactions=entries)
    file = corpus.File("x.md", "", 0)
    assert corpus.summary(made, file, (), ()).redactions == (("mobile", 2), ("qq", 4))
