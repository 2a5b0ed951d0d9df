"""Files for other programs, made from the records: path below the site's root, and text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from . import bibtex, mof
from .citations import csl
from .library import Library


def exports(library: Library) -> Iterator[tuple[str, str]]:
    """Every file, in a fixed order; the same records give the same bytes."""
    for key, model in sorted(library.models.items()):
        yield f"mof/{key}.yml", mof.write(model, library)
    works = sorted(library.references.values(), key=lambda work: work.id)
    yield "references.bib", bibtex.write(works)
    yield (
        "references.json",
        json.dumps([csl(x) for x in works], ensure_ascii=False, indent=1) + "\n",
    )
