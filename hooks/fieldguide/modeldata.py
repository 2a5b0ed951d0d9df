"""A model as plain values, in the shapes of `answers`: worked out once, for all files about it.

Pieces of the record (sizes, links, evidence) stand in the values as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from . import records as r
from .addresses import address
from .assess import UNKNOWN
from .endpoints import FOLDER
from .rulings import WORDS, rulings
from .verdicts import Finding
from .views import GROUPS, Guide

Values = dict[str, Any]
OUT: Final = ("released", "partial")
_UNSTATED: Final[Values] = {
    "state": UNKNOWN,
    "licence": None,
    "gated": False,
    "basis": None,
    "derived_from": None,
    "note": None,
    "evidence": (),
}


def short(guide: Guide, model: r.Model) -> Values:
    """What lists have of it (`answers.Model`)."""
    facts = model.parts
    of_kind = {kind: getattr(model.licences, kind) or model.licences.all for kind in GROUPS}
    parts = {}
    for key, word in guide.library.parts.items():
        fact = facts.get(key)
        licence = (fact.licence if fact else None) or of_kind[word.kind]
        parts[key] = {"state": fact.state if fact else UNKNOWN, "licence": licence}
    weights = parts.get("weights", _UNSTATED)
    return {
        "id": model.id,
        "page": guide.base + address("models", model.id),
        "name": model.name,
        "family": model.family,
        "developers": model.developers,
        "description": model.description,
        "released": model.released,
        "input": model.kind.input,
        "output": model.kind.output,
        "languages": model.languages,
        "language_count": model.language_count,
        "access": model.access,
        "based_on": model.based_on,
        "sizes": model.sizes,
        "licence": weights["licence"] if weights["state"] in OUT else None,
        "links": model.links,
        "references": model.references,
        "dated": dated(model.pieces()),
        "record": f"{guide.base}{FOLDER}models/{model.id}.json",
        "parts": parts,
        "verdicts": {
            ruling.definition.id: {
                "outcome": ruling.word,
                "rung": ruling.verdict.reached and ruling.verdict.reached.id,
                "label": ruling.label,
                "possible": ruling.verdict.possible and ruling.verdict.possible.id,
            }
            for ruling in rulings(guide, model)
        },
        "claims": [claim.says for claim in model.claims],
    }


def whole(guide: Guide, model: r.Model, base: Values) -> Values:
    """What its own file has (`answers.ModelRecord`); `base` is what lists have."""
    parts = {}
    for part, stated in base["parts"].items():
        fact = model.parts.get(part)
        parts[part] = {**_UNSTATED, **vars(fact), **stated} if fact else _UNSTATED | stated
    verdicts = {}
    for definition, verdict in base["verdicts"].items():
        found = guide.verdicts[definition][model.id].findings
        rungs = [{"rung": rung, "findings": list(map(finding, f))} for rung, f in found.items()]
        verdicts[definition] = {**verdict, "rungs": rungs}
    evidence = {field: pieces for field, pieces in vars(model.evidence).items() if pieces}
    more = {"parts": parts, "verdicts": verdicts, "claims": model.claims, "evidence": evidence}
    return {**base, **more}


def finding(found: Finding) -> Values:
    """What came of one requirement (`answers.Finding`)."""
    return {
        "outcome": WORDS[found.outcome],
        "reason": found.reason,
        "part": found.part,
        "licence": found.licence,
    }


def dated(pieces: Iterable[r.Evidence]) -> str | None:
    """The newest day on which any of these was read."""
    return max((day for p in pieces for day in (p.dated, p.checked) if day), default=None)
