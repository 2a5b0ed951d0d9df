"""What would change a verdict: the smallest sets of changes that lift a model to the next rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final

from .assess import UNKNOWN, find, licence_of, passes, state_of
from .library import Library
from .records import LicenceTest, Model, PartFact, Requirement
from .verdicts import Outcome, Verdict

MOST: Final = 4  # Sets of changes that are worth reading.
# A change as an order, by what it changes; `licence` adds to those that need one. The page "What
# if" reads the same words, see `exports`.
ORDERS: Final = {
    "access": "offer it by a wider route, “{access}”",
    "show-licence": "show under which licence {subject} released",
    "show": "show that {subject} released{licence}",
    "release": "release the {part}{licence}",
    "put": "put the {part}{licence}",
    "licence": " under a fitting licence, such as {short}",
}


@dataclass(frozen=True, order=True)
class Change:
    """One thing that a maker (or, of a fact that is not known, a contributor) would have to do.

    `part` and `state` name a part and the state it must be in; `licence` is one of the licences
    that would do. `access` is a route to open instead.
    """

    part: str = ""
    state: str = ""
    licence: str = ""
    access: str = ""
    known: bool = True

    def words(self, library: Library) -> str:
        """As an order, such as `release the training code under an open licence`."""
        if self.access:
            return ORDERS["access"].format(access=library.label("access", self.access))
        part, licence = library.parts[self.part], ""
        if self.licence:
            licence = ORDERS["licence"].format(short=library.licences[self.licence].short)
        order = "release" if self.state else "put"
        if not self.known:
            order = "show" if self.state else "show-licence"
        return ORDERS[order].format(subject=part.subject, part=part.label.lower(), licence=licence)


def changes(model: Model, verdict: Verdict, library: Library) -> list[tuple[Change, ...]]:
    """The smallest sets of changes that lift `model` to the rung above, at most `MOST` of them.

    Empty where it stands on the highest rung, or where no change of the record could lift it.
    """
    above = verdict.next
    if above is None:
        return []
    unmet = [f.requirement for f in verdict.findings[above.id] if f.outcome != Outcome.MET]
    ways = [list(_ways(model, requirement, library)) for requirement in unmet]
    if not unmet or not all(ways):
        return []
    sets = {tuple(sorted(set().union(*choice))) for choice in product(*ways)}
    fewest = min(map(len, sets))
    return sorted(s for s in sets if len(s) == fewest)[:MOST]


def apply(model: Model, change: tuple[Change, ...]) -> Model:
    """The model as it would be after the changes."""
    parts = dict(model.parts)
    for one in change:
        if one.access:
            model = model.model_copy(update={"access": one.access})
            continue
        old = parts.get(one.part) or PartFact.model_construct(
            state=UNKNOWN, licence=None, evidence=()
        )
        update = {"state": one.state or old.state, "licence": one.licence or old.licence}
        parts[one.part] = old.model_copy(update=update)
    return model.model_copy(update={"parts": parts})


def _ways(model: Model, requirement: Requirement, library: Library) -> Iterator[frozenset[Change]]:
    """The sets of changes, each of which alone would meet one requirement."""
    if requirement.access:
        yield frozenset({Change(access=requirement.access)})
    elif requirement.definition:
        yield from _whole(model, requirement.definition, library)
    for part in requirement.any:
        fact = model.parts.get(part)
        facts = state_of(model, part), fact and fact.licence, licence_of(model, part, library)
        question = "way", requirement, part, facts
        change = library.once(question, partial(_way, model, requirement, part, library))
        if change:
            yield frozenset({change})


def _way(model: Model, requirement: Requirement, part: str, library: Library) -> Change | None:
    """What it takes for one part to meet a requirement, if anything does."""
    alone = requirement.model_copy(update={"any": (part,)})
    change = _change(model, alone, part, library)
    met = find(apply(model, (change,)), alone, library).outcome == Outcome.MET
    return change if met else None


def _whole(model: Model, key: str, library: Library) -> Iterator[frozenset[Change]]:
    """Everything that another definition asks for, up to its highest rung."""
    asked = [r for rung in library.definitions[key].rungs for r in rung.requires]
    unmet = [r for r in asked if find(model, r, library).outcome != Outcome.MET]
    for choice in product(*(list(_ways(model, r, library)) for r in unmet)):
        yield frozenset().union(*choice)


def _change(model: Model, requirement: Requirement, part: str, library: Library) -> Change:
    """What it takes for one part to meet a requirement."""
    state = state_of(model, part)
    bare = requirement.model_copy(update={"licence": None})
    enough = find(model, bare, library).outcome == Outcome.MET
    key, known = licence_of(model, part, library), state != UNKNOWN
    licence = ""
    if (test := requirement.licence) and (known or not _passes(key, test, library)):
        licence = fitting(test, library.parts[part].kind, library)
    return Change(
        part,
        state="" if enough else requirement.states[0],
        licence=licence,
        known=known and not (enough and key is None),
    )


def _passes(key: str | None, test: LicenceTest, library: Library) -> bool:
    known = library.licences.get(key or "")
    return known is not None and passes(known, test, library) == Outcome.MET


def fitting(test: LicenceTest, kind: str, library: Library) -> str:
    """A licence that passes, the most usual for the kind of part first; its id, or nothing."""
    usual = ("cc-by-4.0", "apache-2.0") if kind == "document" else ("apache-2.0", "cc-by-4.0")
    rest = (key for key in library.licences if key not in usual)
    for key in (*(key for key in usual if key in library.licences), *rest):
        if _passes(key, test, library):
            return key
    return ""
