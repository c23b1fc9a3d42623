"""Who is who in releases: the same whatever the order, and the same when it is imported again."""

import collections
import itertools
from collections.abc import Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as some

from portal import model, registry
from portal.intake.ocds import directory
from portal.intake.ocds.organisations import Mention
from portal.problems import Location
from portal.spelling import Speller

NAMES = "Same|SAME|same|Sa me|S.A.M.E|Same Inc|Same Inc.|SAME, INC|same-inc|Other|Same (CA-CRA-1)"
MENTION = some.builds(
    Mention,
    some.sampled_from([*NAMES.split("|"), "Same (same)", "same-2"]),
    some.sampled_from([None, "CA-CRA-1", "CA-CRA-2"]),
    some.sampled_from([None, "x", "y"]),
)
Meant = Mapping[Mention, str | None]


def side(entries: Iterable[directory.Entry]) -> registry.Side:
    """The registry that holds these entries, as a build reads it."""
    facts = (
        model.Organisation(
            id=one.id,
            name=one.name,
            identifier=one.identifier,
            aliases=tuple(model.Alias(name=name, contract=id) for name, id in one.aliases),
        )
        for one in entries
    )
    return registry.side(
        "vendor", [registry.Entry(Location("v"), one) for one in facts], Speller({})
    )


def imported(
    mentions: Iterable[Mention], known: registry.Side
) -> tuple[dict[Mention, str], list[directory.Entry]]:
    """How contracts refer to what is mentioned, and the new entries."""
    met = collections.Counter(mentions)
    found = directory.Directory(known)
    for one, times in met.items():
        found.note(one, times)
    found.settle()
    references = {one: found.reference(one) for one in met}
    used = directory.spelled((references[one], one.name, "c-1001") for one in met)
    return references, list(found.entries(used))


def meant(references: Mapping[Mention, str], known: registry.Side) -> Meant:
    """The organisation that a build takes each reference for."""
    return {one: known.resolve(text, Location("c")) for one, text in references.items()}


def together(found: Meant) -> frozenset[frozenset[Mention]]:
    """Which mentions are one organisation."""
    ids = set(found.values())
    return frozenset(frozenset(one for one in found if found[one] == id) for id in ids)


@settings(max_examples=150, deadline=None)
@given(some.lists(MENTION, min_size=2, max_size=4))
def test_any_organisations(mentions: list[Mention]) -> None:
    """Identifiers keep organisations apart; neither order nor a second import moves anything."""
    references, entries = imported(mentions, side(()))
    known = side(entries)
    found = meant(references, known)
    assert known.problems == []
    for one in together(found):
        assert len({mention.identifier for mention in one} - {None}) <= 1
    assert imported(mentions, side(entries)) == (references, [])
    part = mentions[:2]
    assert imported(part, side(entries)) == ({one: references[one] for one in part}, [])
    for order in itertools.permutations(mentions):
        again, made = imported(order, side(()))
        assert together(meant(again, side(made))) == together(found)
