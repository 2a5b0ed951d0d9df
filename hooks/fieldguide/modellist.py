"""The list of models: its groups of facets and its columns."""

from __future__ import annotations

from collections.abc import Iterable

from . import modelfacets, sizefacets
from . import records as r
from .facets import Catalogue, Column, Group, checks, labels, may, years
from .judged import SPECTRUM
from .views import Guide


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
            modelfacets.kinds(guide, rows),
            Group("Language", (modelfacets.languages(guide, rows),)),
            Group(
                "Openness",
                tuple(
                    modelfacets.verdicts(guide, d, rows)
                    for d in guide.definitions
                    if d.id != SPECTRUM
                ),
            ),
            Group(guide.spectrum.short, (modelfacets.steps(guide, rows),)),
            modelfacets.parts(guide, rows),
            Group(
                "Access and licence",
                (
                    checks(
                        "access",
                        "Access",
                        labels(library.words("access")),
                        [[m.access] for m in rows],
                    ),
                    modelfacets.categories(guide, rows),
                ),
            ),
            may(guide, licence),
            modelfacets.makers(guide, rows),
            Group("Size and memory", (sizefacets.bands(sizes), sizefacets.fits(guide, rows))),
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
