"""Of the built site: links, anchors, ids, alternative texts, headings and the site map hold.

One pass with a fast parser says which pages are at fault; only these are read once more, by one
that knows where things stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from .problems import Problem

_LINKS: Final = ("href", "src", "action")
_HERE: Final = "https://site.invalid/"  # Stands for the root, whatever that will be.
_ATTRIBUTES: Final = etree.XPath("//@id | //@href | //@src | //@action")
_HEADINGS: Final = etree.XPath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
_PICTURES: Final = etree.XPath("//img | //svg[@role='img']")
_CANONICAL: Final = etree.XPath("string(//link[@rel='canonical']/@href)")
_NAMES: Final = {"img": ("alt",), "svg": ("aria-label", "aria-labelledby")}
_UNNAMED: Final = "the picture has no alternative text"
_MAP: Final = "sitemap.xml"
_LOC: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass
class Reading:
    """What one page of the built site has: ids and how often, links, its own address, headings that
    skip a level and pictures without a name."""

    ids: Counter[str] = field(default_factory=Counter)
    links: set[str] = field(default_factory=set)
    canonical: str = ""
    faulty: bool = False


def read(file: Path) -> Reading:
    """Reads one HTML file."""
    page = Reading()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(file.read_bytes() or b"<p>", parser)
    for value in _ATTRIBUTES(root):
        if value.attrname == "id":
            page.ids[str(value)] += 1
        else:
            page.links.add(str(value))
    del page.ids[""]
    page.canonical = _CANONICAL(root)
    page.faulty = any(map(_skips, pairwise(one.tag for one in _HEADINGS(root)))) or any(
        _unnamed(one.tag, one.attrib) for one in _PICTURES(root)
    )
    return page


def _skips(headings: tuple[str, str]) -> bool:
    return headings[1][1] > chr(ord(headings[0][1]) + 1)


def _unnamed(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether a picture has nothing that could be read out in its place."""
    meant = tag == "img" or attributes.get("role") == "img"
    return meant and not any(name in attributes for name in _NAMES[tag])


class _Places(HTMLParser):
    """Where on a page is what was found wrong with it. `wrong` says it of an id or a link."""

    def __init__(self, path: str, wrong: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[Problem] = []
        self._path, self._wrong = path, wrong
        self._seen: set[str] = set()
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                if value in self._seen:
                    self._tell(f"the id `{value}` stands twice")
                self._seen.add(value)
            elif name in _LINKS and value is not None and (said := self._wrong(value)):
                self._tell(said)
        if tag in _NAMES and _unnamed(tag, dict(attrs)):
            self._tell(_UNNAMED)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            if self._heading and _skips((self._heading, tag)):
                self._tell(f"the heading `{tag}` comes after `{self._heading}`")
            self._heading = tag

    def _tell(self, message: str) -> None:
        line, column = self.getpos()
        self.problems.append(Problem(self._path, line, column + 1, message))


def check(site: Path) -> list[Problem]:
    """All that is wrong in the HTML files below `site`, and with the map of it if there is one."""
    pages = {file.relative_to(site).as_posix(): read(file) for file in sorted(site.rglob("*.html"))}
    problems = []
    for path, page in pages.items():
        # The links of the page for errors are from the root, since it is served anywhere.
        links = page.links if path != "404.html" else ()
        wrong = {link: said for link in links if (said := _fault(site, path, link, pages))}
        if wrong or page.faulty or any(number > 1 for number in page.ids.values()):
            places = _Places(path, wrong.get)
            places.feed((site / path).read_text(encoding="utf-8"))
            problems += places.problems
    if (site / _MAP).is_file():
        problems += _mapped(site, pages)
    return sorted(problems)


def _fault(site: Path, path: str, link: str, pages: Mapping[str, Reading]) -> str | None:
    """What is wrong with a link, if anything is."""
    try:
        target = urlsplit(urljoin(_HERE + path.removesuffix("index.html"), link))
    except ValueError:
        return f"the link `{link}` cannot be read"
    if not target.geturl().startswith(_HERE):
        if target.scheme not in ("http", "https", "mailto", "data"):
            return f"the link `{link}` has the scheme `{target.scheme}`"
        return None
    file = unquote(target.path.lstrip("/"))
    if not file or file.endswith("/"):
        file += "index.html"
    if file not in pages:
        return None if (site / file).is_file() else f"the link `{link}` leads nowhere"
    if target.fragment and unquote(target.fragment) not in pages[file].ids:
        return f"the link `{link}` has no such place on its page"
    return None


def _mapped(site: Path, pages: Mapping[str, Reading]) -> Iterator[Problem]:
    """What is wrong with the site map: it lists each page once, by the address it gives itself."""
    listed = Counter(place.text for place in etree.parse(site / _MAP).iter(_LOC))
    told = partial(Problem, _MAP, 1, 1)
    own = {page.canonical: path for path, page in pages.items() if path != "404.html"}
    for path, page in pages.items():
        if path != "404.html" and page.canonical not in listed:
            yield told(f"the page `{path}` is missing: its address is `{page.canonical}`")
    for address, number in listed.items():
        if number > 1:
            yield told(f"`{address}` stands there {number} times")
        if address not in own:
            yield told(f"`{address}` is the address of no page")
