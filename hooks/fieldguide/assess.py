"""One engine for every definition of openness: rules and facts in, a verdict with its reasons out.

Logic has three values. A requirement is met or not met where the facts settle it, and undetermined
where a fact that it needs is unknown. No definition is named here: they are records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from .library import Library
from .records import NO_LICENCE, Definition, Licence, LicenceTest, Model, Requirement, Rung

UNKNOWN = "unknown"


class Outcome(IntEnum):
    """Kleene's three values, in the order in which `min` is "and" and `max` is "or"."""

    NOT_MET = 0
    UNDETERMINED = 1
    MET = 2


@dataclass(frozen=True)
class Finding:
    """What came of one requirement, and why: `part` and `licence` are the facts it turned on."""

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
    def settled(self) -> bool:
        """Whether no unknown fact could lift the verdict."""
        return self.reached == self.possible


def assess(model: Model, definition: Definition, library: Library) -> Verdict:
    """Judges a model. Rungs nest: one is met if its own requirements and those below it are."""
    findings = {
        rung.id: tuple(_finding(model, requirement, library) for requirement in rung.requires)
        for rung in definition.rungs
    }
    reached = possible = None
    so_far = Outcome.MET
    for rung in definition.rungs:
        so_far = min([so_far, *(finding.outcome for finding in findings[rung.id])])
        if so_far == Outcome.MET:
            reached = rung
        if so_far != Outcome.NOT_MET:
            possible = rung
    return Verdict(definition, reached, possible, findings)


def licence_of(model: Model, part: str, library: Library) -> str | None:
    """The licence that applies to a part: its own, else that of its kind, else that of all.

    Returns its id, `none` for a part published without one, or None where nothing is known. The
    order is the Model Openness Framework's (its tool's licence inheritance).
    """
    fact = model.parts.get(part)
    own = fact.licence if fact else None
    return own or getattr(model.licences, library.parts[part].kind) or model.licences.all


def state_of(model: Model, part: str) -> str:
    """The state of a part; one that is not listed is unknown."""
    fact = model.parts.get(part)
    return fact.state if fact else UNKNOWN


def _finding(model: Model, requirement: Requirement, library: Library) -> Finding:
    if requirement.access:
        return _access(model, requirement, library)
    each = [_part(model, part, requirement, library) for part in requirement.any]
    return max(each, key=lambda finding: finding.outcome)


def _access(model: Model, requirement: Requirement, library: Library) -> Finding:
    routes = list(library.words("access"))
    asked = requirement.access or ""
    met = routes.index(model.access) >= routes.index(asked)
    label = library.label("access", model.access)
    return Finding(requirement, Outcome.MET if met else Outcome.NOT_MET, f"Access: {label}")


def _part(model: Model, part: str, requirement: Requirement, library: Library) -> Finding:
    state, label = state_of(model, part), library.parts[part].label
    if state == UNKNOWN:
        return Finding(requirement, Outcome.UNDETERMINED, f"{label}: not known", part)
    if state not in requirement.states:
        word = library.label("states", state).lower()
        return Finding(requirement, Outcome.NOT_MET, f"{label}: {word}", part)
    if requirement.licence is None:
        word = library.label("states", state).lower()
        return Finding(requirement, Outcome.MET, f"{label}: {word}", part)
    key = licence_of(model, part, library)
    if key is None:
        reason = f"{label}: released, licence not known"
        return Finding(requirement, Outcome.UNDETERMINED, reason, part)
    if key == NO_LICENCE:
        return Finding(requirement, Outcome.NOT_MET, f"{label}: released without a licence", part)
    licence = library.licences[key]
    outcome = passes(licence, requirement.licence)
    reason = f"{label}: released under {licence.short}"
    if outcome == Outcome.NOT_MET:
        reason += ", which is on none of the lists asked for" * bool(requirement.licence.approved)
    return Finding(requirement, outcome, reason, part, key)


def passes(licence: Licence, test: LicenceTest) -> Outcome:
    """Whether a licence is what a requirement asks."""
    flags = {
        "osi": licence.osi_approved,
        "fsf": licence.fsf_libre,
        "open-definition": licence.open_definition,
        "mof": licence.osi_approved or licence.fsf_libre or licence.mof_open,
    }
    outcomes = [Outcome.MET if any(flags[by] for by in test.approved) else Outcome.NOT_MET] * bool(
        test.approved
    )
    outcomes += (_answers(licence, term, ("allowed", "conditions")) for term in test.permits)
    outcomes += (_answers(licence, term, ("none", "unspecified")) for term in test.without)
    return min(outcomes, default=Outcome.MET)


def _answers(licence: Licence, term: str, good: Iterable[str]) -> Outcome:
    said = licence.terms.get(term)
    if said is None or (said.answer == "unspecified" and "unspecified" not in good):
        return Outcome.UNDETERMINED
    return Outcome.MET if said.answer in good else Outcome.NOT_MET
