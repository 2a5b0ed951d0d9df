"""The list of models: its facets and columns. Their labels and order are here or in the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from . import memory, rulings
from . import records as r
from .facets import (
    UNKNOWN,
    Catalogue,
    Column,
    Facet,
    Group,
    Has,
    Setting,
    checks,
    labels,
    may,
    years,
)
from .views import SPECTRUM, Guide

COUNTED: Final = ("counted", "A number, not named")
BANDS: Final = (  # Of all parameters: id, label, the first number beyond.
    ("1b", "Under 1 billion", 10**9),
    ("4b", "1 to 4 billion", 4 * 10**9),
    ("10b", "4 to 10 billion", 10**10),
    ("40b", "10 to 40 billion", 4 * 10**10),
    ("100b", "40 to 100 billion", 10**11),
    ("400b", "100 to 400 billion", 4 * 10**11),
    ("more", "400 billion and more", None),
)


def models(guide: Guide) -> Catalogue:
    """All models, by name."""
    return guide.once("list of models", lambda: _models(guide))


def _models(guide: Guide) -> Catalogue:
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
            Group("Language", (_languages(guide, rows),)),
            Group(
                "Openness",
                tuple(_verdicts(guide, d, rows) for d in guide.definitions if d.id != SPECTRUM),
            ),
            Group(guide.spectrum.short, (_steps(guide, rows),)),
            _parts(guide, rows),
            Group(
                "Access and licence",
                (
                    checks(
                        "access",
                        "Access",
                        labels(library.words("access")),
                        [[m.access] for m in rows],
                    ),
                    _categories(guide, rows),
                ),
            ),
            may(guide, licence),
            _makers(guide, rows),
            Group("Size and memory", (_bands(sizes), _fits(guide, rows))),
            Group("Year", (years([m.released for m in rows], "Released"),)),
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
    words = labels(guide.library.words("modalities"))
    return Group(
        "Kind",
        (
            checks("in", "What goes in", words, [m.kind.input for m in rows]),
            checks("out", "What comes out", words, [m.kind.output for m in rows]),
        ),
    )


def _languages(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """What its maker says it was made for; nothing is asked of a model without words."""

    def keys(model: r.Model) -> Sequence[str]:
        if model.languages:
            return model.languages
        if model.language_count:
            return [COUNTED[0]]
        return [UNKNOWN[0]] if guide.has_words(model) else []

    words = sorted(labels(guide.library.words("languages")), key=lambda pair: pair[1])
    about = "Languages that the maker says the model was made for or supports."
    values = [*words, COUNTED, UNKNOWN]
    return checks("language", "Language", values, map(keys, rows), about=about)


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

    return checks(definition.id, definition.name, values, [[key(m)] for m in rows])


def _steps(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """The steps of the spectrum by number, as the table shows them."""
    labels = [guide.spectrum.below, *(rung.label for rung in guide.spectrum.rungs)]
    values = [(str(number), f"{number} {label}") for number, label in enumerate(labels)]
    name = guide.spectrum.name
    return checks("step", name, values, [[str(guide.step(m))] for m in rows])


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

    words = [*labels(library.words("licence-categories")), none, UNKNOWN, held]
    return checks("licence", "Licence of the weights", words, [[key(m)] for m in rows])


def _parts(guide: Guide, rows: Sequence[r.Model]) -> Group:
    """One facet a part that the spectrum asks for: whether all of it is released, or some at least.

    All parts would take the file for the script well beyond its size.
    """
    rungs = guide.spectrum.rungs
    asked = {part for rung in rungs for wanted in rung.requires for part in wanted.any}
    label = guide.library.label
    values = (
        ("released", label("states", "released")),
        ("partial", f"{label('states', 'released')}, or {label('states', 'partial').lower()}"),
    )
    has: dict[str, Has] = {"released": [0, 1], "partial": 1}
    return Group(
        "Parts",
        tuple(
            Facet(
                f"part-{part.id}",
                part.label,
                "select",
                values,
                tuple(has.get(guide.state(m, part.id)) for m in rows),
            )
            for part in guide.library.parts.values()
            if part.id in asked
        ),
    )


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
            checks("country", "Country of the maker", [*labels, UNKNOWN], map(country, rows)),
            checks("maker", "Maker", names, [m.developers for m in rows], found=True),
        ),
    )


def _bands(sizes: Sequence[list[int]]) -> Facet:
    """Bands of size; a model of several sizes is in the bands of all of them."""

    def band(number: int) -> str:
        return next(key for key, _, end in BANDS if end is None or number < end)

    values = [*((key, label) for key, label, _ in BANDS), UNKNOWN]
    rows = [[band(number) for number in each] or [UNKNOWN[0]] for each in sizes]
    return checks("size", "Parameters of any of its sizes", values, rows)


def _fits(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """What the sizes of a model that can be downloaded are made of, to reckon their memory from."""
    library = guide.library

    def sizes(model: r.Model) -> list[tuple[int, int, int]] | None:
        known = [needs for size in model.sizes if (needs := memory.kept(size))]
        return known if known and model.access == "weights" else None

    plain = library.machine_kinds[memory.KIND].label
    values = [(str(number), f"{number} GB", plain) for number in memory.MEMORIES] + [
        (str(machine.memory), machine.name, kind.label)
        for kind in library.machine_kinds.values()
        for machine in library.machines.values()
        if machine.kind == kind.id
    ]
    bits = tuple((key, word.label, word.bits) for key, word in library.precisions.items())
    shortest, *longer = memory.TOKENS
    tokens = (
        ("0", "No text: the weights alone", 0),
        (str(shortest), f"{shortest:,} tokens, or all it takes", shortest),
        *((str(number), f"{number:,} tokens", number) for number in longer),
    )
    about = (
        "Weights and cache of any of its sizes, if barely. Where the cache is not known, the "
        "weights alone are counted, and the row says so. Leave a tenth of a graphics card free, "
        "or a quarter of memory that the system shares."
    )
    return Facet(
        "memory",
        "Fits in memory of",
        "memory",
        tuple(values),
        tuple(sizes(m) for m in rows),
        about,
        settings=(
            Setting("precision", "Weights stored in", bits, memory.PRECISION),
            Setting("tokens", "Length of the text", tokens, str(shortest)),
        ),
    )
