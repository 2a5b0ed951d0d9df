"""The Markdown beside pages, and `llms.txt`, which lists it all (llmstxt.org)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Final

from . import plain
from .addresses import address, relative
from .articles import Written, address_of
from .endpoints import CREDIT
from .markers import SLOT, Block, Expanded
from .views import Guide

LLMS: Final = "llms.txt"
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
    """What there is for language models: the written pages by folder, then the data."""
    by_path = {page.path: page for page in pages}
    home = by_path.pop("index.md")
    lines = ["# Open Model Field Guide", "", f"> {plain.text(home.article.description)}"]
    folder = ""
    for path, page in by_path.items():
        if (now := path.split("/")[0]) != folder:
            folder = now
            index = by_path.get(f"{folder}/index.md")
            name = plain.text(index.article.title) if index else folder.capitalize()
            lines += ["", f"## {name}", ""]
        link = f"{guide.base}{page.address}index.md"
        title, says = plain.text(page.article.title), plain.text(page.article.description)
        lines.append(f"- [{title}]({link}): {says}")
    lines += ["", "## Records", "", *_records(guide), ""]
    return "\n".join(lines)


def _records(guide: Guide) -> Iterator[str]:
    base, library = guide.base, guide.library
    number = len(library.models)
    yield f"- [All {number} models as a table]({base}data/models.csv): one a row, with every part"
    yield f"- [All data as JSON]({base}api/v1/index.json): the files, and where their schemas are"
    for collection, words in plain.BESIDE.items():
        if records := library.collections[collection]:
            key = min(records)
            link = f"{base}{address(collection, key)}index.md"
            yield f"- [One {words} as Markdown]({link}): each has such a file beside its page"
    example = f"{base}models/{min(library.models)}/index.md" if library.models else ""
    yield f"- [One model as Markdown]({example}): each model has such a file below `models/<id>/`"
