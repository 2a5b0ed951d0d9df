"""What is wrong with the questions that only the models tell: unknown filters, dead ends."""

from __future__ import annotations

import pathlib

from . import records as r
from .choosing import Path
from .problems import Problem, did_you_mean
from .source import Document, Loc, read


def check(path: Path, root: pathlib.Path) -> list[Problem]:
    """All that is wrong; the file of the questions is below `root`."""
    file = root / "data" / r.FILES["questions"][0]
    document = read(file, root)
    seen: dict[str, str] = {}
    filtered: dict[str, str] = {}
    for question in path.questions:
        for key in question.not_after:
            if key not in seen:
                hint = did_you_mean(key, seen) or "Name an answer to a question before this one"
                place = (question.id, "not_after", question.not_after.index(key))
                document.report(place, f"no earlier question has the answer `{key}`", hint)
        for key, choice in question.choices.items():
            loc: Loc = (question.id, "choices", key)
            if key in seen:
                hint = "Answers stand in addresses: give each an id of its own"
                document.report(loc, f"`{seen[key]}` has an answer `{key}` too", hint, key=True)
            seen.setdefault(key, question.id)
            wrong = [_wrong(path, document, (*loc, "keep", f), v) for f, v in choice.keep.items()]
            for facet in choice.keep:
                if filtered.setdefault(facet, question.id) != question.id:
                    message = f"`{filtered[facet]}` asks for `{facet}` as well"
                    hint = "Ask for each filter in one question"
                    document.report((*loc, "keep", facet), message, hint, key=True)
            if not any(wrong) and not path.keeps(choice):
                hint = "Ask for less in `keep`, or leave the answer out"
                document.report(loc, f"`{key}` leads nowhere: it keeps no model", hint, key=True)
    return document.problems


def _wrong(path: Path, document: Document, loc: Loc, values: tuple[str, ...]) -> bool:
    """Whether an answer asks for a filter, or for values, that the list of models does not have."""
    facet = path.facets.get(str(loc[-1]))
    if facet is None:
        hint = did_you_mean(str(loc[-1]), path.facets) or f"Use one of {', '.join(path.facets)}"
        document.report(loc, f"unknown filter `{loc[-1]}`", hint, key=True)
        return True
    if facet.kind != "checks" and len(values) > 1:
        document.report(loc, f"`{facet.key}` takes one value", "Choose one of them")
        return True
    known = facet.known or {key for key, *_ in facet.values}
    if facet.kind == "memory":
        strange = [v for v in values if not v.replace(".", "", 1).isdigit() or not float(v)]
    else:
        strange = [value for value in values if value not in known]
    for value in strange:
        hint = did_you_mean(value, known) or f"Use one of {', '.join(sorted(known))}"
        document.report(loc, f"the filter `{facet.key}` has no value `{value}`", hint)
    return bool(strange)
