"""What models are, who made them and how open they are, as facets of the list of models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import records as r
from . import rulings
from .facets import UNKNOWN, Facet, Group, Has, checks, labels
from .views import Guide

COUNTED: Final = ("counted", "A number, not named")


def kinds(guide: Guide, rows: Sequence[r.Model]) -> Group:
    words = labels(guide.library.words("modalities"))
    return Group(
        "Kind",
        (
            checks("in", "What goes in", words, [m.kind.input for m in rows]),
            checks("out", "What comes out", words, [m.kind.output for m in rows]),
        ),
    )


def languages(guide: Guide, rows: Sequence[r.Model]) -> Facet:
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


def verdicts(guide: Guide, definition: r.Definition, rows: Sequence[r.Model]) -> Facet:
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


def steps(guide: Guide, rows: Sequence[r.Model]) -> Facet:
    """The steps of the spectrum by number, as the table shows them."""
    labels = [guide.spectrum.below, *(rung.label for rung in guide.spectrum.rungs)]
    values = [(str(number), f"{number} {label}") for number, label in enumerate(labels)]
    name = guide.spectrum.name
    return checks("step", name, values, [[str(guide.step(m))] for m in rows])


def parts(guide: Guide, rows: Sequence[r.Model]) -> Group:
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


def categories(guide: Guide, rows: Sequence[r.Model]) -> Facet:
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


def makers(guide: Guide, rows: Sequence[r.Model]) -> Group:
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
