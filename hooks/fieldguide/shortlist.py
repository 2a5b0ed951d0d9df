"""A shortlist: which of the models that are left stand on it, and what speaks for each.

The order is that of `choosing`: no quality is measured. The facts are those that the questions ask
for: memory, what the licence says to the uses, states of the parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from . import memory, uses
from . import records as r
from .choosing import Step
from .uses import Answer

LONG: Final = 8  # At the end of the path,
SHORT: Final = 4  # and on the way to it.


@dataclass(frozen=True)
class Fit:
    """The size that is held against the memory, and the bytes it takes: see `memory.least`."""

    size: r.Size
    bytes: float


@dataclass(frozen=True)
class Candidate:
    """A model on a shortlist, with what is known of it.

    `fit` is the largest size within the memory asked for, or the smallest where none was; None
    where the weights are not out or their size is not known. `licence` is that of the weights, an
    id, `none`, or None where it is not known; `answers` is what it says to the uses.
    """

    model: r.Model
    fit: Fit | None
    licence: str | None
    answers: list[Answer]


def shortlist(step: Step) -> list[Candidate]:
    """The models to look at first: of those that surely fit, one of each family before others."""
    number = SHORT if step.question else LONG
    models = step.sure or step.unsettled
    first = {model.family: model.id for model in reversed(models)}
    ordered = sorted(models, key=lambda model: first[model.family] != model.id)
    return [_candidate(step, model) for model in ordered[:number]]


def _candidate(step: Step, model: r.Model) -> Candidate:
    guide = step.path.guide
    held = model.access == "weights"
    licence = guide.licence(model) if held else None
    text = guide.library.licences.get(licence or "")
    asked = [guide.library.uses[key] for key in step.path.asked("may-")]
    answers = [uses.answer(text, use, guide.library) for use in asked] if text else []
    return Candidate(model, _fit(step, model) if held else None, licence, answers)


def _fit(step: Step, model: r.Model) -> Fit | None:
    bits = step.path.precision.bits
    known = ((size, memory.kept(size)) for size in model.sizes)
    fits = [Fit(size, memory.least(*needs, bits)) for size, needs in known if needs]
    fits.sort(key=lambda fit: fit.bytes)
    most = step.asked("memory")
    if most is None:
        return next(iter(fits), None)
    return next((fit for fit in reversed(fits) if fit.bytes <= float(most) * memory.GB), None)
