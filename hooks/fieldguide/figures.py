"""Numbers, dates and licences that a page writes by hand although the data holds them.

A figure counts only where it stands next to the model whose it is, and is the same: others may be
of another size, or of a study. A number of records counts where no source is given for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .mentions import GONE, Mention, Page
from .prose import Finding, told
from .records import Model
from .render import date, quantity, thousands
from .views import Guide

_MONTH: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE: Final = rf"(?P<date>(?:\d{{1,2}}[ \n])?(?:{_MONTH}[ \n])?(?:19|20)\d\d)\b"
_CAME: Final = r"(?:released|published|brought out|launched|announced)"
_OF: Final = r"(?:,?[ \n](?:which |it )?(?:has|have|had|with|of|at))?[ \n]"
# What follows the name of a model, or stands before it.
_PARAMETERS: Final = re.compile(
    rf"{_OF}(?P<number>\d+(?:\.\d+)?[ \n-](?P<unit>million|billion|trillion))[ \n-]parameters?\b"
)
_CONTEXT: Final = re.compile(
    r"[ \n](?:has|have|takes?|reads?|accepts?)(?: in)?(?: a context(?: window| length)? of)?"
    r"(?: up to| at most)?[ \n](?P<number>\d[\d,]*)[ \n]tokens\b"
)
_RELEASED: Final = re.compile(
    rf"[ \n](?:(?:was|were)[ \n])?(?:{_CAME}|came out|appeared|followed)[ \n](?:in|on)[ \n]{_DATE}"
)
_BEFORE: Final = re.compile(rf"\b{_CAME}[ \n]\Z")
_IN: Final = re.compile(rf"[ \n](?:in|on)[ \n]{_DATE}")
_UNDER: Final = re.compile(
    r"[ \n](?:is|are|comes?|stands?)?[ \n]?(?:released |available |licensed )?under(?: the)?[ \n]\Z"
)
_COUNT: Final = re.compile(
    r"(?<![\w.,-])(?P<number>\d[\d,]*)[ \n](?P<kind>models|licences|tools)\b"
)
_UNITS: Final = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
_FEW: Final = 100  # So many records at least; a smaller number may be of anything.


def figures(page: Page, guide: Guide) -> Iterator[Finding]:
    """Facts of models, and how many records there are."""
    for place, mention in enumerate(page.mentions):
        model = guide.library.models.get(mention.key) if mention.kind == "model" else None
        if not model or mention.fact or page.quoted(mention.start):
            continue
        yield from _size(page, mention, model)
        yield from _day(page, mention, model)
        for after in page.mentions[place + 1 : place + 2]:
            yield from _terms(page, mention, after, model, guide)
    yield from _counts(page, guide)


def _size(page: Page, mention: Mention, model: Model) -> Iterator[Finding]:
    """Parameters and context, of the largest size: those that its markers print."""
    size = max(model.sizes, key=lambda size: size.parameters or 0, default=None)
    if not size:
        return
    if match := _PARAMETERS.match(page.prose, mention.end):
        number = float(re.split(r"[ \n-]", match["number"])[0]) * _UNITS[match["unit"]]
        if quantity(size.parameters) == quantity(round(number)):
            yield _held(page, match, "number", "the number of parameters", model, "parameters")
    match = _CONTEXT.match(page.prose, mention.end)
    if match and match["number"] == thousands(size.context):
        yield _held(page, match, "number", "the context", model, "context", certain=True)


def _day(page: Page, mention: Mention, model: Model) -> Iterator[Finding]:
    """Dates of release: the record's, to the month or the day."""
    match = _RELEASED.match(page.prose, mention.end)
    if not match and _BEFORE.search(page.prose, max(0, mention.start - 20), mention.start):
        match = _IN.match(page.prose, mention.end)
    if not match or not model.released:
        return
    written = " ".join(match["date"].split())
    whole = date(model.released)
    if written == whole:
        yield _held(page, match, "date", "the date", model, "released", certain=True)
    elif whole.endswith(written):
        yield _held(page, match, "date", "the date", model, "released")
    elif not written.endswith(whole):
        message = f"`{written}` is not when the record says that `{model.name}` came out: {whole}"
        hint = f"Correct one of them, or write `{_marker(model, 'released')}`"
        yield told(page, match.start("date"), message, hint)


def _terms(
    page: Page, mention: Mention, after: Mention, model: Model, guide: Guide
) -> Iterator[Finding]:
    """A licence named behind a model, if it is that of its weights."""
    between = page.prose[mention.end : after.start]
    own = after.kind == "licence" and not after.fact and after.key == guide.licence(model)
    if own and _UNDER.fullmatch(between.replace(GONE, "")):
        marker, length = _marker(model, "licence"), after.end - after.start
        said = f"the licence of `{model.name}` is written by hand, though its record holds it"
        yield told(page, after.start, said, f"Write `{marker}`", length, marker)


def _counts(page: Page, guide: Guide) -> Iterator[Finding]:
    for match in _COUNT.finditer(page.prose):
        start, end = page.sentence(match.start())
        kind, held = match["kind"], len(guide.library.collections[match["kind"]])
        number = int(match["number"].replace(",", ""))
        cited = "cite(" in page.text[start:end] or page.quoted(match.start())
        if number == held >= _FEW and not cited:
            marker = f'{{{{ count("{kind}") }}}}'
            said = f"the number of {kind} is written by hand, though the data holds it"
            yield told(page, match.start(), said, f"Write `{marker}`", len(match["number"]), marker)


def _held(
    page: Page,
    match: re.Match[str],
    group: str,
    what: str,
    model: Model,
    fact: str,
    *,
    certain: bool = False,
) -> Finding:
    marker = _marker(model, fact)
    said = f"{what} of `{model.name}` is written by hand, though its record holds it"
    text = marker if certain else None
    return told(page, match.start(group), said, f"Write `{marker}`", len(match[group]), text)


def _marker(model: Model, fact: str) -> str:
    return f'{{{{ model("{model.id}").{fact} }}}}'
