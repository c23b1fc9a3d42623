"""What scanners and converters leave in a line: HTML, LaTeX, images, empty emphasis, spacing."""

import html
import re

from portal import names
from portal.intake import wording

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_COMMENT = re.compile(r"<!--[^<>]{0,2000}-->")
_BREAK = re.compile(r"</p\s{0,3}>\s{0,9}<p(?:\s[^<>]{0,200})?>|<br\s{0,3}/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|b|i|u|em|strong|font|center|sup|sub|small|big|o:p|a|img|hr|body|html|h[1-6]"
    r"|ul|ol|li|table|thead|tbody|tfoot|tr|td|th|colgroup|col|caption)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)")
_EMPTY = re.compile(r"(?<![*_])(?:\*\*\s{0,9}\*\*|__\s{1,9}__)(?![*_])")
_FORMULA = re.compile(r"\$([^$\n]{1,200})\$")
_COMMAND = re.compile(r"\\([a-zA-Z]{2,12}|%|,|;|\s|_|&)")
_WRAPPED = re.compile(r"\\(?:mathrm|text|mathbf|textbf|rm)\s{0,2}\{([^{}]{0,100})\}")
_SIGNS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "times": "×",
    "pm": "±", "sim": "~", "cdot": "·", "div": "÷", "circ": "°", "approx": "≈", "neq": "≠",
    "rightarrow": "→", "to": "→", "quad": " ", "qquad": " ", "%": "%", "_": "_", "&": "&",
    ",": " ", ";": " ", "yen": "¥", "infty": "∞", "permil": "‰", "textperthousand": "‰",
}  # fmt: skip
_LABEL = re.compile(
    rf"(?<![{wording.HAN}])((?:[{wording.HAN}][ \u3000]{{1,4}}){{1,9}}[{wording.HAN}])"
    r"(?=[ \u3000]{0,4}(?:[（(][^（）()]{1,12}[)）][ \u3000]{0,4})?[：:])"
)


def paragraphs(cell: str) -> list[str]:
    """The paragraphs of an HTML fragment, each as `plain` text."""
    parts = _BREAK.split(cell) if "<" in cell else [cell]
    return [one for part in parts if (one := plain(part).strip())]


def plain(line: str) -> str:
    """A line without markup; characters that cannot be seen are gone as well."""
    if "<" in line:
        line = _TAG.sub("", _BREAK.sub(" ", _COMMENT.sub("", line)))
    if "&" in line:
        line = _ENTITY.sub(lambda found: html.unescape(found[0]), line)
    if "$" in line:
        line = _FORMULA.sub(_formula, line)
    line = _EMPTY.sub("", _IMAGE.sub("", line))
    hidden = {ord(line[offset]): None for offset, _ in names.hidden(line)}
    return _LABEL.sub(_closed, line.translate(hidden) if hidden else line)


def images(line: str) -> list[str]:
    """The image references in a line."""
    return _IMAGE.findall(line) if "![" in line else []


def _formula(found: re.Match[str]) -> str:
    """A formula of known signs as text; another stays as it stands."""
    inner = _WRAPPED.sub(r"\1", found[1])
    commands = _COMMAND.findall(inner)
    if not commands or any(one.strip() and one not in _SIGNS for one in commands):
        return found[0]
    text = _COMMAND.sub(lambda one: _SIGNS.get(one[1], " "), inner)
    text = re.sub(r"\^\{?(°)\}?", r"\1", text)
    return re.sub(r"([≥≤±≈≠×~]) +(?=\d)", r"\1", re.sub(r" {2,}", " ", text)).strip()


def _closed(found: re.Match[str]) -> str:
    """The spaces that a scanner leaves within a label: 单 位 地 址."""
    return re.sub(r"[ \u3000]", "", found[1])
