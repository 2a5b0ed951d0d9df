"""The lists that readers search, narrow and sort: models (see `modellist`), licences and tools.

All labels and their order are here or in the records: the page's form and the script have none of
their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from . import records as r
from .facets import UNKNOWN, Catalogue, Column, Facet, Group, checks, labels, may, years
from .modellist import models
from .views import Guide

__all__ = ["FILES", "SOURCES", "licences", "models", "tools"]

SOURCES: Final = {"open": "Open", "partly-open": "Partly open", "closed": "Closed"}


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
                (checks("category", "Category", labels(categories), [[x.category] for x in rows]),),
            ),
            Group("Approved by", (_approvals(rows),)),
            may(guide, rows),
            Group("Terms", tuple(_answers(guide, term, rows) for term in terms)),
            Group("Models", (_used(guide, rows),)),
            Group("Year", (years([x.dated for x in rows], "Dated"),)),
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
    return checks("approved", "Approved by", values, has)


def _answers(guide: Guide, term: r.TermWord, rows: Sequence[r.Licence]) -> Facet:
    values = [*labels(guide.library.answers), UNKNOWN]
    said = [[x.terms[term.id].answer if term.id in x.terms else UNKNOWN[0]] for x in rows]
    return checks(term.id, term.label, values, said)


def _used(guide: Guide, rows: Sequence[r.Licence]) -> Facet:
    weights, other = ("weights", "Weights of a model here"), ("other", "Other parts only")
    none = ("none", "No model here")

    def key(licence: r.Licence) -> str:
        whole, parts = guide.models_under(licence.id)
        return weights[0] if whole else other[0] if parts else none[0]

    values = [weights, other, none]
    return checks("models", "Used for", values, [[key(x)] for x in rows])


# Tools


def tools(guide: Guide) -> Catalogue:
    """All tools by category, as their table has them."""
    library = guide.library
    categories = library.words("tool-categories")
    rows = [t for key in categories for t in guide.choose("tools") if t.category == key]

    def several(key: str, label: str, of: Callable[[r.Tool], Iterable[str]]) -> Facet:
        values = [*labels(library.words(key)), UNKNOWN]
        return checks(key, label, values, [list(of(t)) or [UNKNOWN[0]] for t in rows])

    licence = [library.licences[t.licence] if t.licence else None for t in rows]
    categories_of = [[x.category] if x else [UNKNOWN[0]] for x in licence]
    return Catalogue(
        "tools",
        "run/catalogue.json",
        tuple(t.id for t in rows),
        (
            Group(
                "Category",
                (checks("category", "Category", labels(categories), [[t.category] for t in rows]),),
            ),
            Group(
                "Code and licence",
                (
                    checks(
                        "source",
                        "Its own code",
                        [*SOURCES.items(), UNKNOWN],
                        [[t.source or UNKNOWN[0]] for t in rows],
                    ),
                    checks(
                        "licence",
                        "Its licence",
                        [*labels(library.words("licence-categories")), UNKNOWN],
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


# All of them, by the file that the script reads.
FILES: Final = {
    "models/catalogue.json": models,
    "licences/catalogue.json": licences,
    "run/catalogue.json": tools,
}
