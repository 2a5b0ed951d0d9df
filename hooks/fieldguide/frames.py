"""The theme's page around generated content, rendered once per kind and then filled for each page.

Pages of one kind differ in a few places only. A frame is a full render of one of them in which
marks stand in these places; it is cut at the marks, and a page is the pieces with its own values
between them. A mark comes out of every filter that a theme puts on a text (escaping, `striptags`,
`urlencode`) as another text, so each place is filled with the value under the same filter. What a
frame gives is byte for byte what a full render would give: that is checked on the first page of
each kind, and a kind that fails is rendered in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup, escape


def _stripped(text: str) -> str:
    return Markup(text).striptags()  # noqa: S704 (as the filter of this name)


_FILTERS: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: text,
    _stripped,
    lambda text: str(escape(text)),
    lambda text: str(escape(_stripped(text))),
    lambda text: quote(text, safe="/"),
    lambda text: quote(_stripped(text), safe="/"),
)


@dataclass(frozen=True)
class Link:
    """An entry of a table of contents: `#anchor`, and its text."""

    url: str
    title: str


def mark(name: str) -> str:
    """The mark that stands for the value of this name: no filter leaves it as it is."""
    return f"fgmark-{name}-&amp;{{}}"


# Two entries of a table of contents: the least that shows what stands between entries.
LINKS: Final = (Link("fgmark-url-1", "fgmark-title-1"), Link("fgmark-url-2", "fgmark-title-2"))
_CONTENTS: Final = "fgmark-url-1(.*?)fgmark-title-1(.*?)fgmark-url-2(\\1)fgmark-title-2"


class Frame:
    """One kind of page, cut into what all of them share and the places of their own values."""

    def __init__(self, html: str, names: Iterable[str]) -> None:
        """`html` is a page rendered with `mark(name)` for each value and `LINKS` as contents."""
        marks: dict[str, tuple[str, Callable[[str], str]]] = {}
        for name in names:
            for change in _FILTERS:
                marks.setdefault(change(mark(name)), (name, change))
        pattern = re.compile("|".join([_CONTENTS, *map(re.escape, marks)]), re.DOTALL)
        self._shared: list[str] = []
        self._own: list[Callable[[Mapping[str, str], list[Link]], str]] = []
        end = 0
        for found in pattern.finditer(html):
            self._shared.append(html[end : found.start()])
            self._own.append(
                _contents(found[1], found[2]) if found[1] is not None else _value(*marks[found[0]])
            )
            end = found.end()
        self._rest = html[end:]

    def fill(self, values: Mapping[str, str], links: Iterable[Link]) -> str:
        """The page with these values. Raises `KeyError` for a value that is not given."""
        links = list(links)
        pairs = zip(self._shared, self._own, strict=True)
        return "".join(text for same, own in pairs for text in (same, own(values, links))) + (
            self._rest
        )


def _value(
    name: str, change: Callable[[str], str]
) -> Callable[[Mapping[str, str], list[Link]], str]:
    return lambda values, _: change(values[name])


def _contents(within: str, between: str) -> Callable[[Mapping[str, str], list[Link]], str]:
    return lambda _, links: between.join(f"{link.url}{within}{link.title}" for link in links)


class Marked:
    """A page with marks for its own values; everything else is as on the page itself."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.title = mark("title")
        self.meta = page.meta | {name: mark(f"meta_{name}") for name in ("title", "description")}
        self.canonical_url = page.canonical_url and mark("canonical_url")
        self.edit_url = page.edit_url and mark("edit_url")
        self.content = _HEADED + mark("content")
        items = [SimpleNamespace(url=link.url, title=link.title, children=[]) for link in LINKS]
        children = items if _links(page) else []
        self.toc = [SimpleNamespace(level=1, url=f"#{mark('anchor')}", children=children)]
        for side in ("previous", "next"):
            other = getattr(page, f"{side}_page")
            near = other and SimpleNamespace(
                title=mark(f"{side}_title"), url=f"{_folder(other.url)}{mark(f'{side}_name')}/"
            )
            setattr(self, f"{side}_page", near)

    def on(self, page: Any) -> Marked:
        """The same marks on another page, that has all that a theme may ask for."""
        self._page = page
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)


_HEADED: Final = "<h1"  # The theme adds a heading to content that has none.
_NAMES: Final = (
    *("title", "anchor", "meta_title", "meta_description", "canonical_url", "edit_url", "content"),
    *("previous_title", "previous_name", "next_title", "next_name"),
)


def _folder(url: str) -> str:
    return url.rstrip("/").rpartition("/")[0] + "/"


def _links(page: Any) -> list[Link]:
    """The table of contents below the title."""
    return [Link(item.url, item.title) for first in page.toc for item in first.children]


def values(page: Any) -> dict[str, str]:
    """What a page puts in the places of the marks."""
    found = {name: getattr(page, name) or "" for name in ("title", "canonical_url", "edit_url")}
    found |= {f"meta_{name}": page.meta[name] for name in ("title", "description")}
    found |= {"content": page.content, "anchor": next(iter(page.toc)).url[1:]}
    for side in ("previous", "next"):
        if other := getattr(page, f"{side}_page"):
            found[f"{side}_title"] = other.title
            found[f"{side}_name"] = other.url.rstrip("/").rpartition("/")[2]
    return found


class Frames:
    """The frames of one build. `render` is a full render: of a page, with the theme's context."""

    def __init__(self, render: Callable[[Any, Any], str]) -> None:
        self._render = render
        self._frames: dict[tuple[str, bool, bool, bool], Frame | None] = {}

    def html(self, page: Any, context: Any, kind: str) -> str:
        """The whole page, as a full render would give it.

        `page` is one of the site generator's, `kind` a name for pages that share their place: their
        folder, and what is above them. Where a theme does with a value what no frame foresees,
        pages of that kind are rendered in full.
        """
        key = (kind, bool(page.previous_page), bool(page.next_page), bool(_links(page)))
        if key not in self._frames:
            marked = self._render(Marked(page), context).replace(
                _HEADED + mark("content"), mark("content")
            )
            frame, whole = Frame(marked, _NAMES), self._render(page, context)
            self._frames[key] = frame if frame.fill(values(page), _links(page)) == whole else None
            return whole
        found = self._frames[key]
        if found is None:
            return self._render(page, context)
        return found.fill(values(page), _links(page))

    @property
    def unfit(self) -> list[tuple[str, bool, bool, bool]]:
        """The kinds that had to be rendered in full."""
        return [key for key, frame in self._frames.items() if frame is None]
