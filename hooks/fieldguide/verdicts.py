"""What a verdict says: the rung a model reached, and what came of each requirement, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

from .records import Definition, Requirement, Rung


class Outcome(IntEnum):
    """Kleene's three values, in the order in which `min` is "and" and `max` is "or"."""

    NOT_MET = 0
    UNDETERMINED = 1
    MET = 2


# Outcomes as they stand in a sentence.
OUTCOMES: Final = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not met",
    Outcome.UNDETERMINED: "not determined",
}


@dataclass(frozen=True)
class Finding:
    """What came of one requirement, and why: `part` and `licence` are the facts it turned on.

    `reason` is a clause in lower case, such as `the training data is withheld`.
    """

    requirement: Requirement
    outcome: Outcome
    reason: str
    part: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Verdict:
    """A model by a definition.

    `reached` is the highest rung that is surely met, `possible` the highest that the unknown facts
    leave open (None: not even the lowest). `findings` has those of each rung, by its id.
    """

    definition: Definition
    reached: Rung | None
    possible: Rung | None
    findings: dict[str, tuple[Finding, ...]]

    @property
    def label(self) -> str:
        """The name of the rung reached, or what the definition calls a model below all of them."""
        return self.reached.label if self.reached else self.definition.below

    @property
    def outcome(self) -> Outcome:
        """Of the highest rung: met, not met, or undetermined."""
        return self.at_least(self.definition.rungs[-1].id)

    @property
    def settled(self) -> bool:
        """Whether no unknown fact could lift the verdict."""
        return self.reached is self.possible

    @property
    def next(self) -> Rung | None:
        """The rung above the one reached."""
        rungs = self.definition.rungs
        place = rungs.index(self.reached) + 1 if self.reached else 0
        return rungs[place] if place < len(rungs) else None

    def at_least(self, rung: str) -> Outcome:
        """Whether the rung of this id, or one above it, is reached."""
        order = [r.id for r in self.definition.rungs]
        asked = order.index(rung)
        if self.reached and order.index(self.reached.id) >= asked:
            return Outcome.MET
        if self.possible and order.index(self.possible.id) >= asked:
            return Outcome.UNDETERMINED
        return Outcome.NOT_MET

    @cached_property
    def open(self) -> Outcome:
        """Whether the definition counts the model as open."""
        return self.at_least(self.definition.open_from)

    @cached_property
    def place(self) -> int:
        """The number of the rung reached, from 1; 0 for none."""
        return self.definition.rungs.index(self.reached) + 1 if self.reached else 0
