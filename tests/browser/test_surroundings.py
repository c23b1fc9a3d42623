"""What the browser tests stand on finds what it is there to find."""

import urllib.error
import urllib.request

import pytest

GOOD = """<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>合同公开</title></head>
<body><main><h1>合同</h1><p>公开的合同</p></main></body></html>
"""
BAD = """<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>合同</title></head>
<body><main><h1>合同</h1><img src="/a.png"><p><div>x</div></p></main></body></html>
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with a good page, a bad one and a page for what is not found."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(GOOD, encoding="utf-8")
    (folder / "bad.html").write_text(BAD, encoding="utf-8")
    (folder / "404.html").write_text(GOOD.replace("公开的合同", "没有此页"), encoding="utf-8")
    (folder / "sub").mkdir()
    return folder


def test_a_folder_is_served(served, page, site):
    """A page is shown, at the root and below a path."""
    for address in (served(site), served(site, root="/portal/")):
        page.goto(address)
        assert page.title() == "合同公开"


@pytest.mark.parametrize("path", ["none.html", "sub/", "../etc/passwd"])
def test_what_is_not_there_is_404(served, site, path):
    """A missing page, and a folder without an index, give the site's own 404."""
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(served(site) + path)
    with refused.value as answer:
        assert "没有此页" in answer.read().decode()


def test_outside_the_root_is_404(served, site):
    """An address that forgets the path that the site is below leads nowhere."""
    address = served(site, root="/portal/").removesuffix("portal/")
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(address)
    refused.value.close()


def test_axe_finds_violations(served, page, site, axe):
    """A picture without a text is found, a sound page passes."""
    page.goto(served(site))
    assert axe(page) == []
    page.goto(served(site) + "bad.html")
    assert [line.split()[0] for line in axe(page)] == ["image-alt"]


def test_html_errors_are_found(site, html_errors):
    """A breach of HTML is named with its place, a sound page passes."""
    assert html_errors([site / "index.html"]) == []
    assert any("bad.html:3:" in line for line in html_errors([site]))


def test_screenshots_show_chinese(served, page, site, tmp_path):
    """A Chinese word is drawn with glyphs, each of its own shape."""
    page.goto(served(site))
    page.screenshot(path=tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 1000


def test_without_javascript(served, new_page, site):
    """A page opens without JavaScript."""
    page = new_page(java_script_enabled=False)
    page.goto(served(site))
    assert page.title() == "合同公开"
