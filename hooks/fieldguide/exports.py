"""Files for other programs, made from the records: path below the site's root, and text.

`data/rules.json` holds all that a verdict turns on, except for the models. `data/models.json` holds
the models, each as the name and the address by which the page "What if" knows it.
`compare/names.json` holds the names that can be compared, by collection and id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from . import bibtex, catalogues, compare, facets, mof, rulebook
from .citations import csl
from .library import Library
from .views import Guide

RULES: Final = "data/rules.json"
MODELS: Final = "data/models.json"
NAMES: Final = "compare/names.json"


Make = Callable[[], str]


def files(guide: Guide) -> dict[str, Make]:
    """How each file is made: the same records give the same text."""
    return dict([*_of_records(guide.library), *_of_catalogues(guide)])


def exports(library: Library) -> Iterator[tuple[str, str]]:
    """Every file but those of the lists, in a fixed order."""
    return ((path, make()) for path, make in _of_records(library))


def of_catalogues(guide: Guide) -> Iterator[tuple[str, str]]:
    """The files for the site's own script; see `facets`."""
    return ((path, make()) for path, make in _of_catalogues(guide))


def _of_records(library: Library) -> Iterator[tuple[str, Make]]:
    yield RULES, lambda: _json(rulebook.rules(library))
    yield MODELS, lambda: _json(rulebook.models(library))
    yield NAMES, lambda: _json(_names(library))
    for key, model in sorted(library.models.items()):
        yield f"mof/{key}.yml", partial(mof.write, model, library)
    works = sorted(library.references.values(), key=lambda work: work.id)
    yield "references.bib", lambda: bibtex.write(works)
    yield (
        "references.json",
        lambda: json.dumps([csl(x) for x in works], ensure_ascii=False, indent=1) + "\n",
    )


def _of_catalogues(guide: Guide) -> Iterator[tuple[str, Make]]:
    for path, catalogue in catalogues.FILES.items():
        yield path, lambda catalogue=catalogue: _json(facets.data(catalogue(guide)))  # type: ignore[misc]


def _names(library: Library) -> dict[str, dict[str, str]]:
    """The names that columns of a comparison have, by collection and id."""
    return {
        kind: {key: compare.label(one) for key, one in sorted(library.collections[kind].items())}
        for kind in compare.KINDS
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
