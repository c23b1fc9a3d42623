"""Contract Portal: a repository of contracts becomes a searchable static site."""

VERSION = "0.1.0"
