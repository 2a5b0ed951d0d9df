"""How complete and how well sourced the records are, counted, and facts to check by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .assess import UNKNOWN, assess, licence_of, state_of
from .library import Library
from .records import ARCHITECTURE, Definition, Evidence, Licence, Model, Tool
from .verdicts import Outcome


@dataclass(frozen=True)
class Fact:
    """One stated fact: whose, which, its value in short, and where it was read."""

    collection: str
    id: str
    field: str
    value: str
    evidence: tuple[Evidence, ...]

    @property
    def conflicts(self) -> list[Evidence]:
        """The sources that say something else."""
        return [piece for piece in self.evidence if piece.says]


@dataclass(frozen=True)
class Coverage:
    """Of one field or part: how often it is stated over a set of records, and its oldest source.

    `unsourced` counts what is stated without evidence. The library refuses that, so another number
    than 0 shows a kind of fact that has escaped it.
    """

    field: str
    stated: int
    unknown: int
    unsourced: int
    oldest: str | None

    @property
    def share(self) -> int:
        """Stated, in per cent."""
        total = self.stated + self.unknown
        return round(100 * self.stated / total) if total else 0


def facts(library: Library) -> list[Fact]:
    """Every stated fact with its evidence, in a fixed order."""
    found: list[Fact] = []
    for key, model in sorted(library.models.items()):
        found += (Fact("models", key, *rest) for rest in _model(model, library))
    for key, licence in sorted(library.licences.items()):
        found += (Fact("licences", key, *rest) for rest in _licence(licence))
    for key, tool in sorted(library.tools.items()):
        found += (Fact("tools", key, *rest) for rest in _tool(tool))
    return found


def coverage(library: Library) -> tuple[list[Coverage], list[Coverage]]:
    """Fields of all models, and parts of the models whose weights can be downloaded."""
    every: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts(library):
        if fact.collection == "models":
            every[fact.field].append(fact)
    with_weights = {key for key, model in library.models.items() if model.access == "weights"}
    fields = [
        _cover(every[field], field, set(library.models))
        for field in (
            "released",
            "access",
            "languages",
            "parameters",
            "context",
            "layers and heads",
        )
    ]
    fields.append(_cover(every["weights licence"], "weights licence", with_weights))
    parts = [_cover(every[part], part, with_weights) for part in library.parts]
    return fields, parts


@dataclass(frozen=True)
class Determined:
    """Of the models that readers ask for most, how many a definition counts as open, or not."""

    definition: Definition
    met: int
    not_met: int
    undetermined: tuple[Model, ...]

    @property
    def share(self) -> int:
        """Determined, in per cent."""
        total = self.met + self.not_met + len(self.undetermined)
        return round(100 * (self.met + self.not_met) / total) if total else 0


def determined(library: Library) -> list[Determined]:
    """How far the verdicts on the models of the shortlists are determined, by each definition."""
    keys = {key for shortlist in library.shortlists.values() for key in shortlist.models}
    models = [library.models[key] for key in sorted(keys)]
    found = []
    for definition in sorted(library.definitions.values(), key=lambda d: d.order):
        each = {model.id: assess(model, definition, library).open for model in models}
        outcomes = Counter(each.values())
        unsure = tuple(m for m in models if each[m.id] == Outcome.UNDETERMINED)
        found.append(
            Determined(definition, outcomes[Outcome.MET], outcomes[Outcome.NOT_MET], unsure)
        )
    return found


def conflicts(library: Library) -> list[Fact]:
    """The facts on which a source says something else."""
    return [fact for fact in facts(library) if fact.conflicts]


def sample(library: Library, number: int, seed: int) -> list[Fact]:
    """Facts drawn at random, for a person to find again; the same seed draws the same."""

    def lot(fact: Fact) -> bytes:
        name = f"{seed}/{fact.collection}/{fact.id}/{fact.field}/{fact.value}"
        return sha256(name.encode()).digest()

    drawn = sorted(facts(library), key=lot)[:number]
    return sorted(drawn, key=lambda fact: (fact.collection, fact.id, fact.field))


def latest(library: Library) -> str | None:
    """The date of the newest copy that anything was read in."""
    return max((p.dated for f in facts(library) for p in f.evidence if p.dated), default=None)


def _cover(facts: list[Fact], field: str, keys: set[str]) -> Coverage:
    """`facts` are those of all models on that field, `keys` the models that count."""
    stated = [fact for fact in facts if fact.id in keys]
    dates = [piece.dated for fact in stated for piece in fact.evidence if piece.dated]
    bare = sum(not fact.evidence for fact in stated)
    return Coverage(field, len(stated), len(keys) - len(stated), bare, min(dates, default=None))


def _model(model: Model, library: Library) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    if model.released:
        yield "released", model.released, model.sources("released")
    weights = model.parts.get("weights")
    own = model.sources("access") or (weights.evidence if weights else ())
    yield "access", model.access, own
    if model.languages or model.language_count:
        count = [f"{model.language_count} or more"] if model.language_count else []
        yield "languages", ", ".join([*model.languages, *count]), model.sources("languages")
    for field, names in (
        ("parameters", ("parameters", "active")),
        ("context", ("context",)),
        ("architecture", ARCHITECTURE),
    ):
        values = [(s.name, getattr(s, n)) for s in model.sizes for n in names if getattr(s, n)]
        if values:
            text = ", ".join(f"{name}: {value}" for name, value in values)
            # A part is called architecture too.
            yield field.replace("architecture", "layers and heads"), text, model.sources(field)
    licence = licence_of(model, "weights", library)
    if licence and state_of(model, "weights") in ("released", "partial"):
        yield "weights licence", licence, model.sources("licences")
    for part, fact in model.parts.items():
        if fact.state != UNKNOWN:
            yield part, fact.state, fact.evidence
    for claim in model.claims:
        yield "claim", claim.words or claim.says, claim.evidence


def _licence(licence: Licence) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    for term, said in licence.terms.items():
        clause = f" (clause {said.clause})" if said.clause else ""
        yield term, f"{said.answer}{clause}", licence.evidence


def _tool(tool: Tool) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    for field, evidence in tool.evidence.items():
        value: Any = getattr(tool, field, "")
        yield field, ", ".join(value) if isinstance(value, tuple) else str(value), evidence
