"""The look: Jinja templates over typed views, with the words of the site's language."""

import datetime
import functools
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jinja2
import jinja2.meta

from portal import amounts, corpus, digest, model, strings, urls
from portal.problems import Refused

HOME = pathlib.Path(__file__).resolve().parents[1]
"""The generator's own repository: its templates/ and static/ serve every site without its own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: the site's facts, the pages of words, the assets' versions."""

    site: model.Site
    words: tuple[corpus.Party, ...]
    assets: str
    digest: str


def frame(site: model.Site, words: tuple[corpus.Party, ...], assets: str) -> Frame:
    """The frame of a site; `assets` is the digest of everything under static/."""
    return Frame(site, words, assets[:10], digest.of(site, words, assets))


@dataclass(frozen=True, slots=True)
class Template:
    """A template with everything that it extends, imports and includes; `digest` covers them.

    `theme` is the digest of all templates together: compiled ones are kept for as long as it lasts.
    """

    folders: tuple[str, ...]
    name: str
    digest: str
    theme: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site by name: the site's own first, then the generator's."""

    templates: Mapping[str, Template]

    def __getitem__(self, name: str) -> Template:
        return self.templates[name]


def theme(root: pathlib.Path) -> Theme:
    """The templates that a site uses, each with its closure. A broken one is refused."""
    folders = tuple(str(folder / "templates") for folder in (root, HOME))
    texts: dict[str, str] = {}
    for folder in reversed(folders):
        for path in sorted(pathlib.Path(folder).rglob("*.html")):
            texts[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
    uses = {name: _uses(name, text) for name, text in texts.items()}
    whole = digest.of(*sorted(texts.items()))
    found = {}
    for name in texts:
        closure = sorted(_closure(name, uses, frozenset()))
        sealed = digest.of(*((part, texts.get(part)) for part in closure))
        found[name] = Template(folders, name, sealed, whole)
    return Theme(found)


def _uses(name: str, text: str) -> frozenset[str]:
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
    """A page from a template and its view. A name that the template lacks is refused."""
    site = frame.site
    environment = _environment(template.folders, template.theme, site.language, site.base)
    try:
        text = environment.get_template(template.name).render(frame=frame, site=site, **view)
    except jinja2.TemplateError as error:
        place = f"templates/{template.name}"
        raise Refused("template", place=place, detail=error.message or "") from None
    return text.encode()


@functools.lru_cache(maxsize=4)
def _environment(
    folders: tuple[str, ...], theme: str, language: str, base: str
) -> jinja2.Environment:
    del theme  # it stands among the arguments so that a changed template is compiled again
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"t": say(language), "urls": urls, "amounts": amounts}
    environment.filters |= {
        "href": functools.partial(urls.href, base),
        "money": functools.partial(money, language),
        "about": functools.partial(about, language),
        "figure": amounts.group,
        "day": functools.partial(day, language),
        "span": functools.partial(span, language),
    }
    return environment


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
