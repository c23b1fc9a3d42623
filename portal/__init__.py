"""Contract Portal: a repository of contracts becomes a searchable static site."""

import os

VERSION = "0.1.0"

# What is published follows from this code and the libraries in its digest, and from no plug-in.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
