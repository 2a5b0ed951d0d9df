"""Files for other programs, made from the records: path below the site's root, and text.

`data/rules.json` holds all that a verdict turns on, except for the models. `data/models.json` holds
the models, each as the name and the address by which the page "What if" knows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from . import bibtex, catalogues, facets, memory, mof, rulebook
from .citations import csl
from .library import Library
from .views import Guide

RULES: Final = "data/rules.json"
MODELS: Final = "data/models.json"
MACHINES: Final = "models/machines.json"


def exports(library: Library) -> Iterator[tuple[str, str]]:
    """Every file, in a fixed order; the same records give the same bytes."""
    yield RULES, _json(rulebook.rules(library))
    yield MODELS, _json(rulebook.models(library))
    for key, model in sorted(library.models.items()):
        yield f"mof/{key}.yml", mof.write(model, library)
    works = sorted(library.references.values(), key=lambda work: work.id)
    yield "references.bib", bibtex.write(works)
    yield (
        "references.json",
        json.dumps([csl(x) for x in works], ensure_ascii=False, indent=1) + "\n",
    )


def of_catalogues(guide: Guide) -> Iterator[tuple[str, str]]:
    """The files for the site's own scripts; see `facets` and `memory`."""
    for one in catalogues.catalogues(guide):
        yield one.path, _json(facets.data(one))
    yield MACHINES, _json(memory.machines(guide.library))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
