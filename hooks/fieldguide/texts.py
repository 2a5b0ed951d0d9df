"""The Markdown beside pages, and `llms.txt`, which lists it all (llmstxt.org)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Final

from . import plain
from .addresses import relative
from .articles import address_of
from .endpoints import CREDIT, ENDPOINTS
from .endpoints import FOLDER as API
from .expansion import Written
from .feeds import ALL
from .markers import SLOT, Block, Expanded
from .tables import PACKAGE
from .views import Guide

LLMS: Final = "llms.txt"
_HOW: Final = (
    "Each page of this guide has its text as Markdown at its address with `index.md` behind it; so "
    "has that of each model, licence, tool, maker, definition and debate. The lists of records "
    "give these addresses as `page`."
)
_OPTIONAL: Final = (
    ("Tables", PACKAGE, "Models, licences, tools and evidence as CSV: what is in which column."),
    ("Description of the API", f"{API}openapi.json", "As OpenAPI, for programs that make clients."),
    ("News", ALL, "What changed, as an Atom feed."),
)
_SECTION: Final = re.compile(r"(?=<h2 )")
_MARK: Final = re.compile(r'<a class="headerlink".*?</a>')
_LINK: Final = re.compile(r"(?<=\]\()(?![a-z]+:)([^)\s#?]+)(?=[)#?])")  # To a file of ours.


def place(page: Written) -> str:
    """Where the page's Markdown stands, below the site's root."""
    return f"{page.address}index.md"


def beside(page: Written, guide: Guide) -> str:
    """The page as plain Markdown with its markers written out."""

    def target(link: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), link[1]))
        return relative(address_of(file) if file.endswith(".md") else file, page.address)

    text = _filled(page.expanded, _LINK.sub(target, page.expanded.markdown))
    text = re.sub(r"\n{3,}", "\n\n", text.strip())
    end = f"{CREDIT}, {guide.base}{page.address}, CC BY 4.0"
    return f"{text}\n\n---\n\n{end}\n"


def of_record(html: str, address: str, guide: Guide) -> str:
    """The page of a record as plain Markdown, section by section, from the HTML that it shows."""
    main = html.partition('<p class="fg-improve">')[0]
    text = "".join(map(plain.markdown, _SECTION.split(_MARK.sub("", main))))
    text = re.sub(r"\n{3,}", "\n\n", text.strip())
    return f"{text}\n\n---\n\n{CREDIT}, {guide.base}{address}, CC BY 4.0\n"


def _filled(expanded: Expanded, text: str) -> str:
    def written(slot: re.Match[str]) -> str:
        html = expanded.slots[int(slot[1] or slot[2])]
        return plain.markdown(html) if isinstance(html, Block) else plain.inline(html)

    return SLOT.sub(written, text)


def llms(pages: Iterable[Written], guide: Guide) -> str:
    """What there is for programs, as llmstxt.org has it: each line of a section is a link.

    Every written page by folder, its index first; then the lists that lead to every record; what
    can be left out is under `Optional`.
    """
    folders: dict[str, list[Written]] = {"": []}
    for page in sorted(pages, key=lambda page: not page.path.endswith("index.md")):
        folders.setdefault(page.path.rpartition("/")[0], []).append(page)
    first = folders[""][0]
    lines = ["# Open Model Field Guide", "", f"> {plain.text(first.article.description)}", "", _HOW]
    for folder, group in sorted(folders.items()):
        indexed = group[0].path.endswith("index.md")
        name = plain.text(group[0].article.title) if indexed else folder.capitalize()
        lines += ["", f"## {name if folder else 'Begin here'}", ""]
        lines += [
            _link(page.article.title, place(page), page.article.description, guide)
            for page in group
        ]
    lines += ["", "## Lists of records", ""]
    for endpoint in (one for one in ENDPOINTS if "{" not in one.name):
        name = endpoint.name.capitalize() if endpoint.listed else "The API’s entry"
        lines.append(_link(name, f"{API}{endpoint.path}", endpoint.about, guide))
    lines += ["", "## Optional", ""]
    lines += [_link(name, path, says, guide) for name, path, says in _OPTIONAL]
    return "\n".join([*lines, ""])


def _link(title: str, path: str, says: str, guide: Guide) -> str:
    return f"- [{plain.text(title)}]({guide.base}{path}): {plain.text(says)}"
