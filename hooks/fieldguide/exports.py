"""Files for other programs, made from the records: path below the site's root, and text."""

from __future__ import annotations

from collections.abc import Iterator

from . import mof
from .library import Library


def exports(library: Library) -> Iterator[tuple[str, str]]:
    """Every file, in a fixed order; the same records give the same bytes."""
    for key, model in sorted(library.models.items()):
        yield f"mof/{key}.yml", mof.write(model, library)
