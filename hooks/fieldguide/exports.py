"""Files for other programs: path below the site's root, and content.

`exports` has those of which there is one, `of_records` those of which there is one a record, and
`of_pages` the Markdown beside written pages. With thousands of models those of records are most of
the site's files, so they are made one by one, when they are written.

`data/rules.json` holds all that a verdict turns on, except for the models. `data/models.json` holds
the models, each as the name and the address by which the page "What if" knows it.
`compare/names.json` holds the names that can be compared, by collection and id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from . import (
    badges,
    bibtex,
    bom,
    catalogues,
    compare,
    facets,
    feeds,
    memory,
    modeltext,
    mof,
    openapi,
    rulebook,
    tables,
    texts,
)
from .api import Answers, written
from .citations import csl
from .endpoints import FOLDER
from .expansion import Written
from .library import Library
from .views import Guide

RULES: Final = "data/rules.json"
MODELS: Final = "data/models.json"
NAMES: Final = "compare/names.json"
MACHINES: Final = "models/machines.json"


def exports(answers: Answers) -> Iterator[tuple[str, str | bytes]]:
    """Every file of which there is one, in a fixed order; the same records give the same bytes."""
    yield from of_engines(answers.library)
    yield from of_catalogues(answers.guide)
    yield from _of_works(answers.library)
    yield from answers.files()
    yield from tables.files(answers)
    yield from feeds.files(answers)
    yield f"{FOLDER}openapi.json", written(openapi.description(answers.guide.base))


def of_records(answers: Answers) -> Iterator[tuple[str, bytes]]:
    """The files of which there is one a record."""
    for key in answers.models:
        yield from _of_model(answers, key)
    for key in answers.licences:
        yield _of_licence(answers, key)


def one_of_records(answers: Answers, path: str) -> bytes | None:
    """One of them, if there is one at that path."""
    *_, folder, name = f"/{path}".split("/")
    for key in (folder, name.rpartition(".")[0]):
        files = dict(_of_model(answers, key)) if key in answers.models else {}
        files |= dict([_of_licence(answers, key)]) if key in answers.licences else {}
        if path in files:
            return files[path]
    return None


def _of_model(answers: Answers, key: str) -> Iterator[tuple[str, bytes]]:
    guide, library = answers.guide, answers.library
    model, values = library.models[key], answers.models[key]
    yield f"{FOLDER}models/{key}.json", written(answers.model(key))
    yield f"{bom.FOLDER}{key}.json", written(bom.bom(guide, model, values))
    yield f"mof/{key}.yml", mof.write(model, library).encode()
    yield f"models/{key}/index.md", modeltext.text(answers, model).encode()
    yield from badges.files(answers, key)


def _of_licence(answers: Answers, key: str) -> tuple[str, bytes]:
    return f"{FOLDER}licences/{key}.json", written(answers.licence(key))


def of_pages(pages: Iterable[Written], guide: Guide) -> Iterator[tuple[str, bytes]]:
    """The Markdown beside the written pages, and the list of all of it."""
    pages = list(pages)
    for page in pages:
        yield texts.place(page), texts.beside(page, guide).encode()
    yield texts.LLMS, texts.llms(pages, guide).encode()


def one_of_pages(pages: Iterable[Written], guide: Guide, path: str) -> bytes | None:
    """One of them, if there is one at that path."""
    if path == texts.LLMS:
        return texts.llms(list(pages), guide).encode()
    if not path.endswith(".md"):
        return None
    found = (texts.beside(page, guide) for page in pages if texts.place(page) == path)
    return next((text.encode() for text in found), None)


def of_engines(library: Library) -> Iterator[tuple[str, str]]:
    yield RULES, _json(rulebook.rules(library))
    yield MODELS, _json(rulebook.models(library))
    yield NAMES, _json(_names(library))


def of_catalogues(guide: Guide) -> Iterator[tuple[str, str]]:
    """The files for the site's own scripts; see `facets` and `memory`."""
    for path, make in catalogues.FILES.items():
        yield path, _json(facets.data(make(guide)))
    yield MACHINES, _json(memory.machines(guide.library))


def _of_works(library: Library) -> Iterator[tuple[str, str]]:
    works = sorted(library.references.values(), key=lambda work: work.id)
    yield "references.bib", bibtex.write(works)
    items = [csl(work) for work in works]
    yield "references.json", json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _names(library: Library) -> dict[str, dict[str, str]]:
    """The names that columns of a comparison have, by collection and id."""
    return {
        kind: {key: compare.label(one) for key, one in sorted(library.collections[kind].items())}
        for kind in compare.KINDS
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
