"""The search page, and the facts that it reads; the texts come from `portal.indexing`."""

from collections.abc import Iterator

from portal import corpus, render, urls
from portal.artifact import Artifact
from portal.search import full, index, known, shards


def plan(register: corpus.Corpus, theme: render.Theme, frame: render.Frame) -> Iterator[Artifact]:
    """The page, its index, and the files of names, columns and rows."""
    template = theme["search.html"]
    divided = shards.divide(register.rows)
    found = index.index(register, divided, template.theme)
    yield Artifact(urls.file(urls.search()), page, (template, frame, found))
    yield Artifact(urls.search_file("index.json"), index.written, (found,))
    if full.program() is not None:
        yield Artifact(urls.search_file(f"text/{full.SCRIPT}"), full.script, (full.VERSION,))
    yield from known.plan(register, divided)


def page(template: render.Template, frame: render.Frame, found: index.Index) -> bytes:
    """Where the search form leads. What an index says is inlined: it saves a request."""
    # Within a script element only `</` and `<!--` could end or hide it.
    text = found.text.replace("<", "\\u003c")
    return render.page(template, frame, index=text, path=urls.search())
