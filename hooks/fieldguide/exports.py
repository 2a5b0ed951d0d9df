"""Files for other programs, made from the records: path below the site's root, and text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from . import catalogues, mof
from .library import Library
from .views import Guide


def exports(library: Library) -> Iterator[tuple[str, str]]:
    """Every file for others, in a fixed order; the same records give the same bytes."""
    for key, model in sorted(library.models.items()):
        yield f"mof/{key}.yml", mof.write(model, library)


def of_catalogues(guide: Guide) -> Iterator[tuple[str, str]]:
    """The files for the site's own script; see `catalogues`."""
    for one in catalogues.catalogues(guide):
        text = json.dumps(catalogues.data(one), ensure_ascii=False, separators=(",", ":"))
        yield one.path, text + "\n"
