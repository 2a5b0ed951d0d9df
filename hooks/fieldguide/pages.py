"""Which pages the data generates: address, title, description, source, neighbours and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final

from . import debates, pairs
from .addresses import address
from .choosing import Path, Step
from .judged import SPECTRUM
from .render import Renderer, sentence
from .rulings import headline
from .views import Guide

# Collection, template (also the name its record has there) and the written page it belongs under.
_KINDS: Final = (
    ("models", "model", "models/index.md"),
    ("licences", "licence", "licences/index.md"),
    ("tools", "tool", "run/index.md"),
    ("organisations", "organisation", "models/organisations.md"),
    ("definitions", "definition", "understand/definitions.md"),
    ("licence-families", "family", "licences/index.md"),
    ("debates", "debate", "debate/index.md"),
    ("side-by-side", "pair", "compare.md"),
)
_HEADING: Final = re.compile(r'<h([2-3]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading of a page, for its table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page made from one record, or from one step of the path to a shortlist.

    `record` is what its template shows, under the template's name. `address` is its place below the
    site's root, `parent` the written page (below `content/`) that lists it, `source` the record's
    file below the project's root. `previous` and `next` are the addresses of its neighbours in the
    list. `search` is what the site's search looks through, or None where that is the page itself:
    the facts and sources of hundreds of records would make a large index, and find little. Where it
    is empty, the search leaves the page out. Both texts are made when they are asked for.
    """

    collection: str
    key: str
    template: str
    address: str
    title: str
    parent: str
    source: str
    previous: str | None
    next: str | None
    record: Any = field(repr=False)
    describe: Callable[[], str] = field(repr=False, compare=False)
    find: Callable[[], str | None] = field(repr=False, compare=False)

    @cached_property
    def description(self) -> str:
        return self.describe()

    @cached_property
    def search(self) -> str | None:
        return self.find()

    @property
    def hide(self) -> list[str]:
        """What the theme leaves out beside the page: wide tables take the room."""
        return ["navigation", "toc"] if self.collection == "side-by-side" else []

    def html(self, renderer: Renderer) -> str:
        """The page's content, from its heading on. Raises `ProblemsFound` for a faulty template."""
        context = {self.template: self.record}
        return str(renderer(f"{self.template}.html", self.address, **context))


def pages(guide: Guide) -> Iterator[Page]:
    """All generated pages, by kind."""
    for collection, template, parent in _KINDS:
        records = _records(guide, collection)
        places = [address(collection, record.id) for record in records]
        for index, record in enumerate(records):
            yield Page(
                collection,
                record.id,
                template,
                places[index],
                _title(guide, collection, record),
                parent,
                guide.path(collection, record.id),
                places[index - 1] if index else None,
                places[index + 1] if index + 1 < len(places) else None,
                record,
                partial(_description, guide, collection, record),
                partial(_search, guide, collection, record),
            )


def steps(path: Path) -> Iterator[Page]:
    """A page for each step of the path to a shortlist, but for the start, which is written."""
    for step in path.steps():
        words = ", ".join(given.choice.short for given in step.given)
        yield Page(
            "questions",
            step.key,
            "step",
            step.address,
            f"Choosing a model: {words}",
            "choose.md",
            path.guide.path("questions", step.given[-1].question.id),
            None,
            None,
            step,
            partial(_of_step, step),
            str,
        )


def _of_step(step: Step) -> str:
    words = ", ".join(given.choice.short for given in step.given)
    number = f"{step.number} model{'' if step.number == 1 else 's'}"
    then = f"next question: {step.question.question}" if step.question else "a shortlist"
    return _short(f"From your needs to a model: {words}. {number} of the catalogue fit; {then}")


def _records(guide: Guide, collection: str) -> list[Any]:
    """The records of a collection that have pages, in the order of the page that lists them."""
    if collection == "debates":
        return list(debates.ordered(guide))
    if collection == "side-by-side":
        return list(guide.library.side_by_side.values())
    records = guide.choose(collection)
    if collection == "licence-families":  # One alone has nothing to be set beside.
        records = [family for family in records if len(guide.relatives(family.id)) > 1]
    return records


def headings(html: str) -> list[Heading]:
    """The headings of the second and third level, in order, without their links."""
    found = _HEADING.findall(html)
    return [Heading(int(level), id_, _text(inner)) for level, id_, inner in found]


def _text(html: str) -> str:
    return re.sub(r"<a class=\"headerlink\".*?</a>|<[^>]+>", "", html).strip()


def _title(guide: Guide, collection: str, record: Any) -> str:
    """Its name; what shares a name with something else says what it is."""
    if collection == "side-by-side":
        return f"{pairs.names(guide, record)} compared"
    says = {"organisations": "{} (maker)", "licence-families": "{}: the licences of a family"}
    return says.get(collection, "{}").format(record.name)


def _search(guide: Guide, collection: str, record: Any) -> str | None:
    """What the search looks through, in plain text: the answer, then what it is, then its kin."""
    library = guide.library
    if collection == "models":
        licence = library.licences.get(guide.licence(record) or "")
        family = library.label("families", record.family)
        texts = [
            headline(guide, record).split(". ")[0],  # The next say why; each would cost 15 bytes.
            record.description,
            *(library.organisations[key].name for key in record.developers),
            family if family.casefold() not in record.name.casefold() else "",  # Found by its name.
            licence.short if licence and record.access == "weights" else "",
        ]
    elif collection == "licences":
        category = library.label("licence-categories", record.category)
        texts = [record.summary, record.short, record.spdx or "", category]
    elif collection == "tools":
        category = library.label("tool-categories", record.category)
        texts = [record.summary, record.best_for or "", category]
    elif collection in ("organisations", "licence-families", "side-by-side"):
        texts = [_description(guide, collection, record)]
    else:
        return None
    return " ".join(sentence(text) for text in texts if text)


def _description(guide: Guide, collection: str, record: Any) -> str:
    """One sentence for search engines and cards, at most 160 characters."""
    library = guide.library
    if collection == "models":
        step = guide.verdict(record, SPECTRUM).label.lower()
        text = f"{record.name} by {guide.maker(record).name}: {step}. {record.description}"
    elif collection == "licences":
        category = library.label("licence-categories", record.category).lower()
        text = f"{record.name} ({category}): what it allows, asks and forbids. {record.summary}"
    elif collection == "definitions":
        text = f"{record.name} {record.version}, requirement by requirement. {record.about}"
    elif collection == "debates":
        text = f"{record.question} {record.disputed}"
    elif collection == "licence-families":
        names = ", ".join(x.short for x in guide.relatives(record.id))
        text = f"How the terms of the {record.name} licences differ from text to text: {names}."
    elif collection == "tools":
        text = f"{record.name}: {record.summary}"
    elif collection == "side-by-side":
        text = f"{pairs.names(guide, record)} side by side, fact by fact. {record.about}"
    else:
        label = library.label("organisation-types", record.type).lower()
        text = f"{record.name} ({label}): its models, tools and licences in the catalogue."
    return _short(text)


def _short(text: str) -> str:
    """At most 160 characters of a text, as a sentence."""
    text = sentence(" ".join(text.split()))
    return text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
