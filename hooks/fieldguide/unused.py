"""Terms of the glossary that nothing leads to, and works that nothing cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import source
from .citing import Cites, back_links
from .mentions import Page
from .problems import Problem
from .records import FILES
from .views import Guide


def dead_terms(root: Path, guide: Guide, pages: Iterable[Page]) -> Iterator[Problem]:
    """Terms that no page explains, and that no term leads to which one explains."""
    pages = list(pages)
    entries = guide.library.glossary
    alive = {key for page in pages for function, key in page.calls if function == "term"}
    ahead = list(alive)
    while ahead:
        further = set(entries[ahead.pop()].see) - alive
        alive |= further
        ahead += further
    dead = sorted(entries.keys() - alive)
    for key, place in _places(root, "glossary", dead):
        yield Problem(*place, f"no page uses the term `{key}`", _where(key, guide, pages))


def uncited(root: Path, guide: Guide, cites: Iterable[Cites]) -> Iterator[Problem]:
    """Works that no page cites, no record names, and no evidence was read in.

    Those that nobody read may stand in the list of works for further reading.
    """
    works = guide.library.references
    links = back_links(guide, cites)
    used = {key for key, found in links.items() if found.places or found.pieces}
    idle = [key for key, work in works.items() if key not in used and work.read != "not"]
    for key, place in _places(root, "references", idle):
        hint = f'Cite it where it says something (`{{{{ cite("{key}") }}}}`), or delete it'
        yield Problem(*place, f"nothing cites the work `{key}`", hint)


def _where(key: str, guide: Guide, pages: list[Page]) -> str:
    """A place where the words of a term stand already."""
    entry = guide.library.glossary[key]
    words = "|".join(re.escape(word) for word in (entry.term, *entry.aliases))
    for page in pages:
        for found in re.finditer(rf"\b(?:{words})s?\b", page.prose, re.IGNORECASE):
            if page.titled(found.start()):
                continue
            line, _ = page.place(found.start())
            return (
                f'Write `{{{{ term("{key}", "{found[0]}") }}}}` in {page.path}:{line}, or delete it'
            )
    return f'Write `{{{{ term("{key}") }}}}` where it is needed, or delete it'


def _places(
    root: Path, collection: str, keys: list[str]
) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Records of a file, each with its place; the file is read only if there are any."""
    if keys:
        document = source.read(root / "data" / FILES[collection][0], root)
        yield from ((key, (document.path, *document.keys[(key,)])) for key in keys)
