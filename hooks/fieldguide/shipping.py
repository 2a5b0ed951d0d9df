"""What to do before a product ships under a licence: a checklist from the licence's terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from .records import AnswerWord, Licence, ShippingStep, Term, TermWord
from .views import Guide

UNKNOWN: Final = "unknown"
UNSPECIFIED: Final = "unspecified"


@dataclass(frozen=True)
class Step:
    """One line of a checklist: its label, what to do, how serious it is, and what the text says.

    `kind` is `do` where there is something to do or to find out, `done` where the text says that
    there is nothing, and `silent` where it does not say anything that would be a duty or a limit.
    """

    label: str
    words: str
    kind: Literal["do", "done", "silent"]
    tone: str
    symbol: str
    said: Term | None


def checklist(guide: Guide, licence: Licence) -> list[Step]:
    """All steps under a licence, in the order of the vocabulary."""
    return [_step(guide, step, licence) for step in guide.library.shipping.values()]


def rows(guide: Guide, licences: Iterable[Licence]) -> Iterator[tuple[str, list[Step]]]:
    """The same steps under several licences, side by side: a label, and a step a licence."""
    lists = [checklist(guide, licence) for licence in licences]
    for steps in zip(*lists, strict=True):
        yield steps[0].label, list(steps)


def _step(guide: Guide, step: ShippingStep, licence: Licence) -> Step:
    said, term = licence.terms.get(step.term), guide.library.terms[step.term]
    if said is None:
        words = f"Not known to us: read the text on {term.label.lower()}."
        return Step(step.label, words, "do", UNKNOWN, "?", None)
    answer = guide.library.answers[said.answer]
    words = step.steps.get(said.answer, f"{answer.label}.")
    if step.numbered and said.number and said.unit:
        words = step.numbered.replace("{number}", f"{said.number:,}").replace("{unit}", said.unit)
    return Step(
        step.label, words, _kind(said, term, answer), answer.tone, answer.symbol or "", said
    )


def _kind(said: Term, term: TermWord, answer: AnswerWord) -> Literal["do", "done", "silent"]:
    if said.answer == UNSPECIFIED and term.group != "permission":
        return "silent"  # What nobody permitted has to be asked for.
    return "done" if answer.tone == "good" else "do"
