"""What our templates make, as plain Markdown: headings, paragraphs, lists, links and tables.

Pictures, forms and scripts are left out: a picture's numbers stand in the table below it.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

# Collections whose records have the Markdown of their page beside it; models have one of their own.
BESIDE: Final = {
    "licences": "licence",
    "tools": "tool",
    "organisations": "maker",
    "definitions": "definition of openness",
    "debates": "debate",
}
_LEFT_OUT: Final = frozenset(
    ("svg", "script", "style", "form", "select", "button", "template", "datalist", "noscript")
)
_HEADINGS: Final = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    ("p", "div", "section", "details", "summary", "figure", "figcaption", "ul", "ol", "dl", "aside")
)
_ANCHOR: Final = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
MOST_ROWS: Final = 80


def markdown(html: str) -> str:
    """The Markdown of some HTML, with an empty line around each block."""
    rows = html.count("<tr")
    if rows > MOST_ROWS:
        return f"\n\n*A table of {rows - 1} rows: see the page, or the tables for download.*\n\n"
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(writer.out))


def inline(html: str) -> str:
    """The Markdown of what a marker prints in a sentence: text and links, no more."""

    def words(piece: str) -> str:
        return text(unescape(re.sub(r"<[^>]+>", "", piece)))

    out, end = [], 0
    for link in _ANCHOR.finditer(html):
        out += [words(html[end : link.start()]), f"[{words(link[2])}]({unescape(link[1])})"]
        end = link.end()
    return "".join([*out, words(html[end:])])


def text(words: str) -> str:
    """Words as Markdown in which they are no more than words: no element, no link."""
    return words.replace("<", "&lt;").replace("](", "]\\(")


def cell(text: str) -> str:
    """A text as it may stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.hidden = 0
        self.kept = False  # Whether lines stay as they are.
        self.code = 0  # How many elements of code are open: words stay as they are.
        self.links: list[str] = []
        self.row: list[list[str]] | None = None  # The cells of the row that is being read.
        self.heads = 0  # Rows of the table so far.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden or tag in _LEFT_OUT:
            self.hidden += tag in _LEFT_OUT
            return
        of = dict(attrs)
        if tag == "table":
            self.heads = 0
        elif tag == "tr":
            self._end_row()
            self.row = []
        elif tag in ("td", "th") and self.row is not None:
            self.row.append([])
        elif tag == "a":
            self.links.append(of.get("href") or "")
            self._put("[")
        elif tag in ("strong", "caption"):
            self._put("\n\n**" if tag == "caption" else "**")
        elif tag == "pre":
            self.kept, self.code = True, self.code + 1
            self._put("\n\n```\n")
        elif tag == "code":
            self.code += 1
            self._put("" if self.kept else "`")
        elif tag == "img":
            self._put(text(of.get("alt") or ""))
        elif tag in _HEADINGS:
            self._put("\n\n" + _HEADINGS[tag])
        elif tag in ("li", "dt"):
            self._put("\n- " if tag == "li" else "\n- **")
        elif tag in _BLOCKS or tag == "br":
            self._put("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT or self.hidden:
            self.hidden -= tag in _LEFT_OUT
        elif tag in ("tr", "thead", "tbody", "table"):
            self._end_row()
            self._put("\n\n" if tag == "table" else "")
        elif tag == "a" and self.links:
            self._put(f"]({self.links.pop()})")
        elif tag in ("strong", "caption"):
            self._put("**\n\n" if tag == "caption" else "**")
        elif tag == "pre":
            self.kept, self.code = False, self.code - 1
            self._put("```\n\n")
        elif tag == "code":
            self.code -= 1
            self._put("" if self.kept else "`")
        elif tag == "dt":
            self._put("**: ")
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._put("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self._put(data if self.code else text(re.sub(r"\s+", " ", data)))

    def _put(self, text: str) -> None:
        if self.row is None:
            if text.strip(" ") or not self.out or not self.out[-1].endswith("\n"):
                self.out.append(text)
        elif self.row:
            self.row[-1].append(text)

    def _end_row(self) -> None:
        if not self.row:
            self.row = None
            return
        cells = [cell("".join(texts)) for texts in self.row]
        self.row = None
        self.out.append(f"{'' if self.heads else chr(10)}| {' | '.join(cells)} |\n")
        if not self.heads:
            self.out.append("|---" * len(cells) + "|\n")
        self.heads += 1
