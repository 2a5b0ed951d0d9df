"""How large models are, as facets: bands of parameters, and what fits in a reader's memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import memory
from . import records as r
from .facets import UNKNOWN, Facet, Setting, checks
from .views import Guide

BANDS: Final = (  # Of all parameters: id, label, the first number beyond.
    ("1b", "Under 1 billion", 10**9),
    ("4b", "1 to 4 billion", 4 * 10**9),
    ("10b", "4 to 10 billion", 10**10),
    ("40b", "10 to 40 billion", 4 * 10**10),
    ("100b", "40 to 100 billion", 10**11),
    ("400b", "100 to 400 billion", 4 * 10**11),
    ("more", "400 billion and more", None),
)


def bands(sizes: Sequence[list[int]]) -> Facet:
    """Bands of size; a model of several sizes is in the bands of all of them."""

    def band(number: int) -> str:
        return next(key for key, _, end in BANDS if end is None or number < end)

    values = [*((key, label) for key, label, _ in BANDS), UNKNOWN]
    rows = [[band(number) for number in each] or [UNKNOWN[0]] for each in sizes]
    return checks("size", "Parameters of any of its sizes", values, rows)


def fits(guide: Guide, rows: Sequence[r.Model]) -> Facet:
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
