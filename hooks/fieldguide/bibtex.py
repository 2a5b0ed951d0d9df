"""Works as BibTeX, for LaTeX and reference managers: UTF-8, entry types that every style knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .citations import OTHERS
from .records import Name, Reference

# CSL's types by BibTeX's; all others are `misc`. The field is where the work appeared.
_TYPES: Final = {
    "article-journal": ("article", "journal"),
    "article-magazine": ("article", "journal"),
    "article-newspaper": ("article", "journal"),
    "book": ("book", "series"),
    "chapter": ("incollection", "booktitle"),
    "paper-conference": ("inproceedings", "booktitle"),
    "report": ("techreport", "series"),
}
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
# Braces count for BibTeX even after a backslash, so they must not stand in a text at all.
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {character: f"\\{character}" for character in "&%_#$"}
_SPECIAL: Final = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_URL: Final = {"{": "%7B", "}": "%7D", "\\": "%5C"}  # Addresses are taken as they are.


def write(references: Iterable[Reference]) -> str:
    """All works in the order of their ids, which are their keys."""
    ordered = sorted(references, key=lambda reference: reference.id)
    return "\n".join(map(entry, ordered))


def entry(reference: Reference) -> str:
    """One work."""
    kind, appeared = _TYPES.get(reference.type, ("misc", "howpublished"))
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference, kind, appeared))
    return f"@{kind}{{{reference.id},\n{fields}}}\n"


def _fields(reference: Reference, kind: str, appeared: str) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{{{escape(reference.title)}}}}}"  # Inner braces keep its capitals.
    if reference.author:
        yield "author", f"{{{' and '.join(map(_name, reference.author))}}}"
    if reference.container_title:
        yield appeared, f"{{{escape(reference.container_title)}}}"
    for name, text in (("volume", reference.volume), ("number", reference.issue)):
        if text:
            yield name, f"{{{escape(text)}}}"
    if reference.page:
        yield "pages", f"{{{escape(reference.page.replace('-', '--'))}}}"
    if reference.publisher:
        name = "institution" if kind == "techreport" else "publisher"
        yield name, f"{{{escape(reference.publisher)}}}"
    if reference.issued:
        year, *rest = reference.issued.split("-")
        yield "year", f"{{{year}}}"
        if rest:
            yield "month", _MONTHS[int(rest[0]) - 1]
    if reference.doi:
        yield "doi", f"{{{_address(reference.doi)}}}"
    if reference.url:
        yield "url", f"{{{_address(reference.url)}}}"


def escape(text: str) -> str:
    """A text in which nothing means anything to LaTeX or BibTeX."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)


def _name(name: Name) -> str:
    """`Doe, Jane`; an organisation in braces, so that no comma or `and` in it counts."""
    if name.literal:
        return name.literal if name.literal == OTHERS else f"{{{escape(name.literal)}}}"
    words = [escape(part) for part in (name.family, name.given) if part]
    return ", ".join(f"{{{word}}}" if re.search(r",|\band\b", word) else word for word in words)


def _address(text: str) -> str:
    return "".join(_URL.get(character, character) for character in text)
