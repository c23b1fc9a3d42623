"""Who is who: names in contracts lead to organisations, and no two organisations are confused."""

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import builders
from portal import model, registry
from portal.problems import Location, Problem, Rejected
from portal.spelling import Speller

AT = Location("content/contracts/lights.md", 3)


def side(*entries: model.Organisation, broken: frozenset[str] = frozenset()) -> registry.Side:
    """The vendors of a registry."""
    places = (registry.Entry(Location(f"{one.id}.yaml", 1), one) for one in entries)
    return registry.side("vendor", places, Speller(), broken)


def codes(found: list[Problem]) -> list[str]:
    """Which problems there are."""
    return [one.code for one in found]


XINDIAN = model.Organisation.model_validate(
    {
        "id": "xindian",
        "name": "国泰新点软件股份有限公司",
        "former_names": ["江苏国泰新点软件有限公司"],
        "aliases": [{"name": "新点（集团）软件"}, {"name": "Epoint Software"}],
    }
)


@pytest.mark.parametrize(
    "written",
    [
        "xindian",
        "国泰新点软件股份有限公司",
        "江苏国泰新点软件有限公司",
        "新点（集团）软件",
        "新点(集团)软件",
        "新点【集团】软件",
        "国泰新点 软件股份　有限公司",
        "ＥＰＯＩＮＴ　ＳＯＦＴＷＡＲＥ",
        "epoint software",
    ],
)
def test_known(written: str) -> None:
    """A vendor is found by its id, its name, a former one or an alias, however they are typed."""
    known = side(XINDIAN)
    assert known.resolve(written, AT) == "xindian"
    assert list(known.facts) == ["xindian"]


def test_implied() -> None:
    """A full name that has no entry is an organisation with an address in pinyin, and one only."""
    known = side(XINDIAN)
    first = known.resolve("河南（济云）科技有限公司", AT)
    assert first == "he-nan-ji-yun-ke-ji-you-xian-gong-si"
    assert known.resolve("河南(济云) 科技有限公司", AT) == first
    assert known.facts[first].name == "河南（济云）科技有限公司"
    assert known.problems == []


def test_no_merging() -> None:
    """A name that is merely near a known one is another organisation."""
    known = side(XINDIAN)
    assert known.resolve("国泰新点软件股份有限公司苏州分公司", AT) != "xindian"


def test_unknown_id() -> None:
    """What is written like an id must have an entry; the nearest one is named."""
    known = side(XINDIAN)
    assert known.resolve("xindain", AT) is None
    assert known.resolve("bright-streets", AT) is None
    assert codes(known.problems) == ["unknown-reference-near", "unknown-reference"]
    assert dict(known.problems[0].given)["near"] == "xindian"


def test_broken_entry() -> None:
    """Whoever refers to an entry that holds a mistake has made none."""
    known = side(broken=frozenset(("xindian",)))
    assert known.resolve("xindian", AT) is None
    assert known.problems == []


def test_clash() -> None:
    """Two names that sound alike are two organisations: one must get an entry with an id."""
    known = side()
    known.resolve("华信建设有限公司", AT)
    known.resolve("华新建设有限公司", AT)
    assert codes(known.problems) == ["organisation-clash"]
    settled = side(model.Organisation(id="huaxin-2", name="华新建设有限公司"))
    assert settled.resolve("华信建设有限公司", AT) != settled.resolve("华新建设有限公司", AT)
    assert settled.problems == []


def test_claims() -> None:
    """No two entries claim one name or one id, not even in other letters."""
    other = model.Organisation(id="XINDIAN", name="另一家公司")
    alike = model.Organisation.model_validate(
        {"id": "new", "name": "新公司", "aliases": [{"name": "新点(集团)软件"}]}
    )
    assert codes(side(XINDIAN, other).problems) == ["duplicate-id"]
    assert codes(side(XINDIAN, alike).problems) == ["duplicate-name"]


def test_parents() -> None:
    """A branch stands by its parent and the parent by its branches, by id or by any name."""
    branches = [
        model.Organisation(id=id, name=f"新点{id}分公司", parent=parent)
        for id, parent in (("b", "xindian"), ("a", "江苏国泰新点软件有限公司"))
    ]
    found = registry.organisations(side(XINDIAN, *branches))
    assert {one.id for one in found["xindian"].branches} == {"a", "b"}
    for id in ("a", "b"):
        assert found[id].parent is not None
        assert found[id].parent.id == "xindian"
        assert found[id].parent.name == XINDIAN.name


def test_unknown_parent() -> None:
    """A parent that the register does not know is shown by its name; an id must lead somewhere."""
    named = model.Organisation(id="a", name="分公司", parent="某某集团有限公司")
    known = side(named)
    parent = registry.organisations(known)["a"].parent
    assert parent is not None
    assert (parent.id, parent.name) == ("", "某某集团有限公司")
    assert known.problems == []
    known = side(
        named.model_copy(update={"parent": "some-group"}),
        model.Organisation(id="b", name="本公司", parent="本公司"),
    )
    registry.organisations(known)
    assert codes(known.problems) == ["unknown-reference", "own-parent"]


NAMES = st.one_of(
    st.text(max_size=12), st.text("华新集团(公司) ", max_size=4), st.text("a字. -", max_size=400)
)


@given(st.lists(NAMES.map(lambda name: " ".join(name.split())).filter(bool), max_size=8))
def test_any_names(written: list[str]) -> None:
    """Whatever names stand in contracts, each leads to an organisation or to a problem."""
    known = side(XINDIAN)
    for name in written:
        id = known.resolve(name, AT)
        assert (id in known.facts) if id is not None else known.problems
    assert set(registry.organisations(known)) == set(known.facts)


# On a site


def test_one_organisation(tmp_path: pathlib.Path) -> None:
    """Contracts that write a vendor's name in different ways are contracts of one vendor."""
    files = {
        "content/vendors/xindian.yaml": "名称: 国泰新点软件股份有限公司\n曾用名: [江苏国泰新点]\n",
        "content/contracts/a.md": builders.text(vendors=["xindian"]),
        "content/contracts/b.md": builders.text(vendors=["江苏 国泰新点", "xindian"]),
    }
    register = builders.gathered(builders.site(tmp_path, files)).register
    assert [[one.id for one in row.vendors] for row in register.rows] == [["xindian"]] * 2
    assert list(register.vendors) == ["xindian"]


def test_two_roles(tmp_path: pathlib.Path) -> None:
    """An organisation that buys and sells is an agency and a vendor, each with its own address."""
    name = "安阳市政务大数据中心"
    files = {"content/contracts/a.md": builders.text(agency=name, vendors=[name])}
    register = builders.gathered(builders.site(tmp_path, files)).register
    assert list(register.agencies) == list(register.vendors)


def test_withdrawn(tmp_path: pathlib.Path) -> None:
    """A withdrawn contract is in no list, but keeps its address and its former ones."""
    withdrawn = {"state": "已撤回", "date": "2026-05-01", "reason": "含个人信息"}
    files = {
        "content/contracts/a.md": builders.text(status=withdrawn, aliases=["old"]),
        "content/contracts/b.md": builders.text("见[旧合同](../a/)和[旧址](../old/)。\n"),
    }
    register = builders.gathered(builders.site(tmp_path, files)).register
    assert [row.id for row in register.rows] == ["b"]
    assert [row.id for row in register.withdrawn] == ["a"]
    assert set(register.summaries) == {"a", "b"}


def test_drafts(tmp_path: pathlib.Path) -> None:
    """Drafts are left out and listed; what refers to them waits, but nothing links to them."""
    vendor = "name: 某某照明工程有限公司\naliases:\n  - {name: 某某灯业, contract: ready}\n"
    files = {
        "content/contracts/a.md": builders.text(),
        "content/contracts/ready.md": builders.text(draft="true"),
        "content/contracts/unfinished.md": builders.text(draft="true", signed=None),
        "content/vendors/lights.yaml": vendor + "  - {name: 某灯, contract: unfinished}\n",
    }
    root = builders.site(tmp_path, files)
    found = builders.gathered(root)
    assert [row.id for row in found.register.rows] == ["a"]
    assert found.drafts == ("content/contracts/ready.md", "content/contracts/unfinished.md")
    shown = builders.gathered(root, drafts=True)
    assert {row.id for row in shown.register.rows} == {"a", "ready"}
    assert shown.drafts == ("content/contracts/unfinished.md",)
    builders.site(tmp_path, {"content/contracts/b.md": builders.text("见[草稿](../ready/)。\n")})
    with pytest.raises(Rejected) as refusal:
        builders.gathered(root)
    assert codes(list(refusal.value.problems)) == ["link-nowhere"]
