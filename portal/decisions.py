"""What people decided about findings: the site's policy, and the texts that a file keeps."""

import collections
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from pydantic import ValidationError

from portal import corpus, digest, facts, model, source, strings
from portal.problems import Rejected
from portal.redact import grounds
from portal.redact.finding import Tier


def site(data: bytes | None) -> model.Site | None:
    """The facts of a site.yaml, where there is one. A mistake is Rejected."""
    if data is None:
        return None
    made, problems = facts.site(source.entry("site.yaml", data, model.Site))
    if made is None:
        raise Rejected(problems)
    return made


def policy(about: model.Site | None) -> model.RedactionPolicy:
    """The policy of a site; the portal's own where there is none."""
    return model.RedactionPolicy() if about is None else about.redaction


class Rule(NamedTuple):
    """What a site decides for all its files: tiers by kind, and the texts that stay anywhere."""

    tiers: Mapping[str, Tier]
    kept: frozenset[str]

    @property
    def key(self) -> str:
        """What a verdict under this rule is remembered with."""
        return digest.of(*sorted(self.tiers.items()), *sorted(self.kept))


def rule(about: model.Site | None) -> Rule:
    """The rule of a site; the contact that it names for itself may stay."""
    decided = policy(about)
    kept = {one.text for one in decided.keep}
    if about is not None and about.contact is not None:
        kept.add(about.contact)
    return Rule(decided.tiers, frozenset(kept))


def ground(policy: model.RedactionPolicy, kind: str, language: str) -> str:
    """The ground on which a kind is masked: the site's own words, or the portal's for the kind."""
    own = strings.of(language)[f"grounds.{grounds.DEFAULTS[kind].ground}"]
    return dict(policy.grounds).get(kind, own)


def kept(path: str, data: bytes) -> frozenset[str]:
    """The texts that a file keeps on a ground; none where its facts cannot be read."""
    if not path.endswith((".md", ".yaml")):
        return frozenset()
    reading = source.document if path.endswith(".md") else source.entry
    return allowed(reading(path, data, model.Contract))


def allowed(read: source.Source) -> frozenset[str]:
    """The texts that a file keeps on a ground, as far as its list can be read."""
    given = read.data.get("keep")
    return frozenset(_texts(given if isinstance(given, list) else []))


def _texts(entries: list[object]) -> list[str]:
    found = []
    for one in entries:
        try:
            found.append(model.Keep.model_validate(one).text)
        except ValidationError:
            continue
    return found


def keeper(path: str, known: Mapping[str, object]) -> str:
    """The file that says what a file may keep: of a document its contract, else the file itself."""
    contract = f"{path.rpartition('/')[0]}.md"
    return contract if contract in known else path


LARGE = 10**10
"""A value from here on has as many digits as a telephone number, where it stands without points."""


def stays(register: corpus.Corpus) -> frozenset[str]:
    """The texts that stay in whatever is made of a register: of the site, of registries, sums."""
    found = set(rule(register.site).kept)
    for one in (*register.agencies.values(), *register.vendors.values()):
        found.update(kept.text for kept in one.fact.keep)
    sums: dict[tuple[str, ...], Decimal] = collections.defaultdict(Decimal)
    for row in register.rows:
        if row.amount is None:
            continue
        sides = (("agency", row.agency), *(("vendor", one) for one in row.vendors))
        for key in (("contract", row.id), *((role, party.id) for role, party in sides)):
            sums[(*key, row.currency)] += row.amount
    return frozenset(found | {str(int(one)) for one in sums.values() if one >= LARGE})
