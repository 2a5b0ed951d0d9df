"""What verdicts turn on, as plain data, for engines other than ours: the page "What if" has one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .advise import MOST, ORDERS, fitting
from .assess import FREE, REASONS, UNKNOWN, approves, said
from .library import Library
from .records import Definition, Licence, Model, Requirement
from .rulings import WORDS
from .verdicts import OUTCOMES
from .views import GROUPS


def rules(library: Library) -> dict[str, Any]:
    """What `assess` and `advise` go by, as plain data; all lists in the order that counts.

    `outcomes` are those of a requirement, from 0 (not met) over 1 (not determined) to 2 (met).
    `access` runs from the narrowest route to the widest, the `rungs` of a definition from the
    lowest to the highest. A licence has the bodies and definitions that `approved` it, and its
    answers to the `terms` that a definition tests; `free` are the answers that limit nothing. A
    requirement's `fitting` names, by part, a licence that would do. `reasons` and `orders` are the
    words of verdicts and of advice, with the names of what stands in their braces.
    """
    definitions = sorted(library.definitions.values(), key=lambda d: d.order)
    tests = [r.licence for d in definitions for rung in d.rungs for r in rung.requires if r.licence]
    terms = {term for test in tests for term in (*test.permits, *test.without, *test.doubtful)}
    bodies = {by for test in tests for by in test.approved}
    return {
        "format": 1,
        "outcomes": [
            {
                "id": WORDS[outcome],
                "label": library.label("outcomes", WORDS[outcome]),
                "symbol": library.words("outcomes")[WORDS[outcome]].symbol,
                "said": words,
            }
            for outcome, words in sorted(OUTCOMES.items())
        ],
        "access": {key: word.label for key, word in library.words("access").items()},
        "states": {
            key: {"label": word.label, "said": said(key, library)}
            for key, word in library.words("states").items()
        },
        "unknown": UNKNOWN,
        "kinds": GROUPS,
        "parts": {
            key: {"label": part.label, "kind": part.kind, "subject": part.subject}
            for key, part in library.parts.items()
        },
        "terms": {key: word.label.lower() for key, word in library.terms.items() if key in terms},
        "free": FREE,
        "categories": {
            key: word.label for key, word in library.words("licence-categories").items()
        },
        "licences": {
            key: _licence(licence, bodies, terms, library)
            for key, licence in sorted(library.licences.items())
        },
        "definitions": {d.id: _definition(d, library) for d in definitions},
        "reasons": REASONS,
        "orders": ORDERS,
        "most": MOST,
    }


def _licence(
    licence: Licence, bodies: set[str], terms: set[str], library: Library
) -> dict[str, Any]:
    return {
        "short": licence.short,
        "category": licence.category,
        "approved": [by for by in sorted(bodies) if approves(by, licence, library)],
        "terms": {
            term: answer.answer for term, answer in sorted(licence.terms.items()) if term in terms
        },
    }


def _definition(definition: Definition, library: Library) -> dict[str, Any]:
    return {
        "name": definition.name,
        "short": definition.short,
        "below": definition.below,
        "open": [rung.id for rung in definition.rungs].index(definition.open_from),
        "rungs": [
            {
                "id": rung.id,
                "label": rung.label,
                "about": rung.about,
                "requires": [_requirement(each, library) for each in rung.requires],
            }
            for rung in definition.rungs
        ],
    }


def _requirement(asked: Requirement, library: Library) -> dict[str, Any]:
    """One of `access`, `definition`, and `any` with `states` and perhaps `licence`."""
    if asked.access:
        return {"access": asked.access}
    if asked.definition:
        return {"definition": asked.definition}
    result: dict[str, Any] = {"any": asked.any, "states": asked.states}
    if (test := asked.licence) is not None:
        tested = {name: terms for name, terms in test.model_dump().items() if terms}
        fits = {part: fitting(test, library.parts[part].kind, library) for part in asked.any}
        result |= {"licence": tested, "fitting": fits}
    return result


def models(library: Library) -> dict[str, list[str]]:
    """Name and address of each model by its id, by name; see `query`."""
    found = sorted(library.models.values(), key=lambda m: (m.name.casefold(), m.id))
    return {model.id: [model.name, query(model, library)] for model in found}


def query(model: Model, library: Library) -> str:
    """What verdicts turn on in a record, as the query of the page "What if".

    The route; default licences by kind of part; then by state the parts, each with its own licence
    behind a star: `access=weights&all=mit&released=weights_model-card*cc-by-4.0`. Ids have neither
    underscores nor stars. A part that is not named is unknown.
    """
    pairs = [("access", model.access)]
    pairs += [(kind, key) for kind in ("all", *GROUPS) if (key := getattr(model.licences, kind))]
    stated = defaultdict[str, list[str]](list)
    for part in library.parts:
        if fact := model.parts.get(part):
            stated[fact.state].append(f"{part}*{fact.licence}" if fact.licence else part)
    states = [state for state in library.words("states") if stated[state]]
    pairs += [(state, "_".join(stated[state])) for state in states]
    return "&".join(f"{name}={value}" for name, value in pairs)
