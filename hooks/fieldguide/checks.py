"""Of the built site: every link, anchor and id on its pages resolves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from .problems import Problem

_LINKS: Final = {"href", "src", "action"}
_HERE: Final = "https://site.invalid/"  # Stands for the root, whatever that will be.


@dataclass
class Reading:
    """What one page of the built site has: its ids, its links and their places, what is wrong."""

    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    links: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    twice: list[tuple[str, tuple[int, int]]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Reading()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        place = (line, column + 1)
        for name, value in attrs:
            if name == "id" and value:
                if value in self.page.ids:
                    self.page.twice.append((value, place))
                self.page.ids[value] = place
            elif name in _LINKS and value is not None:
                self.page.links.append((value, place))


def read(file: Path) -> Reading:
    """Reads one HTML file."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.page


def check(site: Path) -> list[Problem]:
    """All broken links and anchors and repeated ids in the HTML files below `site`."""
    pages = {file.relative_to(site).as_posix(): read(file) for file in sorted(site.rglob("*.html"))}
    problems = []
    for path, page in pages.items():
        problems += [Problem(path, *at, f"the id `{id_}` stands twice") for id_, at in page.twice]
        if path != "404.html":  # Its links are from the root, since it is served anywhere.
            problems += _links(site, path, page, pages)
    return sorted(problems)


def _links(site: Path, path: str, page: Reading, pages: dict[str, Reading]) -> Iterator[Problem]:
    address = path.removesuffix("index.html")
    for link, at in page.links:
        try:
            target = urlsplit(urljoin(_HERE + address, link))
        except ValueError:
            yield Problem(path, *at, f"the link `{link}` cannot be read")
            continue
        if not target.geturl().startswith(_HERE):
            if target.scheme not in ("http", "https", "mailto", "data"):
                yield Problem(path, *at, f"the link `{link}` has the scheme `{target.scheme}`")
            continue
        file = unquote(target.path.lstrip("/"))
        if not file or file.endswith("/"):
            file += "index.html"
        if file not in pages:
            if not (site / file).is_file():
                yield Problem(path, *at, f"the link `{link}` leads nowhere")
        elif target.fragment and unquote(target.fragment) not in pages[file].ids:
            yield Problem(path, *at, f"the link `{link}` has no such place on its page")
