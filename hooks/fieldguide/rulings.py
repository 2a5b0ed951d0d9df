"""Verdicts as readers see them: a sentence, a row a definition, and definitions side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from . import advise
from .assess import grounds
from .charts import Bar, Chart, Segment
from .records import Definition, LicenceTest, Model, Requirement, Rung
from .verdicts import Finding, Outcome, Verdict
from .views import Guide

# Outcomes by their word in the vocabulary, and the colour of each.
WORDS: Final = {
    Outcome.MET: "met",
    Outcome.UNDETERMINED: "undetermined",
    Outcome.NOT_MET: "not-met",
}
REASONS: Final = 4  # As many as a sentence bears.
_BODIES: Final = {
    "osi": "the Open Source Initiative",
    "fsf": "the Free Software Foundation",
    "open-definition": "the Open Definition",
}


@dataclass(frozen=True)
class Ruling:
    """One model by one definition, with what a page shows of it."""

    guide: Guide
    model: Model
    verdict: Verdict

    @property
    def definition(self) -> Definition:
        return self.verdict.definition

    @property
    def word(self) -> str:
        """The outcome's word: whether the definition counts the model as open."""
        return WORDS[self.verdict.open]

    @property
    def label(self) -> str:
        """The rung reached; `not determined` where unknown facts decide over the lowest."""
        if self.verdict.reached is None and self.verdict.possible is not None:
            return self.guide.library.label("outcomes", "undetermined")
        return self.verdict.label

    @property
    def perhaps(self) -> str:
        """The highest rung that unknown facts leave open above the one reached, or nothing."""
        possible = self.verdict.possible
        return possible.label if possible and not self.verdict.settled else ""

    @property
    def rungs(self) -> list[tuple[Rung, list[tuple[str, Finding]]]]:
        """Each rung with its findings, and the word of each outcome."""
        findings = self.verdict.findings
        return [
            (rung, [(WORDS[found.outcome], found) for found in findings[rung.id]])
            for rung in self.definition.rungs
        ]

    @cached_property
    def changes(self) -> list[str]:
        """What would lift it to the next rung: each a set of changes, in words."""
        library, question = self.guide.library, ("changes", self.definition.id, grounds(self.model))
        return library.once(question, self._changes)

    def _changes(self) -> list[str]:
        library = self.guide.library
        sets = advise.changes(self.model, self.verdict, library)
        return ["; ".join(change.words(library) for change in one) for one in sets]


def ruling(guide: Guide, model: Model, definition: Definition) -> Ruling:
    """The model by one definition."""
    return Ruling(guide, model, guide.verdict(model, definition.id))


def rulings(guide: Guide, model: Model) -> list[Ruling]:
    """The model by every definition, in their order."""
    return [ruling(guide, model, definition) for definition in guide.definitions]


def headline(guide: Guide, model: Model) -> str:
    """The verdicts of the definitions that make headlines, in plain sentences with the reasons."""
    sentences: list[str] = []
    for definition in (d for d in guide.definitions if d.headline):
        verdict = guide.verdict(model, definition.id)
        if verdict.reached and any(r.definition for r in verdict.reached.requires):
            continue  # Another definition that it asks for says the same.
        subject = "It" if sentences else model.name
        says = verdict.reached.says if verdict.reached else definition.below_says
        if verdict.reached is None and verdict.possible is not None:
            why = _reasons(verdict, definition.rungs[0], Outcome.UNDETERMINED)
            sentences.append(f"By the {definition.name} it is not determined: {why}.")
        elif verdict.reached is None:
            why = _reasons(verdict, definition.rungs[0], Outcome.NOT_MET)
            sentences.append(f"{subject} {says}: {why}.")
        else:
            sentences.append(f"{subject} {says}.")
    return " ".join(sentences)


def _reasons(verdict: Verdict, rung: Rung, outcome: Outcome) -> str:
    """The reasons for an outcome on a rung and those below it, as one clause."""
    reasons = list(dict.fromkeys(f.reason for f in _findings(verdict, rung, outcome)))
    if len(reasons) > REASONS:
        are = "are missing" if outcome == Outcome.NOT_MET else "are not settled"
        reasons = [*reasons[: REASONS - 1], f"{len(reasons) - REASONS + 1} more things {are}"]
    return _joined(reasons)


def _findings(verdict: Verdict, rung: Rung, outcome: Outcome) -> list[Finding]:
    """The findings with an outcome, on a rung and those below it."""
    rungs = verdict.definition.rungs
    found = [f for each in rungs[: rungs.index(rung) + 1] for f in verdict.findings[each.id]]
    return [f for f in found if f.outcome == outcome]


def _joined(clauses: list[str]) -> str:
    """`a; b; and c`."""
    if len(clauses) < 2:
        return "".join(clauses)
    return f"{'; '.join(clauses[:-1])}{';' if len(clauses) > 2 else ''} and {clauses[-1]}"


def asks(guide: Guide, requirement: Requirement) -> str:
    """What a requirement asks for, its licence aside: `technical report or research paper`."""
    library = guide.library
    if requirement.access:
        return f"Access: {library.label('access', requirement.access)}, or a wider route"
    if requirement.definition:
        return f"All that the {library.definitions[requirement.definition].name} asks"
    parts = " or ".join(library.parts[part].label.lower() for part in requirement.any)
    states = " or ".join(library.label("states", state).lower() for state in requirement.states)
    return f"{parts[0].upper()}{parts[1:]}, {states}"


def licence_words(guide: Guide, test: LicenceTest) -> str:
    """What a licence must be: `approved by the Open Source Initiative`."""
    library, clauses = guide.library, list[str]()

    def labels(terms: Iterable[str]) -> str:
        return ", ".join(library.terms[term].label.lower() for term in terms)

    if test.approved:
        bodies = [
            _BODIES.get(by) or f"the list of the {library.definitions[by].name}"
            for by in test.approved
        ]
        clauses.append(f"approved by {' or '.join(bodies)}")
    if test.permits:
        clauses.append(f"allows {labels(test.permits)}")
    if test.without:
        clauses.append(f"has no limit on {labels(test.without)}")
    if test.doubtful:
        clauses.append(f"undetermined if it has {labels(test.doubtful)}")
    return "; ".join(clauses)


def bars(guide: Guide, definition: Definition) -> list[Bar]:
    """For each rung, how many models stand on it, and how many may, once facts are known."""
    verdicts = list(guide.verdicts[definition.id].values())
    rungs: list[Rung | None] = [*reversed(definition.rungs), None]
    result = []
    for rung in rungs:
        on = [v for v in verdicts if v.reached is rung]
        settled = sum(v.settled for v in on)
        segments = (
            Segment("plain", "settled", settled),
            Segment("unknown", "perhaps higher", len(on) - settled),
        )
        result.append(Bar(rung.label if rung else definition.below, "", segments))
    return result


def chart(guide: Guide, definition: Definition) -> Chart:
    """The bars of a definition, with their words."""
    total, met = len(guide.library.models), guide.open_count(definition)
    rung = next(rung for rung in definition.rungs if rung.id == definition.open_from)
    perhaps = guide.open_count(definition, "undetermined")
    return Chart(
        f"Models of the catalogue by the {definition.name}",
        f"“{rung.label}”: {met} of {total} models; {perhaps} more are not determined",
        "Verdict",
        "models",
        bars(guide, definition),
        total,
        note="Perhaps higher: a fact that is not known decides",
    )


def part_asked(definition: Definition, part: str) -> tuple[Rung, Requirement | None] | None:
    """Where a definition asks for a part: the rung, and the requirement (None: named only)."""
    for rung in definition.rungs:
        for requirement in rung.requires:
            if part in requirement.any:
                return rung, requirement
        if part in rung.optional:
            return rung, None
    return None


def disagreements(guide: Guide) -> list[tuple[Model, list[Ruling]]]:
    """Models that one formal definition surely counts as open and another surely does not."""
    formal = [d for d in guide.definitions if d.formal]
    found = []
    for model in sorted(guide.library.models.values(), key=lambda m: m.name.casefold()):
        each = [ruling(guide, model, definition) for definition in formal]
        outcomes = {one.verdict.open for one in each}
        if {Outcome.MET, Outcome.NOT_MET} <= outcomes:
            found.append((model, each))
    return found


def reason(of: Ruling) -> str:
    """Why the definition does not (or not surely) count the model as open, as one clause.

    Where it does: why the model is not on the next rung. Nothing on the highest.
    """
    asked = _asked(of)
    return _reasons(of.verdict, asked, of.verdict.at_least(asked.id)) if asked else ""


def decisive(of: Ruling) -> list[Finding]:
    """The findings behind `reason`."""
    asked = _asked(of)
    return _findings(of.verdict, asked, of.verdict.at_least(asked.id)) if asked else []


def _asked(of: Ruling) -> Rung | None:
    """The rung from which a model counts as open, or the next one if it does."""
    if of.verdict.open == Outcome.MET:
        return of.verdict.next
    return next(rung for rung in of.definition.rungs if rung.id == of.definition.open_from)
