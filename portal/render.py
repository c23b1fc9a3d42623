"""The look: Jinja templates over typed views, with the words of the site's language."""

import datetime
import functools
import pathlib
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import jinja2
import jinja2.meta
import markupsafe
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]

from portal import amounts, corpus, digest, headers, model, strings, urls
from portal.problems import Refused

HOME = pathlib.Path(__file__).resolve().parents[1]
"""The generator's own repository: its templates/ and static/ serve every site without its own."""

CACHED = 1 << 16
"""Links and amounts that a process remembers: each stands on many pages."""
TELLING = (ArithmeticError, AttributeError, LookupError, TypeError)
"""Errors whose own words name fields, kinds and keys; others may repeat what stands in a field."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: the site's facts, the pages of words, the assets' versions."""

    site: model.Site
    words: tuple[corpus.Party, ...]
    assets: str
    icon: str
    policy: markupsafe.Markup
    digest: str


def frame(site: model.Site, words: tuple[corpus.Party, ...], assets: str, icon: str) -> Frame:
    """The frame of a site; `assets` is the digest of everything under static/, `icon` one of it."""
    policy = markupsafe.Markup(headers.POLICY)  # a constant, for an attribute
    return Frame(site, words, assets[:10], icon, policy, digest.of(site, words, assets, icon))


class Template(NamedTuple):
    """A template with everything that it extends, imports and includes; `digest` covers them.

    `theme` is the digest of all templates and the code: compiled ones are kept for as long as it
    lasts, in the folder `compiled`, if it names one.
    """

    folders: tuple[str, ...]
    name: str
    digest: str
    theme: str
    compiled: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site by name: the site's own first, then the generator's."""

    templates: Mapping[str, Template]

    def __getitem__(self, name: str) -> Template:
        return self.templates[name]


Uses = Mapping[str, frozenset[str]]
"""Which templates each template extends, imports and includes, by name."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of each template by name, and the digest of them all."""

    folders: tuple[str, ...]
    texts: Mapping[str, str]
    digest: str


def texts(root: pathlib.Path) -> Texts:
    """The templates that a site uses, read: its own before the generator's."""
    folders = tuple(str(folder / "templates") for folder in (root, HOME))
    found: dict[str, str] = {}
    for folder in reversed(folders):
        for path in sorted(pathlib.Path(folder).rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            found[name] = _text(path, name)
    return Texts(folders, found, digest.of(*sorted(found.items())))


def _text(path: pathlib.Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        place = f"templates/{name}:{error.object.count(10, 0, error.start) + 1}"
        raise Refused("template", place=place, detail="not UTF-8") from None


def uses(read: Texts) -> Uses:
    """Which templates use which. A broken one is refused."""
    return {name: _uses(name, text) for name, text in read.texts.items()}


def theme(read: Texts, uses: Uses, code: str, compiled: str) -> Theme:
    """The templates, each with its closure; compiled ones are kept in a folder, by the code."""
    whole = digest.of(read.digest, code)
    found = {}
    for name in read.texts:
        closure = sorted(_closure(name, uses, frozenset()))
        sealed = digest.of(*((part, read.texts.get(part)) for part in closure))
        found[name] = Template(read.folders, name, sealed, whole, compiled)
    return Theme(found)


@functools.lru_cache(maxsize=256)
def _uses(name: str, text: str) -> frozenset[str]:
    """Remembered for `serve`, which builds again whenever one template was changed."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError as error:
        place = f"templates/{name}:{error.lineno}"
        raise Refused("template", place=place, detail=error.message or "") from None
    names = tuple(jinja2.meta.find_referenced_templates(tree))
    if None in names:
        raise Refused("template", place=f"templates/{name}", detail="dynamic include")
    return frozenset(part for part in names if part is not None)


def _closure(name: str, uses: Mapping[str, frozenset[str]], seen: frozenset[str]) -> frozenset[str]:
    seen |= {name}
    for part in sorted(uses.get(name, frozenset()) - seen):
        seen |= _closure(part, uses, seen)
    return seen


def page(template: Template, frame: Frame, **view: Any) -> bytes:
    """A page from a template and its view. What goes wrong in the template is refused."""
    site = frame.site
    environment = _environment(template._replace(name="", digest=""), site.language, site.base)
    try:
        text = environment.get_template(template.name).render(frame=frame, site=site, **view)
    except jinja2.TemplateError as error:
        raise _broken(template, error) from error
    except (OSError, MemoryError):
        raise
    except Exception as error:
        raise _broken(template, error) from error
    return text.encode()


def _broken(template: Template, error: Exception) -> Refused:
    """What went wrong while a template was filled, with the line of the template or of its part."""
    place = f"templates/{template.name}"
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = pathlib.Path(frame.f_code.co_filename)
        for folder in template.folders:
            if path.is_relative_to(folder):
                place = f"templates/{path.relative_to(folder).as_posix()}:{line}"
    return Refused("template", place=place, detail=_detail(error))


def _detail(error: Exception) -> str:
    kind = type(error).__name__
    if isinstance(error, jinja2.TemplateNotFound):
        return f"{kind}: {error.name}"
    if isinstance(error, jinja2.TemplateError):
        return error.message or kind
    return f"{kind}: {error}" if isinstance(error, TELLING) else kind


def _escaped(value: Any) -> str:
    """What `markupsafe.escape` gives, but plain text: a `Markup` of each value takes most time."""
    if type(value) is str:
        return escape_text(value)
    return value.__html__() if hasattr(value, "__html__") else escape_text(str(value))


class _Template(jinja2.Template):
    """A template that escapes by `_escaped`."""

    @classmethod
    def _from_namespace(
        cls,
        environment: jinja2.Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],
    ) -> jinja2.Template:
        namespace["escape"] = _escaped
        return super()._from_namespace(environment, namespace, globals)


class _Environment(jinja2.Environment):
    """Templates that stay as they are: each is looked up once, and not for every page again."""

    template_class = _Template

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.known: dict[str | jinja2.Template, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = super().get_template(name, parent, globals)
        return found


@functools.lru_cache(maxsize=4)
def _environment(of: Template, language: str, base: str) -> jinja2.Environment:
    """What the templates of one theme share, whichever of them is asked for first."""
    kept = None
    if of.compiled:
        # Filters of constants are worked out on compiling: words and links are in the bytecode.
        folded = digest.of(of.theme, language, base)
        kept = jinja2.FileSystemBytecodeCache(of.compiled, f"{folded}-%s")
    environment = _Environment(
        loader=jinja2.FileSystemLoader(of.folders),
        bytecode_cache=kept,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals = {"urls": urls}  # each import walks them all: none that is not used
    environment.filters |= {
        "t": say(language),
        "link": functools.lru_cache(maxsize=CACHED)(functools.partial(link, base)),
        "href": functools.partial(urls.href, base),
        "money": functools.lru_cache(maxsize=CACHED)(functools.partial(money, language)),
        "about": functools.partial(about, language),
        "figure": amounts.group,
        "day": functools.lru_cache(maxsize=CACHED)(functools.partial(day, language)),
        "span": functools.partial(span, language),
    }
    return environment


def link(base: str, place: str, *parts: Any) -> str:
    """The link to a place that `urls` names: `"organisation"|link("vendor", id)`."""
    path: str = getattr(urls, place)(*parts)
    return urls.href(base, path)


def say(language: str) -> Callable[..., str]:
    """The word for a key, its placeholders filled. An unknown key is a KeyError."""
    words = strings.of(language)

    def word(key: str, **given: object) -> str:
        return words[key].format(**given) if given else words[key]

    return word


def money(language: str, amount: Decimal, currency: str) -> str:
    """An amount with its currency: ¥1,370,000.00 for yuan in Chinese, else CAD 1,370,000.00."""
    figure = amounts.group(abs(amount))
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    known = strings.of(language).get(f"currency.{currency}")
    return f"{sign}{known}{figure}" if known is not None else f"{sign}{currency} {figure}"


def about(language: str, amount: Decimal, currency: str) -> str:
    """An amount for the eye, to a hundredth of the language's great units: ¥12.35 亿, ¥137 万.

    It is rounded, so the money in full stands beside it. What is smaller is the money in full.
    """
    words = strings.of(language)
    for scale in ("large", "small"):
        unit = Decimal(10) ** int(words[f"scale.{scale}.power"])
        if amount >= unit:
            figure = f"{amount / unit:,.2f}".removesuffix(".00")
            sign = words.get(f"currency.{currency}", f"{currency} ")
            return words[f"scale.{scale}.words"].format(amount=f"{sign}{figure}")
    return money(language, amount, currency)


def day(language: str, value: datetime.date) -> str:
    """A day in the language's form: 2026年2月6日, 6 February 2026."""
    words = strings.of(language)
    month = words[f"month.{value.month}"]
    return words["day"].format(year=value.year, month=month, day=value.day)


def span(language: str, value: str) -> str:
    """A duration, from ISO 8601: P3Y is 3 年, 3 years."""
    number, unit = int(value[1:-1]), value[-1]
    plural = "one" if number == 1 else "many"
    return strings.of(language)[f"span.{unit}.{plural}"].format(n=number)
