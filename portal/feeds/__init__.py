"""Feeds of what is new: the same entries as Atom (RFC 4287) and as JSON Feed 1.1."""
