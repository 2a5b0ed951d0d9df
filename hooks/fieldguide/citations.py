"""Works in a consistent style, formatted by a CSL processor (Harvard, as in Cite Them Right)."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup, escape

from . import stored
from .records import Reference

OTHERS: Final = "others"  # The last of a list of authors, where the rest is left out.
# The processor knows nothing of HTML in a text: these letters, from Unicode's private use area,
# stand for the characters that mean something there until it is done.
_STAND_INS: Final = {"&": "\ue010", "<": "\ue011", ">": "\ue012", '"': "\ue013"}


def csl(reference: Reference) -> dict[str, Any]:
    """The reference as a CSL-JSON item, with `issued` in date parts."""
    item = reference.model_dump(by_alias=True, exclude_none=True, exclude={"read", "note"})
    if reference.issued:
        item["issued"] = {"date-parts": [[int(part) for part in reference.issued.split("-")]]}
    return item


def bibliography(
    references: Mapping[str, Reference], file: Path | None = None
) -> dict[str, Markup]:
    """HTML of each work by id, without its address, in the order of the style's bibliography.

    `file` keeps what the processor made between runs: it takes a seventh of a build.
    """
    if not references:
        return {}
    items = [_hidden(csl(reference)) for reference in references.values()]
    for item in items:  # The page links the address itself; in the text it would stand twice.
        item.pop("URL", None)
        item.pop("DOI", None)
    return {
        key: Markup(_shown(_mended(entry, references[key])))  # noqa: S704 (the texts are escaped)
        for key, entry in _formatted(json.dumps(items), file).items()
    }


@cache
def _processor() -> str:
    """All that decides what is made of works: processor, styles with it, and this module."""
    versions = [version(name).encode() for name in ("citeproc-py", "lxml")]
    return stored.digest(Path(__file__).read_bytes(), *versions)


@lru_cache(maxsize=1)  # While serving, works seldom change.
def _formatted(items: str, file: Path | None) -> dict[str, str]:
    """What the processor makes of works, as JSON; by id."""
    name = stored.digest(items.encode())
    if file and (kept := stored.read(file, _processor()).get(name)):
        return dict(json.loads(kept))
    made = _processed(json.loads(items))
    if file:
        stored.write(file, _processor(), {name: json.dumps(made)})
    return made


def _processed(works: list[dict[str, Any]]) -> dict[str, str]:
    """The same, made anew."""
    from citeproc import (  # Only where it is needed: it takes long to load.
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Fields that the style does not use.
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        list_ = CitationStylesBibliography(style, CiteProcJSON(works), formatter.html)
        for work in works:
            list_.register(Citation([CitationItem(work["id"])]))
        list_.sort()
        entries = [str(entry) for entry in list_.bibliography()]
    return dict(zip(list_.keys, entries, strict=True))


def _mended(entry: str, reference: Reference) -> str:
    """What the style gets wrong: it takes a paper without a volume for a preprint, and does not
    know that `others` at the end of a list of authors are no author."""
    if reference.type != "article":
        entry = entry.replace(" [Preprint]", "", 1)
    if reference.author and reference.author[-1].literal == OTHERS:
        entry = entry.replace(f" and {OTHERS} (", " <i>et al.</i> (", 1)
    return entry


def _hidden(value: Any) -> Any:
    """A CSL item with stand-ins in all its texts."""
    if isinstance(value, str):
        for character, letter in _STAND_INS.items():
            value = value.replace(character, letter)
        return value
    if isinstance(value, dict):
        return {key: _hidden(item) for key, item in value.items()}
    return [_hidden(item) for item in value] if isinstance(value, list | tuple) else value


def _shown(entry: str) -> str:
    """An entry with its characters back, and no full stop after another."""
    entry = re.sub(r"(?<!\.)\.\.(?!\.)", ".", entry.strip())
    for character, letter in _STAND_INS.items():
        entry = entry.replace(letter, escape(character))
    return entry
