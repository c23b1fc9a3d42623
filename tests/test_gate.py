"""Personal data planted in each place that the gate watches: nothing is published, nothing told."""

import io
import pathlib
import subprocess
import zipfile

import docx
import fpdf
import pytest
from PIL import Image

import builders

MOBILE = "13900001234"
PERSON = "郝佳禾"
SECRETS = (MOBILE, PERSON, "haojiahe@example.com")
CONTRACT = "content/contracts/lights.md"


def refused(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a build of a site says as it refuses; it publishes nothing and tells no secret."""
    code, out, err = builders.run("build", "--root", str(folder), "--jobs", "1")
    assert code == 1, out + err
    assert not (folder / "public").exists()
    assert not any(secret in out + err for secret in SECRETS)
    return err


BODIES = {
    "prose": f"接到报修后由{PERSON}负责到场。",
    "number": f"报修电话：{MOBILE}。",
    "alt text": f"![{PERSON}签名](sign.png)",
    "comment": f"<!-- 联系人：{PERSON} -->",
    "link target": f"[报修](tel:{MOBILE})",
    "link title": f'[报修](https://example.com "联系人：{PERSON}")',
    "table": f"| 姓名 | 电话 |\n|---|---|\n| {PERSON} | {MOBILE} |",
    "heading": f"# 联系人：{PERSON}",
    "code": f"`手机：{MOBILE}`",
    "html": f"<table><tr><td>手机</td><td>{MOBILE[:7]}</td><td>{MOBILE[7:]}</td></tr></table>",
}


@pytest.mark.parametrize("place", BODIES)
def test_body(place: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A body with personal data, wherever in it, is refused with its line."""
    folder = builders.site(tmp_path, {CONTRACT: builders.text("\n" + BODIES[place] + "\n")})
    assert f"{CONTRACT}:" in refused(folder, capsys)


PAID = f"账号：6222021234567890128，户名{PERSON}"
FACTS = {
    "title": {"title": f"{PERSON}先生劳务合同"},
    "notes": {"notes": f"联系人：{PERSON}，手机{MOBILE}"},
    "payment": {"payments": [{"label": "一次", "percent": "100", "condition": f"汇至{PAID}"}]},
    "item": {"items": [{"name": "巡检", "specification": f"由{PERSON}负责，电话{MOBILE}"}]},
    "place": {"place": "家住某某市某某区幸福路1号2单元301室"},
}  # fmt: skip


@pytest.mark.parametrize("place", FACTS)
def test_front_matter(
    place: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Facts with personal data are refused with their line."""
    folder = builders.site(tmp_path, {CONTRACT: builders.text(**FACTS[place])})
    assert f"{CONTRACT}:" in refused(folder, capsys)


SITES: dict[str, dict[str, str | bytes]] = {
    "file name": {f"content/contracts/手机{MOBILE}.md": builders.text()},
    "folder": {f"content/contracts/联系人{PERSON}电话{MOBILE}/lights.md": builders.text()},
    "agency": {
        "content/agencies/lights.yaml": f"name: 某某市城市管理局\naliases: [联系电话{MOBILE}]\n"
    },
    "page": {
        "content/pages/about.md": f"---\ntitle: 关于\n---\n投诉请找{PERSON}，手机{MOBILE}。\n"
    },
    "site.yaml": {"site.yaml": builders.SITE + f"description: 联系人{PERSON}，手机{MOBILE}\n"},
    "feed": {"static/feed.xml": f"<feed><title>联系人：{PERSON} {MOBILE}</title></feed>"},
    "search file": {"static/search/facts.json": f'{{"t": "手机：{MOBILE}"}}'},
    "CSV": {"static/data.csv": f"姓名,手机\n{PERSON},{MOBILE}\n"},
    "template": {
        "templates/404.html": '{% extends "base.html" %}{% block main %}'
        f"<p>报修电话：{MOBILE}</p>{{% endblock %}}"
    },
}


@pytest.mark.parametrize("place", SITES)
def test_elsewhere(place: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names of files, registries, pages, assets and templates are looked at as well."""
    refused(builders.site(tmp_path, {CONTRACT: builders.text(), **SITES[place]}), capsys)


def pdf(draw: str) -> bytes:
    """A PDF with a secret in a place."""
    made = fpdf.FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text="Annex: list of street lights and their poles, with all of the dates.")
    if draw == "under a box":
        made.text(20, 50, f"Mobile: {MOBILE}")
        made.set_fill_color(0)
        made.rect(15, 40, 120, 20, style="F")
    elif draw == "metadata":
        made.set_author(f"Contact: haojiahe@example.com, mobile {MOBILE}")
    elif draw == "attachment":
        made.embed_file(basename="list.txt", bytes=f"手机：{MOBILE}".encode())
    elif draw == "comment":
        made.text_annotation(20, 60, f"call {MOBILE}")
    elif draw == "link":
        made.link(20, 20, 40, 10, f"tel:{MOBILE}")
    return bytes(made.output())


def word(place: str) -> bytes:
    """A Word document with a secret in a place."""
    made = docx.Document()
    run = made.add_paragraph("附件：路灯清单").add_run("")
    if place == "comment":
        made.add_comment(run, text=f"请打给{PERSON} {MOBILE}", author="测试", initials="c")
    elif place == "properties":
        made.core_properties.author = PERSON
        made.core_properties.comments = f"手机 {MOBILE}"
    elif place == "hidden text":
        hidden = made.add_paragraph().add_run(f"手机：{MOBILE}")
        hidden.font.hidden = True
    elif place == "header":
        made.sections[0].header.paragraphs[0].text = f"联系人：{PERSON}"
    for id, one in list(made.part.package.rels.items()):
        if one.reltype.endswith("/thumbnail"):
            del made.part.package.rels[id]
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def tracked() -> bytes:
    """A Word document in which a number was inserted and then deleted, as tracked changes."""
    source, target = zipfile.ZipFile(io.BytesIO(word(""))), io.BytesIO()
    deleted = (
        '<w:p><w:del w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"><w:r>'
        f"<w:delText>手机：{MOBILE}</w:delText></w:r></w:del></w:p></w:body>"
    )
    with zipfile.ZipFile(target, "w") as made:
        for one in source.infolist():
            data = source.read(one)
            if one.filename == "word/document.xml":
                data = data.replace(b"</w:body>", deleted.encode())
            made.writestr(one, data)
    return target.getvalue()


def picture() -> bytes:
    """A picture whose EXIF data name the photographer."""
    made, file = Image.new("RGB", (40, 20), "white"), io.BytesIO()
    exif = made.getexif()
    exif[0x013B] = f"{PERSON} {MOBILE}"
    made.save(file, "JPEG", exif=exif)
    return file.getvalue()


IN_PDF = ("under a box", "metadata", "attachment", "comment", "link")
IN_WORD = ("comment", "properties", "hidden text", "header")
DOCUMENTS = {
    **{f"PDF: {place}": ("annex.pdf", pdf(place)) for place in IN_PDF},
    **{f"Word: {place}": ("annex.docx", word(place)) for place in IN_WORD},
    "Word: tracked change": ("annex.docx", tracked()),
    "EXIF": ("annex.jpg", picture()),
    "text": ("annex.txt", f"联系人：{PERSON}".encode()),
    "table": ("annex.csv", f"姓名,手机\n{PERSON},{MOBILE}\n".encode("gb18030")),
}  # fmt: skip


@pytest.mark.parametrize("place", DOCUMENTS)
def test_document(place: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document beside a contract is looked at where readers look, and where they do not."""
    name, data = DOCUMENTS[place]
    text = builders.text(
        documents=[{"title": "附件", "file": name}], keep=[{"text": name, "ground": "已看过"}]
    )
    folder = builders.site(tmp_path, {CONTRACT: text, f"content/contracts/lights/{name}": data})
    err = refused(folder, capsys)
    assert err.startswith(f"content/contracts/lights/{name}:")


def test_clean_documents(tmp_path: pathlib.Path) -> None:
    """Documents with nothing personal in them are published."""
    names = {
        "annex.pdf": pdf(""),
        "annex.docx": word(""),
        "annex.csv": "路灯,数量\n一,2\n".encode(),
    }
    text = builders.text(documents=[{"title": name, "file": name} for name in names])
    files = {f"content/contracts/lights/{name}": data for name, data in names.items()}
    folder = builders.site(tmp_path, {CONTRACT: text, **files})
    code, _, err = builders.run("build", "--root", str(folder), "--jobs", "1")
    assert (code, err) == (0, "")


def test_scan_needs_a_person(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scan is published when its name is kept with a ground: a person has looked at it."""
    drawn = fpdf.FPDF()
    drawn.add_page()
    drawn.image(Image.effect_noise((900, 1200), 60), 0, 0, 210, 297)
    documents = [{"title": "扫描件", "file": "scan.pdf"}]
    files = {"content/contracts/lights/scan.pdf": bytes(drawn.output())}
    folder = builders.site(tmp_path, {CONTRACT: builders.text(documents=documents), **files})
    assert "document-unseen" in refused(folder, capsys)
    kept = [{"text": "scan.pdf", "ground": "经办人已逐页核对"}]
    builders.site(folder, {CONTRACT: builders.text(documents=documents, keep=kept)})
    assert builders.run("build", "--root", str(folder), "--jobs", "1")[0] == 0


def test_kept(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an author keeps with a ground stays, there and on every page; all else does not."""
    body = f"\n报修请打{MOBILE}。\n"
    keep = [{"text": MOBILE, "ground": "值班手机，已征得同意"}]
    folder = builders.site(tmp_path, {CONTRACT: builders.text(body, keep=keep)})
    assert builders.run("build", "--root", str(folder), "--jobs", "1")[0] == 0
    other = {"content/contracts/poles.md": builders.text(body)}
    (folder / "public").rename(folder / "before")
    assert "content/contracts/poles.md" in refused(builders.site(folder, other), capsys)


def test_policy(tmp_path: pathlib.Path) -> None:
    """A site may decide otherwise for a kind, and what was looked at before is looked at again."""
    text = builders.text("\n甲方电话：0379-65910001\n")
    folder = builders.site(tmp_path, {CONTRACT: text})
    assert builders.run("build", "--root", str(folder), "--jobs", "1")[0] == 0
    strict = builders.SITE + "redaction:\n  kinds: {landline: mask}\n"
    builders.site(folder, {"site.yaml": strict})
    code, _, err = builders.run("build", "--root", str(folder), "--jobs", "1")
    assert code == 1
    assert "content/contracts/lights.md" in err


def test_marks_pass(tmp_path: pathlib.Path) -> None:
    """A contract whose personal data are marks is published."""
    body = "\n联系人：【已遮盖：姓名】，手机：【已遮盖：手机号】\n"
    log = [{"kind": kind, "count": "1", "ground": "个人信息保护法"} for kind in ("姓名", "手机号")]
    folder = builders.site(tmp_path, {CONTRACT: builders.text(body, redactions=log)})
    code, _, err = builders.run("build", "--root", str(folder), "--jobs", "1")
    assert (code, err) == (0, "")


def test_kept_by_the_site(tmp_path: pathlib.Path) -> None:
    """What a site keeps in every file is let be by the build, the hook and `redact` alike."""
    keep = f"redaction: {{keep: [{{text: '{MOBILE}', ground: 值班手机}}]}}\n"
    files = {CONTRACT: builders.text(f"\n报修请打{MOBILE}。\n"), "site.yaml": builders.SITE + keep}
    folder = builders.site(tmp_path, files)
    assert builders.run("build", "--root", str(folder), "--jobs", "1")[0] == 0
    for arguments in (["init", "-q"], ["add", "content", "site.yaml"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    assert builders.run("check", "--staged", "--root", str(folder))[0] == 0
    path = str(folder / CONTRACT)
    assert builders.run("redact", "--apply", "--root", str(folder), path)[0] == 0
    assert MOBILE in (folder / CONTRACT).read_text("utf-8")
