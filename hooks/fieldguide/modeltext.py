"""A model's page as plain Markdown, from the same values as its page and its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import plain
from . import records as r
from .api import Answers
from .endpoints import CREDIT
from .library import Library
from .modeldata import OUT, Values
from .render import date, quantity, sentence, thousands
from .rulings import headline, reason, rulings
from .views import Guide


def text(answers: Answers, model: r.Model) -> str:
    """The whole page."""
    return "\n".join(_lines(answers.guide, model, answers.models[model.id]))


def _lines(guide: Guide, model: r.Model, values: Values) -> Iterator[str]:
    library = guide.library
    makers = ", ".join(library.organisations[key].name for key in model.developers)
    yield f"# {plain.text(model.name)}\n"
    yield f"By {plain.text(makers)}. Released: {date(model.released)}.\n"
    yield f"{plain.text(headline(guide, model))}\n"
    yield f"{plain.text(model.description)}\n"
    yield "## How open it is, by each definition\n"
    yield from _head("Definition", "Verdict", "Why not more")
    for one in rulings(guide, model):
        why = reason(one)
        name = f"{one.definition.name} {one.definition.version}"
        yield f"| {_cell(name)} | {_cell(one.label)} | {_cell(sentence(why)) if why else ''} |"
    yield "\n## Key facts\n"
    yield f"- Licence of the weights: {_licence(library, values['licence'])}"
    yield f"- Access: {plain.text(library.label('access', model.access))}"
    yield f"- In and out: {plain.text(guide.modality(model))}"
    for base in model.based_on:
        yield f"- Made from: [{plain.text(library.models[base].name)}](../{base}/index.md)"
    for name, url in vars(model.links).items():
        if url:
            yield f"- {name.capitalize()}: <{url}>"
    yield "\n## What is released, part by part\n"
    yield from _head("Part", "State", "Licence", "Sources")
    states = library.words("states")
    for key, fact in values["parts"].items():
        licence = _licence(library, fact["licence"]) if fact["state"] in OUT else ""
        sources = _sources(model.parts[key].evidence) if key in model.parts else ""
        state = _cell(states[fact["state"]].label)
        yield f"| {_cell(library.parts[key].label)} | {state} | {licence} | {sources} |"
    if model.sizes:
        yield "\n## Sizes\n"
        yield from _head("Size", "Parameters", "Context, tokens")
        for s in model.sizes:
            yield f"| {_cell(s.name)} | {quantity(s.parameters)} | {thousands(s.context)} |"
    source = f"{CREDIT}, {values['page']}, CC BY 4.0"
    yield f"\n---\n\n{source}. Newest source: {date(values['dated'])}.\n"


def _cell(text: str) -> str:
    return plain.cell(plain.text(text))


def _licence(library: Library, key: str | None) -> str:
    """A licence, linked from the folder of a model."""
    if key is None:
        return "none, or not known"
    licence = library.licences.get(key)
    return f"[{_cell(licence.short)}](../../licences/{key}/)" if licence else "no licence"


def _sources(evidence: Iterable[r.Evidence]) -> str:
    return ", ".join([f"<{url}>" for url in dict.fromkeys([piece.url for piece in evidence])])


def _head(*heads: str) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
