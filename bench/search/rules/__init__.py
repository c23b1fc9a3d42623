"""Queries made by rule for generated contracts: each rule looks at one place of the register.

A rule takes a Pick and gives the query with its meaning. The places lie evenly over the register,
so that a rule works at every size; whatever a rule draws, it draws from the pick's own seed.
"""

from bench.search.rules import bodies, figures, missing, names
from bench.search.rules.pick import RULES, Pick

__all__ = ["RULES", "Pick", "bodies", "figures", "missing", "names"]
