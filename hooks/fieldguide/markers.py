"""`{{ … }}` in Markdown: found, put through Markdown whole, and reported with its line if it fails.

Markers hold expressions (see `expressions`), never blocks or comments: these collide with attribute
lists. Nothing inside code is a marker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from markupsafe import Markup, escape

from .expressions import Fault, evaluate
from .files import at
from .problems import Problem

_MARKER: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_OPEN: Final = re.compile(r"\{\{(?!.*?\}\})", re.DOTALL)
_FENCE: Final = re.compile(r"^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_CODE: Final = re.compile(  # A span ends with its paragraph, an element at its tag.
    r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)|<(pre|code)\b.*?</\2>", re.DOTALL
)
_UNDERLINE: Final = re.compile(r"(=+|-+)[ \t]*")
_APART: Final = re.compile(r"\s*(<|#|!!!|\?\?\?|===)")  # Begins a line that no paragraph takes in.

# A slot holds the place of a marker's HTML while Markdown is converted, so that neither can change
# the other. The letters are from Unicode's private use area and mean nothing elsewhere.
SLOT: Final = re.compile("(?:<p>)?\ue000([0-9]+)\ue002\ue001(?:</p>)?|\ue000([0-9]+)\ue001")


class Block(Markup):
    """HTML that stands by itself: its marker must be alone on its line."""


@dataclass
class Expanded:
    """Markdown with slots in place of markers, the HTML for each slot, and what went wrong.

    Large tables are made when they are asked for; only then `problems` has what is wrong in them.
    """

    markdown: str
    made: list[Markup | Callable[[], Markup]]
    problems: list[Problem]
    within: list[int] = field(default_factory=list)  # Line ends in the marker of each slot.

    def line(self, position: int) -> int:
        """How many lines of the page end before a position of `markdown`."""
        before = self.markdown[:position]
        slots = (int(found[1] or found[2]) for found in SLOT.finditer(before))
        return before.count("\n") + sum(self.within[number] for number in slots)

    def slot(self, number: int) -> Markup:
        """The HTML for one slot."""
        made = self.made[number]
        if not isinstance(made, Markup):
            made = self.made[number] = made()
        return made

    @property
    def slots(self) -> list[Markup]:
        """The HTML for each slot."""
        return [self.slot(number) for number in range(len(self.made))]

    def fill(self, html: str) -> str:
        """Puts the HTML into the slots, once the Markdown is converted."""
        return SLOT.sub(lambda match: str(self.slot(int(match[1] or match[2]))), html)

    def add(self, html: Markup | Callable[[], Markup], marker: str = "") -> str:
        """Makes a slot for `html`, or for the block that it will make, in the place of `marker`;
        returns the text that holds its place."""
        self.made.append(html)
        self.within.append(marker.count("\n"))
        block = "" if isinstance(html, Markup) and not isinstance(html, Block) else "\ue002"
        return f"\ue000{len(self.made) - 1}{block}\ue001"


def expand(
    markdown: str, path: str, vocabulary: Mapping[str, Callable[..., object]], first_line: int = 1
) -> Expanded:
    """Evaluates all markers of a page. `first_line` is the line of the file on which it begins.

    Functions that are `later` are called when the page is put together.
    """
    expanded = Expanded("", [], [])
    pieces, end = [], 0

    def result(match: re.Match[str]) -> Markup:
        found = evaluate(match[1], vocabulary)
        if not isinstance(found, Fault):
            found = _fits(found, markdown, match)
        if isinstance(found, Fault):
            place = at(markdown, match.start(), first_line)
            expanded.problems.append(Problem(path, *place, found.message, found.hint))
            found = escape(match[0])
        return found

    for match in occurrences(markdown):
        waits = getattr(vocabulary.get(_called(match[1])), "later", False)
        if waits and not isinstance(_fits(Block(), markdown, match), Fault):
            made: Markup | Callable[[], Markup] = partial(result, match)
        else:
            made = result(match)
        pieces += [markdown[end : match.start()], expanded.add(made, match[0])]
        end = match.end()
    expanded.markdown = "".join([*pieces, markdown[end:]])
    expanded.problems += _unclosed(markdown, path, first_line)
    return expanded


F = TypeVar("F", bound=Callable[..., object])


def later(function: F) -> F:
    """Marks a function of a block whose HTML is long in the making, and asked of few pages."""
    function.later = True  # type: ignore[attr-defined]
    return function


def _called(source: str) -> str:
    """The function that a marker calls, as far as it is one call."""
    call = re.fullmatch(r"\s*(\w+)\s*\([^()]*\)\s*", source)
    return call[1] if call else ""


def occurrences(markdown: str, marker: re.Pattern[str] = _MARKER) -> Iterator[re.Match[str]]:
    """The markers outside of code."""
    hidden, position = list(code(markdown)), 0
    while match := marker.search(markdown, position):
        around = [end for start, end in hidden if start <= match.start() < end]
        if not around:
            yield match
        position = around[0] if around else match.end()


def _unclosed(markdown: str, path: str, first_line: int) -> Iterator[Problem]:
    """Markers that begin and do not end: they would stand on the page as they are."""
    for match in occurrences(markdown, _OPEN):
        place = at(markdown, match.start(), first_line)
        yield Problem(path, *place, "a marker is not closed", "End it with `}}`")


def code(markdown: str) -> Iterator[tuple[int, int]]:
    """Where code stands: fenced blocks first, then spans and elements between them."""
    position, fences = 0, list(_FENCE.finditer(markdown))
    while fences:
        opening = fences.pop(0)
        yield from _spans(markdown, position, opening.start())
        fence = opening[1]
        while fences and not (fences[0][1][0] == fence[0] and len(fences[0][1]) >= len(fence)):
            fences.pop(0)
        position = fences.pop(0).end() if fences else len(markdown)
        yield opening.start(), position
    yield from _spans(markdown, position, len(markdown))


def _spans(markdown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _CODE.finditer(markdown, start, end):
        yield match.span()


def _fits(result: Markup, markdown: str, match: re.Match[str]) -> Markup | Fault:
    """Whether the result may stand where its marker stands."""
    *_, above, before = ["", *markdown[: match.start()].split("\n")]
    after, below, *_ = [*markdown[match.end() :].split("\n"), ""]
    underlined = not above.strip() and _UNDERLINE.fullmatch(below)
    if before.lstrip(" \t>").startswith("#") or underlined:
        return Fault("a marker in a heading", "Put it into the text below")
    if isinstance(result, Block):
        if before.strip() or after.strip():
            return Fault("this marker makes a block", "Give it a line of its own")
        if any(line.strip() and not _APART.match(line) for line in (above, below)):
            return Fault("this marker makes a block", "Leave an empty line before and after it")
    return result
