"""The XML files of a Word file as trees without namespaces: strict files have other ones."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element  # a name in every signature

from portal.reading import archive, markup, office
from portal.reading.part import Unreadable


def main(files: Sequence[archive.File]) -> Element:
    """The document itself. Raises Unreadable: damaged, also where it is no Word file."""
    for root in roots(files, "officeDocument"):
        if root.tag == "document":
            return root
    raise Unreadable("damaged")


def roots(files: Sequence[archive.File], kind: str) -> Iterator[Element]:
    """The trees of the files that the document refers to as `kind`, or of the document itself."""
    names = {one.name for one in office.related(files) if one.kind == "officeDocument"}
    if kind != "officeDocument":
        related = (one for name in names for one in office.related(files, name))
        names = {one.name for one in related if one.kind == kind}
    for file in files:
        if file.name in names:
            root = markup.tree(file)
            for one in root.iter():
                values = {key.rpartition("}")[2]: value for key, value in one.items()}
                one.tag = one.tag.rpartition("}")[2]
                one.attrib.clear()
                one.attrib.update(values)
            yield root


def value(parent: Element | None, path: str) -> str | None:
    """The value of an element; empty where it has none, as for one that is simply on."""
    found = None if parent is None else parent.find(path)
    return None if found is None else found.get("val", "")


def count(parent: Element | None, path: str) -> int | None:
    """The value of an element, if it is there, as a small number."""
    found = value(parent, path)
    return None if found is None else markup.number(found)
