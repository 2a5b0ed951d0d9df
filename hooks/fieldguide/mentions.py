"""A written page as prose: what is text in it and what is not, and which records it names where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from .markers import code, occurrences
from .names import KINDS, Name, Names

GONE: Final = "\ufffc"  # Stands for each character of a marker, so that places stay.
# Markers that make a table from ids, and what these are ids of.
_TABLES: Final = {
    "parts_grid": "model",
    "memory_table": "model",
    "licence_table": "licence",
    "shipping_table": "licence",
}
_CALL: Final = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*(?:\.\s*(\w+))?")
_ID: Final = re.compile(r"""["']([\w.+-]+)["']""")
_FRONT: Final = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)
_SEEN: Final = re.compile(  # What readers see of it; a line of dashes ends it.
    r"^(?:title|description|learn|bottom_line):(?: [>|]-?(?=\n))?"
    r"(.*\n(?:(?:[ \t]|-[ \t]).*\n|\n)*)",
    re.MULTILINE,
)
_LINK: Final = re.compile(  # Its words, and its address.
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\]\n]*\])"
)
# What has a title's place: headings, heads of tables, titles of boxes and tabs.
_TITLES: Final = re.compile(
    r"^[ \t>]*\#.*$|^.+\n(?=(?:=+|-+)[ \t]*$)|^.*\|.*\n(?=[ \t]*\|?[ :|-]+\|[ :|-]*$)"
    r"|^[ \t]*(?:!!!|\?\?\?\+?|===[+!]?)[ \t].*$",
    re.MULTILINE,
)
# Definitions of links; HTML, addresses, and lists of attributes.
_NO_PROSE: Final = re.compile(
    r"^[ \t]*\*?\[[^\]\n]+\]:.*$"
    r"|<!--(?s:.*?)-->|<(a|h[1-6]|summary|button|label|caption)\b(?s:.*?)</\1>|</?[a-zA-Z][^<>]*>"
    r"|<?https?://\S+|\{:?[ #.][^}\n]*\}",
    re.MULTILINE,
)
_QUOTED: Final = re.compile(r"“[^”]*”|^[ \t]*>.*$", re.MULTILINE)
_HOLDS: Final = re.compile(r"[ \t]*(?:[-+*:<]|\d+[.)]|!!!|\?\?\?|===)")  # What indented text is in.
_SENTENCE: Final = re.compile(r"[.!?…][”’)*_]*(?=\s)|\n[ \t]*\n|\n[ \t]*(?=[-+*|>#]|\d+[.)])|\|")
Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """A record named on a page. `linked` says whether a reader can follow it; `name` is set where
    it is written out; `fact` is the attribute that a marker asks for."""

    start: int
    end: int
    kind: str
    key: str
    linked: bool
    name: Name | None = None
    fact: str = ""


class Page:
    """The Markdown of the file `path`, with its front matter and with `\\n` at the end of lines.

    `prose` is that text with all that is no prose blanked out. Titles, and what readers see of the
    front matter, are prose in which no marker can stand. `calls` are the markers: name and first
    argument.
    """

    def __init__(self, path: str, text: str, names: Names) -> None:
        self.path = path
        self.text = text
        front = _FRONT.match(text)
        self.body = front.end() if front else 0
        body = _blank(text, [(0, self.body)])
        prose = _blank(body, code(body))
        prose = _blank(prose, _indented(prose))
        self.calls: list[tuple[str, str]] = []
        marked: list[Mention] = []
        for match in occurrences(body):
            marked += self._by_marker(match)
            prose = prose[: match.start()] + GONE * len(match[0]) + prose[match.end() :]
        links = list(_LINK.finditer(prose))
        ends = [span for m in links for span in ((m.start(), m.start(1)), (m.end(1), m.end()))]
        prose = _blank(prose, ends)
        prose = _blank(prose, (match.span() for match in _NO_PROSE.finditer(prose)))
        seen = [match.span(1) for match in _SEEN.finditer(text, 0, self.body)]
        rest = pairwise([0, *(place for span in seen for place in span), self.body])
        self.prose = _blank(text[: self.body], list(rest)[::2]) + prose[self.body :]
        self.titles = [*seen, *(match.span() for match in _TITLES.finditer(prose))]
        self.quotations = [match.span() for match in _QUOTED.finditer(self.prose)]
        linked = [match.span(1) for match in links]
        written = (
            Mention(start, end, name.kind, name.key, within(linked, start), name)
            for start, end, name in names.written(self.prose)
        )
        self.mentions = sorted([*marked, *written], key=lambda mention: mention.start)
        ends = [(m.end(), m.end()) for m in _SENTENCE.finditer(self.prose)]
        self._ends = sorted({0, *chain(*ends, *self.titles), len(text)})

    def _by_marker(self, match: re.Match[str]) -> Iterator[Mention]:
        call = _CALL.match(match[1])
        if not call:
            return
        function, fact = call[1], call[3] or ""
        keys = _ID.findall(call[2])
        self.calls += [(function, key) for key in keys[:1]]
        if function in _TABLES:
            for key in keys:
                yield Mention(*match.span(), _TABLES[function], key, linked=True)
        elif function in KINDS and keys:
            yield Mention(*match.span(), function, keys[0], linked=not fact, fact=fact)

    def quoted(self, position: int) -> bool:
        return within(self.quotations, position)

    def titled(self, position: int) -> bool:
        """Whether it is in a title or in front matter."""
        return within(self.titles, position)

    def sentence(self, position: int) -> Span:
        """Where the sentence, item or cell around a position begins and ends."""
        start = max(end for end in self._ends if end <= position)
        return start, min((end for end in self._ends if end > position), default=len(self.text))

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of a position, from 1."""
        line = self.text.count("\n", 0, position) + 1
        return line, position - self.text.rfind("\n", 0, position)


def within(spans: Iterable[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)


def _indented(text: str) -> Iterator[Span]:
    """Lines of code by their indentation: after an empty line, below nothing that holds them."""
    position, held, after_empty, last = 0, False, True, False
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        indented = line.startswith(("    ", "\t"))
        if bare and not indented:
            held = bool(_HOLDS.match(line)) or (held and line[0] == " ")
        last = bool(bare) and indented and not held and (after_empty or last)
        if last:
            yield position, position + len(line)
        after_empty = not bare
        position += len(line)


def _blank(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces in place of some stretches; lines stay where they are."""
    pieces, last = list[str](), 0
    for start, end in sorted(spans):
        start = max(start, last)
        pieces += [text[last:start], re.sub(r"[^\n]", " ", text[start:end])]
        last = max(end, last)
    return "".join([*pieces, text[last:]])
