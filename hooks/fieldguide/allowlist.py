"""The HTML that a written page may hold: a list of elements, attributes and schemes, nothing else.

What is checked is the HTML that Markdown makes of a page, so it does not matter how something got
there: as raw HTML, by an attribute list, by a link whose address stands elsewhere. It is read by
Lexbor, which follows the HTML standard, as browsers do: what a browser would take for a tag is one
here. Where the fault stands is found by converting the page up to each of its lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import yaml
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .expressions import Fault
from .markers import Expanded, code
from .problems import Problem

_PLAIN: Final = (
    "abbr b blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i ins kbd mark p pre q s samp small span strong sub summary sup table "
    "tbody tfoot thead tr ul var wbr"
)
# Attributes beside those of every element.
ELEMENTS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(_PLAIN.split(), frozenset[str]()),
    "a": frozenset({"href"}),
    "details": frozenset({"open"}),
    "div": frozenset({"data-tabs"}),
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "input": frozenset({"type", "name", "checked"}),  # The theme's tabs.
    "label": frozenset({"for"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope"}),
    "time": frozenset({"datetime"}),
}
EVERYWHERE: Final = frozenset({"class", "id", "lang", "markdown", "title"})
SCHEMES: Final = ("http", "https", "mailto")
# Names that begin with `__` are the theme's: its script believes what stands under them.
_TAB: Final = r"__tabbed_\d+(_\d+)?"
_VALUES: Final = {
    "data-tabs": r"\d+:\d+",
    "for": _TAB,
    "id": rf"(?!__)\S+|{_TAB}",
    "name": _TAB,
    "type": r"radio|[1aAiI]",
}
_ADDRESSES: Final = {"href", "src"}
_END: Final = "\ue003"  # No page can say this: see `files`.
_DEEPEST: Final = 40  # Elements within each other. Twenty times as many would stop Python.
_TOO_DEEP: Final = Fault("too much within each other", "Take out lists or quotations")
_MOST: Final = 20  # Problems of one page that are told.
_UNBALANCED: Final = Fault(
    "an element, tag or comment is not closed, or one is closed that was not opened",
    "Close each where it belongs",
)


def faults(html: str) -> list[Fault]:
    """All that is not allowed in the HTML of a page's text, in its order."""
    # As in a page: what is still open at the end swallows or moves what follows.
    whole = f"<!doctype html><html><body><article>{html}<aside {_END}></aside></article>"
    root = LexborHTMLParser(whole).root
    assert root
    nodes = list(root.traverse(include_text=False))
    article = next(node for node in nodes if node.tag == "article")
    end = nodes[-1] if _END in nodes[-1].attributes else None
    ours = {node.mem_id for node in (article, end) if node}
    found: list[Fault] = []
    depths: dict[int, int] = {}
    for node in nodes:
        above = depths.get(node.parent.mem_id, 0) if node.parent else 0
        depths[node.mem_id] = above + 1
        if node.mem_id not in ours:
            found += _of_element(str(node.tag), node)
        if above == _DEEPEST:
            found.append(_TOO_DEEP)
    if not end or not end.parent or end.parent.mem_id != article.mem_id:
        found.append(_UNBALANCED)
    return found


def _of_element(tag: str, node: LexborNode) -> Iterator[Fault]:
    if tag in ("html", "head", "body") and not node.attributes:
        return
    if tag in ("-comment", "None"):  # None is what another language would be told.
        yield Fault("a comment in HTML is not allowed", "Delete it")
    elif tag not in ELEMENTS:
        yield Fault(f"the element `<{_shown(tag)}>` is not allowed", "Write it as Markdown")
    else:
        for name, value in node.attributes.items():
            if fault := _of_attribute(tag, name, value or ""):
                yield fault


def _of_attribute(tag: str, name: str, value: str) -> Fault | None:
    if "\ue000" in name + value:
        return Fault(f"a marker in the tag `<{tag}>`", "Put it between tags")
    if name not in EVERYWHERE | ELEMENTS[tag]:
        hint = (
            "Use a class, and no colons to align the columns of a table"
            if name == "style"
            else "Take it out"
        )
        return Fault(f"the attribute `{_shown(name)}` of `<{tag}>` is not allowed", hint)
    if name in _ADDRESSES:
        return _of_address(name, value)
    if name in _VALUES and not re.fullmatch(_VALUES[name], value):
        return Fault(f"the attribute `{name}` may not be `{_shown(value)}`", "Take it out")
    return None


def _of_address(name: str, value: str) -> Fault | None:
    """Only addresses that every browser reads alike, and that run nothing."""
    # A browser leaves out white space, and takes `\` for `/`.
    if re.search(r"[\x00-\x1f\\]|^\s|\s$", value) or value.startswith("//"):
        message = f"the address `{_shown(value)}` is not read by all browsers alike"
        return Fault(message, "Begin it with https://, or give a path on this site")
    scheme, colon, rest = value.partition(":")
    if not colon or re.search(r"[/?#]", scheme):
        return None
    if name == "src":
        return Fault(f"the picture `{_shown(value)}` is not a file of the project", "Put it here")
    scheme = scheme.lower()
    if scheme not in SCHEMES or (scheme != "mailto" and not re.match(r"//[^/]", rest)):
        return Fault(
            f"the address `{_shown(value)}` is not allowed",
            f"Use {', '.join(SCHEMES)}, or a path on this site",
        )
    return None


def _shown(text: str) -> str:
    """A text from a page within a message: short, and nothing that a terminal would obey."""
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 60 else f"{text[:60]}…"


class Converter:
    """Markdown to HTML, with the extensions and settings of the site."""

    def __init__(self, extensions: Iterable[str], configs: Mapping[str, Any]) -> None:
        self._made = partial(Markdown, extensions=list(extensions), extension_configs=dict(configs))
        self._markdown = self._made()
        self._fine: set[str] = set()

    def __call__(self, text: str) -> str:
        """The HTML of a page, and below it the titles of its table of contents."""
        html: str = self._markdown.reset().convert(text)
        return html + "".join(_titles(getattr(self._markdown, "toc_tokens", ())))

    def check(self, page: Expanded, path: str, first_line: int) -> list[Problem]:
        """What the page's HTML has that it may not have; `first_line` is that of its text."""
        text = page.markdown
        if text in self._fine:
            return []
        try:
            found = faults(self(text))
        except RecursionError:
            self._markdown = self._made()  # What was open then would stay open.
            return [Problem(path, first_line, 1, _TOO_DEEP.message, _TOO_DEEP.hint)]
        if not found:
            self._fine.add(text)
            return []
        return list(self._located(found[:_MOST], page, path, first_line))

    def _located(
        self, found: list[Fault], page: Expanded, path: str, first_line: int
    ) -> Iterator[Problem]:
        text, hidden = page.markdown, list(code(page.markdown))
        ends = [match.start() for match in re.finditer(r"\n|\Z", text)]
        ends = [end for end in ends if not any(start < end < stop for start, stop in hidden)]

        @cache
        def up_to(end: int) -> Counter[Fault]:
            return Counter(faults(self(text[:end])))

        def times(fault: Fault, end: int) -> int:
            return up_to(end)[fault]

        for fault, count in Counter(found).items():
            for number in range(1, count + 1):
                if fault == _UNBALANCED:
                    good = next((end for end in reversed(ends) if not up_to(end)[fault]), 0)
                    start = good + len(text[good:]) - len(text[good:].lstrip())
                else:
                    at = bisect_left(ends, number, key=partial(times, fault))
                    start = text.rfind("\n", 0, ends[at]) + 1
                yield Problem(path, first_line + page.line(start), 1, fault.message, fault.hint)


def converter(root: Path) -> Converter:
    """As `root/mkdocs.yml` has it; without that file, plain Markdown."""
    file = root / "mkdocs.yml"
    settings = yaml.load(file.read_bytes(), _Settings) if file.exists() else {}  # noqa: S506
    names = ["toc", "tables", "fenced_code"]  # The three that are always there.
    configs: dict[str, Any] = {}
    for entry in settings.get("markdown_extensions") or ():
        given = entry if isinstance(entry, dict) else {entry: {}}
        names += given
        configs |= {name: config or {} for name, config in given.items()}
    return Converter(dict.fromkeys(names), configs)


class _Settings(yaml.SafeLoader):
    """Reads the settings of the site generator, which has tags of its own; none is obeyed."""


_Settings.add_multi_constructor("", lambda loader, tag, node: None)


def _titles(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        yield token["name"]
        yield from _titles(token["children"])
