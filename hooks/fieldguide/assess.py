"""One engine for every definition of openness: rules and facts in, a verdict with its reasons out.

Logic has three values. A requirement is met or not met where the facts settle it, and undetermined
where a fact that it needs is unknown. No definition is named here: they are records.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from .library import Library
from .records import NO_LICENCE, Definition, Licence, LicenceTest, Model, Requirement
from .verdicts import OUTCOMES, Finding, Outcome, Verdict

UNKNOWN = "unknown"
Fact = tuple[str, str, str | None]  # A part, its state, and the licence that applies to it.
# Answers of a licence that stand in nobody's way.
FREE: Final = ("allowed", "conditions", "none", "unspecified")
# The words of a reason, by what it turned on. The page "What if" judges in the browser by the same
# words, see `exports`.
REASONS: Final = {
    "access": "the widest access offered is “{access}”",
    "definition": "the {definition} is {outcome}",
    "unknown": "it is not known whether {subject} released",
    "state": "{subject} {state}",
    "licence": "{subject} under {licence}",
    "licence-none": "{subject} {state} without a licence",
    "licence-unknown": "{subject} {state}, under a licence that is not known",
    "approved": "which does not count as an open licence",
    "silent": "whose terms on {term} are not known",
    "permits": "which does not allow {term}",
    "without": "which has a limit on {term}",
    "doubtful": "which has {term}",
}


def assess(model: Model, definition: Definition, library: Library) -> Verdict:
    """Judges a model. Rungs nest: one is met if its own requirements and those below it are."""
    findings = {
        rung.id: tuple(find(model, requirement, library) for requirement in rung.requires)
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


def grounds(model: Model) -> Hashable:
    """All of a model that a verdict turns on: models of equal grounds are judged alike."""
    parts = tuple((part, fact.state, fact.licence) for part, fact in model.parts.items())
    return model.access, model.licences, parts


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


def find(model: Model, requirement: Requirement, library: Library) -> Finding:
    """What the facts say to one requirement; of several parts, the best serves."""
    if requirement.access:
        return _access(model, requirement, requirement.access, library)
    if requirement.definition:
        return _definition(model, requirement, requirement.definition, library)
    facts = tuple((p, state_of(model, p), licence_of(model, p, library)) for p in requirement.any)
    return library.once((requirement, facts), lambda: _best(requirement, facts, library))


def _best(requirement: Requirement, facts: Iterable[Fact], library: Library) -> Finding:
    """The finding on the part that serves best."""
    each = [(_part(fact, requirement, library), fact[1]) for fact in facts]
    # Of equal ones, a part that is there says more than one that is not.
    return max(each, key=lambda pair: (pair[0].outcome, pair[1] in requirement.states))[0]


def _access(model: Model, requirement: Requirement, asked: str, library: Library) -> Finding:
    routes = list(library.words("access"))
    met = routes.index(model.access) >= routes.index(asked)
    reason = REASONS["access"].format(access=library.label("access", model.access))
    return Finding(requirement, Outcome.MET if met else Outcome.NOT_MET, reason)


def _definition(model: Model, requirement: Requirement, key: str, library: Library) -> Finding:
    verdict = assess(model, library.definitions[key], library)
    outcome = verdict.outcome
    said = {"definition": verdict.definition.name, "outcome": OUTCOMES[outcome]}
    reason = REASONS["definition"].format_map(said)
    return Finding(requirement, outcome, reason)


def _part(fact: Fact, requirement: Requirement, library: Library) -> Finding:
    part, state, key = fact
    words = {"subject": library.parts[part].subject, "state": said(state, library)}

    def found(outcome: Outcome, reason: str, licence: str | None = None) -> Finding:
        return Finding(requirement, outcome, REASONS[reason].format_map(words), part, licence)

    if state == UNKNOWN:
        return found(Outcome.UNDETERMINED, "unknown")
    if state not in requirement.states:
        return found(Outcome.NOT_MET, "state")
    if requirement.licence is None:
        return found(Outcome.MET, "state")
    if key is None:
        return found(Outcome.UNDETERMINED, "licence-unknown")
    if key == NO_LICENCE:
        return found(Outcome.NOT_MET, "licence-none", key)
    licence = library.licences[key]
    results = list(_tests(licence, requirement.licence, library))
    outcome = min((result for result, _ in results), default=Outcome.MET)
    why = [reason for result, reason in results if result == outcome != Outcome.MET]
    reason = REASONS["licence"].format(licence=licence.short, **words)
    reason += f"{', ' * bool(why)}{' and '.join(why)}"
    return Finding(requirement, outcome, reason, part, key)


# States as they stand in a sentence, where their label does not fit.
_SAID: Final = {"partial": "released only in part"}


def said(state: str, library: Library) -> str:
    """A state as it stands in a sentence."""
    return _SAID.get(state) or library.label("states", state).lower()


def passes(licence: Licence, test: LicenceTest, library: Library) -> Outcome:
    """Whether a licence is what a requirement asks."""
    return min((result for result, _ in _tests(licence, test, library)), default=Outcome.MET)


def _tests(licence: Licence, test: LicenceTest, library: Library) -> Iterator[tuple[Outcome, str]]:
    """Each thing a test asks of a licence: the outcome, and a clause that says why not."""
    if test.approved:
        met = any(approves(by, licence, library) for by in test.approved)
        yield (Outcome.MET if met else Outcome.NOT_MET), REASONS["approved"]
    limits = ((term, "doubtful") for term in test.doubtful)
    for term, kind in (
        *((term, "permits") for term in test.permits),
        *((term, "without") for term in test.without),
        *limits,
    ):
        answer, label = licence.terms.get(term), library.terms[term].label.lower()
        if answer is None or (kind == "permits" and answer.answer == "unspecified"):
            yield Outcome.UNDETERMINED, REASONS["silent"].format(term=label)
        elif answer.answer in FREE:
            yield Outcome.MET, ""
        elif kind == "doubtful":
            yield Outcome.UNDETERMINED, REASONS[kind].format(term=label)
        else:
            yield Outcome.NOT_MET, REASONS[kind].format(term=label)


def approves(by: str, licence: Licence, library: Library) -> bool:
    """Whether a body, or the list of a definition, counts a licence as open."""
    flags = {
        "osi": licence.osi_approved,
        "fsf": licence.fsf_libre,
        "open-definition": licence.open_definition,
    }
    if by in flags:
        return flags[by]
    listed = library.definitions[by].open_licences
    return licence.id in listed or (licence.spdx or "") in listed
