"""Badges: one small SVG for each model by each definition, and the lines to copy.

A badge asks nobody for anything: system fonts, and colours that read on light and dark alike. Its
text is stretched to its box, whatever font there is. Those that differ only in the model's name and
date are cut from one drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from . import records as r
from .api import Answers
from .modeldata import Values
from .views import Guide

FOLDER: Final = "badges/"
# White on each has a contrast of 5.5 or more.
COLOURS: Final = {"met": "#00598c", "undetermined": "#5b6470", "not-met": "#9c2f08"}
_AROUND: Final = 12  # Pixels beside each text.
_NAME, _DATE = "\ue000", "\ue001"
_NARROW: Final = frozenset("iljtfrI1.,:;'!()[] ")
_WIDE: Final = frozenset("mwMW@✕✓")


def files(answers: Answers, model: str) -> Iterator[tuple[str, bytes]]:
    """All badges of a model: path below the site's root, and SVG."""
    values = answers.models[model]
    date = _dated(values)
    name = escape(values["name"], quote=False)
    for definition in answers.guide.definitions:
        drawn, _ = _drawn(answers, definition, values)
        svg = drawn.replace(_NAME, name).replace(_DATE, date)
        yield _path(values, definition), svg.encode()


def _drawn(answers: Answers, definition: r.Definition, values: Values) -> tuple[str, int]:
    """The drawing with letters for name and date, and its width: the same on many badges."""
    verdict, dated = values["verdicts"][definition.id], len(_dated(values))
    key = definition.id, verdict["label"], dated
    if key not in answers.drawn:
        answers.drawn[key] = _draw(answers.guide, definition, verdict, dated)
    return answers.drawn[key]


def _dated(values: Values) -> str:
    return str(values["dated"] or "undated")


def _path(values: Values, definition: r.Definition) -> str:
    return f"{FOLDER}{values['id']}/{definition.id}.svg"


def _left(definition: r.Definition) -> str:
    """Name and version: `MOF class v1.0`. A version that is no number stands in the title only."""
    number = definition.version if definition.version[:1].isdigit() else ""
    return f"{definition.short} v{number}" if number else definition.short


def _of(definition: r.Definition) -> str:
    return f"{definition.name}, version {definition.version}"


def _texts(
    guide: Guide, definition: r.Definition, verdict: Values, date: str
) -> tuple[str, str, str]:
    """The three texts of a badge."""
    symbol = guide.library.words("outcomes")[verdict["outcome"]].symbol or ""
    return _left(definition), f"{symbol} {verdict['label']}".strip(), date


def _draw(guide: Guide, definition: r.Definition, verdict: Values, dated: int) -> tuple[str, int]:
    """`dated` is the date's length."""
    label, word = verdict["label"], verdict["outcome"]
    texts = _texts(guide, definition, verdict, "0" * dated)
    shown = (*texts[:2], _DATE)
    boxes = ("#30363d", COLOURS[word], "#e3e7eb")
    inks = ("#fff", "#fff", "#1d2329")
    rects, words, x = "", "", 0
    for text, box, ink, words_shown in zip(texts, boxes, inks, shown, strict=True):
        width = _width(text)
        rects += f'<rect x="{x}" width="{width + _AROUND}" height="20" fill="{box}"/>'
        words += (
            f'<text x="{x + 6}" y="14" fill="{ink}" textLength="{width}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(words_shown)}</text>'
        )
        x += width + _AROUND
    title = f"{_NAME}: {escape(label, quote=False)}"
    about = f"{escape(_of(definition), quote=False)}. Newest source: {_DATE}."
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{x}" height="20" role="img" '
        f'aria-labelledby="t d"><title id="t">{title}</title><desc id="d">{about}</desc>'
        f'<clipPath id="c"><rect width="{x}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#c)">{rects}</g>'
        f'<rect x=".5" y=".5" width="{x - 1}" height="19" rx="2.5" fill="none" stroke="#8b949e"/>'
        f'<g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">{words}</g></svg>\n'
    )
    return svg, x


def _width(text: str) -> int:
    """About how wide a text is in the fonts named, in pixels."""
    return round(sum(4.2 if c in _NARROW else 10 if c in _WIDE else 7 for c in text))


@dataclass(frozen=True)
class Copy:
    """What a page shows of one badge: its address below the root, its words, the lines to copy."""

    definition: r.Definition
    path: str
    alt: str
    width: int
    markdown: str
    html: str


def copies(answers: Answers, model: r.Model) -> list[Copy]:
    """One a definition, in their order."""
    values = answers.models[model.id]
    return [_copy(answers, values, definition) for definition in answers.guide.definitions]


def _copy(answers: Answers, values: Values, definition: r.Definition) -> Copy:
    base = answers.guide.base
    path = _path(values, definition)
    label = values["verdicts"][definition.id]["label"]
    alt = f"{values['name']}: {label} ({_of(definition)})"
    image, page = base + path, values["page"]
    plain = alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    html = f'<a href="{page}"><img src="{image}" alt="{escape(alt)}" height="20"></a>'
    _, width = _drawn(answers, definition, values)
    return Copy(definition, path, alt, width, f"[![{plain}]({image})]({page})", html)
