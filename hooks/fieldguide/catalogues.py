"""The lists that readers search, narrow and sort: their facets, columns, and what each row has.

A page shows such a list whole; a script narrows it with the help of one file, `catalogue.json`,
that `data` makes. All labels and their order are here or in the records: the page's form and the
script have none of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any, Final, Literal

from . import memory, rulings, uses
from . import records as r
from .uses import May
from .views import SPECTRUM, Guide

FORMAT: Final = 1
PRECISION: Final = "q4-k-m"  # At which weights are held against the reader's memory.
GIGABYTES: Final = (4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512)  # Common memories.
BANDS: Final = (  # Of all parameters: id, label, the first number beyond.
    ("1b", "Under 1 billion", 10**9),
    ("4b", "1 to 4 billion", 4 * 10**9),
    ("10b", "4 to 10 billion", 10**10),
    ("40b", "10 to 40 billion", 4 * 10**10),
    ("100b", "40 to 100 billion", 10**11),
    ("400b", "100 to 400 billion", 4 * 10**11),
    ("more", "400 billion and more", None),
)
UNKNOWN: Final = ("unknown", "Not known")
SOURCES: Final = {"open": "Open", "partly-open": "Partly open", "closed": "Closed"}

# What one row has of a facet: places in its values, or a number; None for nothing.
Has = int | float | list[int] | None


@dataclass(frozen=True)
class Facet:
    """One question to every row.

    Of the `values` (key and label) readers choose any number (`checks`), one (`select`), or they
    give a number that a row's own may not exceed (`most`; the values are then suggestions).
    """

    key: str
    label: str
    kind: Literal["checks", "select", "most"]
    values: tuple[tuple[str, str], ...]
    rows: tuple[Has, ...]
    about: str = ""
    found: bool = False  # Whether the search finds rows by their values' labels.


@dataclass(frozen=True)
class Group:
    """Facets behind one button."""

    label: str
    facets: tuple[Facet, ...]


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Rows are sorted by the text in it, by the facet of the same key, or by the numbers in `rows`.
    """

    key: str
    label: str
    by: Literal["text", "facet", "number"] = "text"
    unit: str = ""
    link: tuple[str, str] | None = None  # Collection and id of what the head leads to.
    found: bool = False  # Whether the search finds rows by the text in it.
    rows: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """A list: `ids` has its rows in the order of the page; `path` is the script's file."""

    what: str
    path: str
    ids: tuple[str, ...]
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    texts: tuple[tuple[str | None, ...], ...] = ()  # What else the search finds, row by row.


def catalogues(guide: Guide) -> list[Catalogue]:
    """All of them."""
    return [make(guide) for make in (models, licences, tools)]


def data(catalogue: Catalogue) -> dict[str, Any]:
    """What the script needs, as plain data; texts that recur stand once."""
    return {
        "format": FORMAT,
        "ids": list(catalogue.ids),
        "groups": [
            {"label": group.label, "facets": [_facet(facet) for facet in group.facets]}
            for group in catalogue.groups
        ],
        "columns": [
            {"key": column.key, "label": column.label, "by": column.by}
            | ({"unit": column.unit} if column.unit else {})
            | ({"rows": list(column.rows)} if column.rows else {})
            for column in catalogue.columns
        ],
        "search": [_table(texts) for texts in catalogue.texts],
    }


def _facet(facet: Facet) -> dict[str, Any]:
    made: dict[str, Any] = {"key": facet.key, "label": facet.label, "kind": facet.kind}
    if facet.about:
        made["about"] = facet.about
    if facet.found:
        made["found"] = True
    return made | {"values": [list(value) for value in facet.values], "rows": list(facet.rows)}


def _table(texts: Sequence[str | None]) -> dict[str, Any]:
    values = sorted({text for text in texts if text})
    place = {text: number for number, text in enumerate(values)}
    return {"values": values, "rows": [place[text] if text else None for text in texts]}


def _checks(
    key: str,
    label: str,
    values: Iterable[tuple[str, str]],
    rows: Iterable[Iterable[str]],
    *,
    about: str = "",
    found: bool = False,
) -> Facet:
    """A facet of those values that some row has; `rows` are the keys of each row's own."""
    each = [list(dict.fromkeys(row)) for row in rows]
    used = {key for row in each for key in row}
    kept = tuple(value for value in values if value[0] in used)
    place = {key: number for number, (key, _) in enumerate(kept)}
    has = tuple(_has(sorted(place[key] for key in row)) for row in each)
    return Facet(key, label, "checks", kept, has, about, found)


def _has(places: list[int]) -> Has:
    return None if not places else places[0] if len(places) == 1 else places


def _labels(words: Mapping[str, r.Word]) -> list[tuple[str, str]]:
    return [(key, word.label) for key, word in words.items()]


def _may(guide: Guide, licences: Sequence[r.Licence | None]) -> Group:
    """The questions of `uses` to the licence of each row; without one, nothing is answered."""
    library = guide.library

    @cache
    def answers(key: str) -> dict[str, May]:
        return {a.use.id: a.may for a in uses.answers(library.licences[key], library)}

    yes, conditions = (library.label("may", may.word) for may in (May.YES, May.CONDITIONS))
    values = (("yes", yes), ("conditions", f"{yes}, or {conditions[0].lower()}{conditions[1:]}"))
    has: dict[May, Has] = {May.YES: [0, 1], May.CONDITIONS: 1}
    return Group(
        "May I …",
        tuple(
            Facet(
                f"may-{use.id}",
                use.label,
                "select",
                values,
                tuple(has.get(answers(x.id)[use.id]) if x else None for x in licences),
            )
            for use in library.uses.values()
        ),
    )


# Models


def models(guide: Guide) -> Catalogue:
    """All models, by name."""
    library, rows = guide.library, guide.choose("models")
    sizes = [[s.parameters for s in m.sizes if s.parameters] for m in rows]
    contexts = [[s.context for s in m.sizes if s.context] for m in rows]
    formal = [d for d in guide.definitions if d.formal]
    licence = [_licence(guide, m) for m in rows]
    return Catalogue(
        "models",
        "models/catalogue.json",
        tuple(m.id for m in rows),
        (
            _kinds(guide, rows),
            Group(
                "Openness",
                tuple(_verdicts(guide, d, rows) for d in guide.definitions if d.id != SPECTRUM),
            ),
            Group(guide.spectrum.short, (_steps(guide, rows),)),
            Group(
                "Access and licence",
                (
                    _checks(
                        "access",
                        "Access",
                        _labels(library.words("access")),
                        [[m.access] for m in rows],
                    ),
                    _categories(guide, rows),
                ),
            ),
            _may(guide, licence),
            _makers(guide, rows),
            Group("Size and memory", (_bands(sizes), _fits(guide, rows))),
            Group("Year", (_years([m.released for m in rows], "Released"),)),
        ),
        (
            Column("name", "Model", found=True),
            Column("maker", "Maker", found=True),
            Column("released", "Released", found=True),
            Column("kind", "In and out", found=True),
            Column("size", "Size", "number", "parameters", rows=_largest(sizes)),
            Column("context", "Context", "number", "tokens", rows=_largest(contexts)),
            Column("step", "Step on the spectrum", "facet"),
            *(Column(d.id, d.short, "facet", link=("definitions", d.id)) for d in formal),
            Column("licence", "Licence of the weights", found=True),
        ),
        (
            tuple(library.label("families", m.family) for m in rows),
            tuple(x.name if x else None for x in licence),
        ),
    )


def _largest(numbers: Iterable[list[int]]) -> tuple[int | None, ...]:
    return tuple(max(each, default=None) for each in numbers)


def _licence(guide: Guide, model: r.Model) -> r.Licence | None:
    """The licence of the weights, where they can be had and it is one of ours."""
    key = guide.licence(model) if model.access == "weights" else None
    return guide.library.licences.get(key) if key else None


def _kinds(guide: Guide, rows: Sequence[r.Model]) -> Group:
    words = _labels(guide.library.words("modalities"))
    return Group(
        "Kind",
        (
            _checks("in", "What goes in", words, [m.kind.input for m in rows]),
            _checks("out", "What comes out", words, [m.kind.output for m in rows]),
        ),
    )


def _verdicts(guide: Guide, definition: r.Definition, rows: Sequence[r.Model]) -> Facet:
    """The rung that a model reaches, the highest first, or that this is not determined."""
    undetermined = guide.library.label("outcomes", "undetermined")
    values = [
        *((rung.id, rung.label) for rung in reversed(definition.rungs)),
        ("undetermined", undetermined),
        ("below", definition.below),
    ]

    def key(model: r.Model) -> str:
        reached = guide.verdict(model, definition.id).reached
        if reached:
            return reached.id
        label = rulings.ruling(guide, model, definition).label
        return "undetermined" if label == undetermined else "below"

    return _checks(definition.id, definition.name, values, [[key(m)] for m in rows])


def _steps(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """The steps of the spectrum by number, as the table shows them."""
    labels = [guide.spectrum.below, *(rung.label for rung in guide.spectrum.rungs)]
    values = [(str(number), f"{number} {label}") for number, label in enumerate(labels)]
    name = guide.spectrum.name
    return _checks("step", name, values, [[str(guide.step(m))] for m in rows])


def _categories(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """The category of the weights' licence."""
    library = guide.library
    none, held = ("none", "No licence"), ("held", "Weights not released")

    def key(model: r.Model) -> str:
        if model.access != "weights":
            return held[0]
        licence = guide.licence(model)
        if licence and licence in library.licences:
            return library.licences[licence].category
        return none[0] if licence else UNKNOWN[0]

    words = [*_labels(library.words("licence-categories")), none, UNKNOWN, held]
    return _checks("licence", "Licence of the weights", words, [[key(m)] for m in rows])


def _makers(guide: Guide, rows: Sequence[r.Model]) -> Group:
    organisations = guide.library.organisations
    names = sorted(
        ((key, o.name) for key, o in organisations.items()), key=lambda pair: pair[1].casefold()
    )
    countries = guide.library.words("countries")
    codes = {o.country.lower(): o.country for o in organisations.values() if o.country}
    labels = [(key, countries[key].label if key in countries else codes[key]) for key in codes]
    labels.sort(key=lambda pair: pair[1])

    def country(model: r.Model) -> list[str]:
        found = [organisations[key].country for key in model.developers]
        return [code.lower() for code in found if code] or [UNKNOWN[0]]

    return Group(
        "Maker",
        (
            _checks("country", "Country of the maker", [*labels, UNKNOWN], map(country, rows)),
            _checks("maker", "Maker", names, [m.developers for m in rows], found=True),
        ),
    )


def _bands(sizes: Sequence[list[int]]) -> Facet:
    """Bands of size; a model of several sizes is in the bands of all of them."""

    def band(number: int) -> str:
        return next(key for key, _, end in BANDS if end is None or number < end)

    values = [*((key, label) for key, label, _ in BANDS), UNKNOWN]
    rows = [[band(number) for number in each] or [UNKNOWN[0]] for each in sizes]
    return _checks("size", "Parameters of any of its sizes", values, rows)


def _fits(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """What the weights of a model's smallest size take, in tenths of a GB, rounded up."""
    precision = guide.library.precisions[PRECISION]

    def need(model: r.Model) -> float | None:
        each = [memory.weights(size, precision) for size in model.sizes]
        known = [number for number in each if number]
        if model.access != "weights" or not known:
            return None
        return ceil(min(known) * 10 / memory.GB) / 10

    values = tuple((str(number), f"{number} GB") for number in GIGABYTES)
    about = (
        f"The weights alone, of the smallest size that can be downloaded, at {precision.label}. "
        "A conversation needs memory as well."
    )
    return Facet("memory", "Fits in memory of", "most", values, tuple(need(m) for m in rows), about)


def _years(dates: Sequence[str | None], label: str) -> Facet:
    years = [date[:4] if date else UNKNOWN[0] for date in dates]
    values = [(year, year) for year in sorted({*years} - {UNKNOWN[0]}, reverse=True)]
    return _checks("year", label, [*values, UNKNOWN], [[year] for year in years])


# Licences


def licences(guide: Guide) -> Catalogue:
    """All licences by category, as their table has them."""
    library = guide.library
    categories = library.words("licence-categories")
    rows = [x for key in categories for x in guide.choose("licences") if x.category == key]
    terms = [
        term
        for group in ("permission", "duty", "limit")
        for term in library.terms.values()
        if term.group == group
    ]
    return Catalogue(
        "licences",
        "licences/catalogue.json",
        tuple(x.id for x in rows),
        (
            Group(
                "Category",
                (
                    _checks(
                        "category", "Category", _labels(categories), [[x.category] for x in rows]
                    ),
                ),
            ),
            Group("Approved by", (_approvals(rows),)),
            _may(guide, rows),
            Group("Terms", tuple(_answers(guide, term, rows) for term in terms)),
            Group("Models", (_used(guide, rows),)),
            Group("Year", (_years([x.dated for x in rows], "Dated"),)),
        ),
        (
            Column("name", "Licence", found=True),
            *(Column(term.id, term.label, "facet") for term in terms),
            Column("approved", "OSI, FSF, Open Definition", found=True),
        ),
        (
            tuple(x.name for x in rows),
            tuple(library.organisations[x.publisher].name if x.publisher else None for x in rows),
            tuple(library.label("licence-families", x.family) if x.family else None for x in rows),
        ),
    )


def _approvals(rows: Sequence[r.Licence]) -> Facet:
    bodies: dict[str, tuple[str, Callable[[r.Licence], bool]]] = {
        "osi": ("Open Source Initiative", lambda x: x.osi_approved),
        "fsf": ("Free Software Foundation", lambda x: x.fsf_libre),
        "od": ("Open Definition", lambda x: x.open_definition),
    }
    none = ("none", "None of them")
    values = [*((key, label) for key, (label, _) in bodies.items()), none]
    has = [[key for key, (_, test) in bodies.items() if test(x)] or [none[0]] for x in rows]
    return _checks("approved", "Approved by", values, has)


def _answers(guide: Guide, term: r.TermWord, rows: Sequence[r.Licence]) -> Facet:
    values = [*_labels(guide.library.answers), UNKNOWN]
    said = [[x.terms[term.id].answer if term.id in x.terms else UNKNOWN[0]] for x in rows]
    return _checks(term.id, term.label, values, said)


def _used(guide: Guide, rows: Sequence[r.Licence]) -> Facet:
    weights, other = ("weights", "Weights of a model here"), ("other", "Other parts only")
    none = ("none", "No model here")

    def key(licence: r.Licence) -> str:
        whole, parts = guide.models_under(licence.id)
        return weights[0] if whole else other[0] if parts else none[0]

    values = [weights, other, none]
    return _checks("models", "Used for", values, [[key(x)] for x in rows])


# Tools


def tools(guide: Guide) -> Catalogue:
    """All tools by category, as their table has them."""
    library = guide.library
    categories = library.words("tool-categories")
    rows = [t for key in categories for t in guide.choose("tools") if t.category == key]

    def several(key: str, label: str, of: Callable[[r.Tool], Iterable[str]]) -> Facet:
        values = [*_labels(library.words(key)), UNKNOWN]
        return _checks(key, label, values, [list(of(t)) or [UNKNOWN[0]] for t in rows])

    licence = [library.licences[t.licence] if t.licence else None for t in rows]
    categories_of = [[x.category] if x else [UNKNOWN[0]] for x in licence]
    return Catalogue(
        "tools",
        "run/catalogue.json",
        tuple(t.id for t in rows),
        (
            Group(
                "Category",
                (
                    _checks(
                        "category", "Category", _labels(categories), [[t.category] for t in rows]
                    ),
                ),
            ),
            Group(
                "Code and licence",
                (
                    _checks(
                        "source",
                        "Its own code",
                        [*SOURCES.items(), UNKNOWN],
                        [[t.source or UNKNOWN[0]] for t in rows],
                    ),
                    _checks(
                        "licence",
                        "Its licence",
                        [*_labels(library.words("licence-categories")), UNKNOWN],
                        categories_of,
                    ),
                ),
            ),
            Group("Platform", (several("platforms", "Platforms", lambda t: t.platforms),)),
            Group("Interface", (several("interfaces", "Interfaces", lambda t: t.interfaces),)),
            Group("Format", (several("formats", "Formats", lambda t: t.formats),)),
        ),
        (
            Column("name", "Tool", found=True),
            Column("best-for", "Best for", found=True),
            Column("source", "Its own code", "facet"),
            Column("licence", "Its licence", found=True),
            Column("platforms", "Platforms", found=True),
            Column("interfaces", "Interfaces", found=True),
            Column("formats", "Formats", found=True),
        ),
        (
            tuple(library.organisations[t.maker].name for t in rows),
            tuple(library.label("tool-categories", t.category) for t in rows),
            tuple(x.name if x else None for x in licence),
        ),
    )
