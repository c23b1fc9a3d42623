"""The policy: what becomes of each kind of finding on this site."""

from collections.abc import Iterable, Iterator, Mapping

from portal.redact.finding import Finding, Tier

Policy = Mapping[str, Tier]
"""Tiers by kind, for the kinds that a site treats otherwise than the finder proposes."""


def applied(found: Iterable[Finding], policy: Policy) -> Iterator[Finding]:
    """Findings with the tier that the site wants for their kind."""
    for one in found:
        yield one._replace(tier=policy.get(one.kind, one.tier))
