"""Works in a consistent style, formatted by a CSL processor (Harvard, as in Cite Them Right)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from markupsafe import Markup

from .records import Reference


def csl(reference: Reference) -> dict[str, Any]:
    """The reference as a CSL-JSON item, with `issued` in date parts."""
    item = reference.model_dump(by_alias=True, exclude_none=True, exclude={"read", "note"})
    if reference.issued:
        item["issued"] = {"date-parts": [[int(part) for part in reference.issued.split("-")]]}
    return item


def bibliography(references: Mapping[str, Reference]) -> dict[str, Markup]:
    """HTML of each work by id, without its address, in the order of the style's bibliography."""
    if not references:
        return {}
    items = [csl(reference) for reference in references.values()]
    for item in items:  # The page links the address itself; in the text it would stand twice.
        item.pop("URL", None)
        item.pop("DOI", None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Fields that the style does not use.
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        works = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)
        for key in references:
            works.register(Citation([CitationItem(key)]))
        works.sort()
        entries = [str(entry) for entry in works.bibliography()]
    return {
        key: Markup(entry.replace("..", ".").strip())  # noqa: S704 (escaped by the formatter)
        for key, entry in zip(works.keys, entries, strict=True)
    }
