"""The guide's prose as plain text: that of the written pages, and that of the records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

import samples
from fieldguide import articles, markers
from fieldguide import records as r
from fieldguide.articles import Article
from fieldguide.functions import Functions
from fieldguide.markers import Block
from fieldguide.render import Renderer
from fieldguide.views import Guide

CONTENT: Final = samples.ROOT / articles.FOLDER
# Fields of records that hold no prose of ours: names, addresses, ids, dates, others' words.
NO_PROSE: Final = frozenset(
    {
        *(
            "id",
            "keep",
            "name",
            "short",
            "spdx",
            "url",
            "URL",
            "doi",
            "version",
            "clause",
            "country",
            "hub_tag",
        ),
        *(
            "title",
            "container_title",
            "author",
            "publisher",
            "volume",
            "issue",
            "page",
            "words",
            "who",
        ),
        *(
            "dated",
            "released",
            "issued",
            "date",
            "as_of",
            "reviewed",
            "checked",
            "type",
            "mof_name",
        ),
        *("symbol", "open_from", "open_licences", "links", "site"),
    }
)
_TITLED: Final = frozenset({"Comparison"})  # Here the title is ours.


@dataclass(frozen=True)
class Passage:
    """A piece of prose and where it stands: `content/index.md:12`, or a file and a field."""

    place: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A stretch of a page without an empty line: a heading, a paragraph, an item or a table."""

    line: int
    kind: str
    text: str


class Page:
    """A written page with its markers expanded: the words that they print stay, citations go."""

    def __init__(self, path: str, guide: Renderer) -> None:
        self.path = path
        opened = articles._open(CONTENT / path, samples.ROOT)
        self.article: Article = opened[0]
        self.source, self.first_line = opened[1:]
        functions = Functions(guide, articles.address_of(path))
        self.expanded = markers.expand(
            self.source, f"{articles.FOLDER}/{path}", functions.vocabulary(), self.first_line
        )
        self.cited = functions.cited

    @property
    def blocks(self) -> int:
        """How many tables and pictures are computed for it."""
        return sum(isinstance(slot, Block) for slot in self.expanded.slots)

    @property
    def terms(self) -> set[str]:
        """The terms that have a tooltip on it, by their address."""
        found = [re.findall(r'class="fg-term" href="([^"]+)"', slot) for slot in self._inline()]
        return {href for hrefs in found for href in hrefs}

    def _inline(self) -> Iterator[Markup]:
        return (slot for slot in self.expanded.slots if not isinstance(slot, Block))

    @cached_property
    def text(self) -> str:
        """The body as plain text, line by line; what markers print stands in it."""
        return plain(self.expanded.markdown, [_words(slot) for slot in self.expanded.slots])

    @cached_property
    def own_text(self) -> str:
        """The body as plain text, without anything that markers print."""
        return plain(self.expanded.markdown, [""] * len(self.expanded.slots))

    @property
    def words(self) -> int:
        """Words of the body: headings, paragraphs, items and cells; no marker, code or address."""
        return sum(bool(re.search(r"\w", word)) for word in self.own_text.split())

    def paragraphs(self, text: str | None = None) -> list[Paragraph]:
        return paragraphs(self.text if text is None else text, self.first_line)

    def passages(self) -> Iterator[Passage]:
        """All its prose: its front matter, and its body paragraph by paragraph."""
        path = f"{articles.FOLDER}/{self.path}"
        article = self.article
        front = [article.title, article.description, article.bottom_line or "", *article.learn]
        yield from (Passage(f"{path}:1", text) for text in front if text)
        yield from (Passage(f"{path}:{p.line}", p.text) for p in self.paragraphs())


def _words(slot: Markup) -> str:
    """What an inline marker prints; nothing for blocks and citations."""
    return "" if isinstance(slot, Block) or "fg-cite" in slot else slot.striptags()


@cache
def renderer() -> Renderer:
    return Renderer(samples.ROOT, Guide(samples.real()))


@cache
def pages() -> dict[str, Page]:
    """All written pages by path below content/."""
    files = sorted(CONTENT.rglob("*.md"))
    paths = [file.relative_to(CONTENT).as_posix() for file in files]
    return {path: Page(path, renderer()) for path in paths}


def explainer_paths() -> list[str]:
    """The pages that are explainers, found without expanding any."""
    found = {p: articles._open(CONTENT / p, samples.ROOT)[0] for p in pages_on_disk()}
    return [path for path, article in found.items() if article.kind == "explainer"]


def pages_on_disk() -> list[str]:
    return sorted(file.relative_to(CONTENT).as_posix() for file in CONTENT.rglob("*.md"))


# Markdown to text


def plain(markdown: str, slots: list[str]) -> str:
    """Markdown as plain text, with as many lines as it had."""
    for start, end in reversed(list(markers.code(markdown))):
        hidden = re.sub(r"[^\n]", "", markdown[start:end])
        markdown = markdown[:start] + hidden + markdown[end:]
    text = markers.SLOT.sub(lambda match: slots[int(match[1] or match[2])], markdown)
    for pattern, result in _MARKDOWN:
        text = pattern.sub(result, text)
    return text


_MARKDOWN: Final = [
    (re.compile(pattern, re.MULTILINE), result)
    for pattern, result in (
        (r"<!--[^>]*-->|</?[a-zA-Z][^<>\n]*>", ""),
        (r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1"),
        (r"<?https?://\S+", ""),
        (r"\{:?[ #.][^}\n]*\}", ""),  # Attribute lists.
        (r'^[ \t]*(?:!!!|\?\?\?\+?|===\+?)[ \t]*(?:[a-z-]+[ \t]*)*"?([^"\n]*)"?[ \t]*$', r"\1"),
        (r"^[ \t]*\|?[ :|-]+\|[ :|-]*$", ""),  # The line below a table's head.
        (r"\*+|(?<!\w)_+|_+(?!\w)", ""),
        (r"^[ \t]*>[ \t]?", ""),
    )
]
_ITEM: Final = re.compile(r"[ \t]*(?:[-+]|\d+[.)])[ \t]+")
_HEADING: Final = re.compile(r"[ \t]*(#+)[ \t]+")


def paragraphs(text: str, first_line: int = 1) -> list[Paragraph]:
    """The paragraphs, items, headings and rows of tables of a plain text, each with its line."""
    found: list[tuple[int, str, list[str]]] = []
    within = False
    for number, line in enumerate(text.split("\n"), first_line):
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if not line.strip():
            within = False
        elif heading:
            found.append((number, f"h{len(heading[1])}", [line[heading.end() :]]))
            within = False
        elif "|" in line:
            found += [(number, "cell", [cell]) for cell in line.split("|") if cell.strip()]
            within = False
        elif item or not within:
            rest = line[item.end() :] if item else line
            found.append((number, "item" if item else "paragraph", [rest]))
            within = True
        else:
            found[-1][2].append(line)
    return [Paragraph(line, kind, " ".join(" ".join(lines).split())) for line, kind, lines in found]


# A stop after these, after an initial or within a number ends no sentence.
_NO_END: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|v|No|Nos|Art|Arts|Sec|Fig|Dr|Mr|Ms|Prof|Inc|Ltd|Co|al|approx|ca)"
    r"|\b[A-Z]|[A-Z]\.[A-Z])\.$"
)
_END: Final = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z0-9])")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    found: list[str] = []
    for piece in _split(text):
        if found and _NO_END.search(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _split(text: str) -> list[str]:
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    pieces = [text[a:b].strip() for a, b in pairwise(ends)]
    return [piece for piece in pieces if piece]


# Records


def record_passages(collections: frozenset[str] | None = None) -> Iterator[Passage]:
    """The prose of all records, or of those of some collections, field by field."""
    library = samples.real()
    for name, records in library.collections.items():
        if collections is None or name in collections:
            for key, record in records.items():
                place = f"{library.paths[name, key]} ({key})"
                for field, text in _strings(record):
                    yield Passage(f"{place} {field}", text)


def _strings(record: r.Record) -> Iterator[tuple[str, str]]:
    """Texts of a record that are prose, with their field; its shape tells ids from texts."""
    ids = {loc for loc, _, _ in r.references(record)}
    for loc, text in _leaves(record, ()):
        titled = type(record).__name__ in _TITLED and loc == ("title",)
        names = {part for part in loc if isinstance(part, str)}
        if loc not in ids and (titled or not names & NO_PROSE) and not _is_code(text):
            yield ".".join(map(str, loc)), text


def _is_code(text: str) -> bool:
    """An address, a date, or a word of a fixed list such as `not-found`."""
    return bool(re.fullmatch(r"https?://\S+|\d{4}(-\d\d){0,2}|[a-z0-9]+(?:-[a-z0-9]+)+", text))


def _leaves(value: Any, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, r.Shape):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), (*loc, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*loc, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, (*loc, index))
