"""Contracts in the Open Contracting Data Standard 1.1.5: releases, records, packages of them.

Everything here follows from a contract's record (`portal.record`) and from what the site says of
its publisher. Dates come from facts, so that the same content gives the same bytes on every day.
"""
