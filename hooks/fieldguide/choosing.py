"""Choose: questions that lead to a shortlist, where every answer is a link to a page of its own.

The questions are data. An answer keeps models by facets of the list of models, so that the count on
a page is the one that the list has under the same address. A page exists where a model is left. A
question is asked where its answers divide what is left, and while more than `FEW` models are left:
that keeps the pages to some hundreds, and nobody has to answer what makes no difference.

A set of models is a number here, with a bit for each place in the order of shortlists: of thousands
of models, sets of ids would take much of the time of a rebuild.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from . import memory
from . import records as r
from .facets import UNKNOWN, Facet, Has
from .modelfacets import COUNTED
from .modellist import models
from .views import Guide

FOLDER: Final = "choose/"
UNSURE: Final = frozenset({UNKNOWN[0], COUNTED[0]})  # Values that leave open what is asked.
FEW: Final = 20  # So many can be read through: no more is asked.


@dataclass(frozen=True)
class Given:
    """An answer that was given, and the address of the page that asked."""

    question: r.Question
    key: str
    asked: str

    @property
    def choice(self) -> r.Choice:
        return self.question.choices[self.key]


@dataclass(frozen=True)
class Offer:
    """An answer on a page: how many models it leaves, and its page if it leaves any.

    `unsure` of them are left only because something that was asked for is not known of them.
    Where it leaves none, `loosen` is the last of the answers without which some would be left, and
    how many; None where taking back a single one does not help.
    """

    question: r.Question
    key: str
    left: int
    unsure: int
    address: str
    loosen: tuple[Given, int] | None = None

    @property
    def choice(self) -> r.Choice:
        return self.question.choices[self.key]


@dataclass(frozen=True)
class Step:
    """A page of the path: the answers up to it, and the models that they leave.

    Of those in `left`, `surely` has the ones of which all that was asked for is known. `question`
    is what is asked next, with `offers`; None at the end, which `early` says came because few are
    left. `query` are the same filters in the address of the list of models.
    """

    path: Path = field(repr=False, compare=False)
    given: tuple[Given, ...]
    address: str
    left: int
    surely: int
    question: r.Question | None
    offers: tuple[Offer, ...]
    early: bool
    query: str

    @property
    def key(self) -> str:
        """An id for its heading."""
        return self.given[-1].key if self.given else "choose"

    @property
    def number(self) -> int:
        """How many models are left."""
        return self.left.bit_count()

    @property
    def unsure(self) -> int:
        """How many of them are left though something that was asked for is not known of them."""
        return (self.left & ~self.surely).bit_count()

    @cached_property
    def sure(self) -> list[r.Model]:
        """Those of which all is known, in the order of shortlists."""
        return self.path.listed(self.left & self.surely)

    @cached_property
    def unsettled(self) -> list[r.Model]:
        """The others, in the same order."""
        return self.path.listed(self.left & ~self.surely)

    @property
    def unsaid(self) -> list[str]:
        """What is not known of those, as the list of models calls it."""
        return [
            self.path.facets[key].label
            for given in self.given
            for key, values in given.choice.keep.items()
            if UNSURE.intersection(values)
        ]

    def asked(self, facet: str) -> str | None:
        """The first value that was asked for of a facet."""
        found = (given.choice.keep.get(facet) for given in self.given)
        return next((values[0] for values in found if values), None)


class Path:
    """The questions and the models of one guide."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.questions = list(guide.library.questions.values())
        catalogue = models(guide)
        self._order = self._ordered()
        places = {model.id: place for place, model in enumerate(self._order)}
        self._bits = [1 << places[key] for key in catalogue.ids]
        self._every = (1 << len(self._order)) - 1
        self._having: dict[tuple[str, tuple[str, ...]], int] = {}
        self.precision = guide.library.precisions[memory.PRECISION]
        self.facets = {f.key: f for group in catalogue.groups for f in group.facets}

    @property
    def start(self) -> Step:
        """The page without an answer."""
        return self._step((), FOLDER)

    def steps(self) -> Iterator[Step]:
        """All pages but the start, each before those that follow it."""
        yield from self._after(self.start)

    def _after(self, step: Step) -> Iterator[Step]:
        for offer in step.offers:
            if offer.left:
                given = Given(offer.question, offer.key, step.address)
                following = self._step((*step.given, given), offer.address)
                yield following
                yield from self._after(following)

    def asked(self, kind: str) -> list[str]:
        """What any answer of any question asks of facets of a kind, such as `part-`."""
        keys = [key for q in self.questions for choice in q.choices.values() for key in choice.keep]
        return [key.removeprefix(kind) for key in dict.fromkeys(keys) if key.startswith(kind)]

    def keeps(self, choice: r.Choice) -> int:
        """The models that an answer keeps."""
        kept = self._every
        for key, values in choice.keep.items():
            kept &= self._with(self.facets[key], values)
        return kept

    def listed(self, models: int) -> list[r.Model]:
        """The models of a set, in the order of shortlists."""
        bits = reversed(f"{models:b}")
        return [model for model, bit in zip(self._order, bits, strict=False) if bit == "1"]

    @cached_property
    def _kept(self) -> dict[tuple[str, str], int]:
        """What each answer keeps, by question and answer."""
        return {(q.id, key): self.keeps(x) for q in self.questions for key, x in q.choices.items()}

    def _with(self, facet: Facet, values: tuple[str, ...]) -> int:
        """The models that have one of the values; most are asked for on many pages."""
        key = facet.key, values
        if key not in self._having:
            rows = zip(self._bits, facet.rows, strict=True)
            has = self._test(facet, values)
            self._having[key] = sum(bit for bit, row in rows if has(row))
        return self._having[key]

    def _test(self, facet: Facet, values: tuple[str, ...]) -> Callable[[Has], bool]:
        """Whether a row of a facet has one of the values, as `catalogue.js` judges."""
        if facet.kind == "memory":
            room, bits = float(values[0]) * memory.GB, self.precision.bits
            return lambda row: (
                isinstance(row, list)
                and any(
                    memory.least(*size, bits) <= room for size in row if isinstance(size, tuple)
                )
            )
        places = {place for place, (key, *_) in enumerate(facet.values) if key in values}
        return lambda row: bool(places.intersection(row if isinstance(row, list) else [row]))

    def _ordered(self) -> list[r.Model]:
        """First those that readers ask for most, then the newer; those without a date come last."""
        library = self.guide.library
        known = {key for shortlist in library.shortlists.values() for key in shortlist.models}
        dated = sorted(self.guide.choose("models"), key=lambda m: m.released or "", reverse=True)
        return sorted(dated, key=lambda m: m.id not in known)

    def _left(self, given: Iterable[Given]) -> int:
        left = self._every
        for g in given:
            left &= self._kept[g.question.id, g.key]
        return left

    def _step(self, given: tuple[Given, ...], address: str) -> Step:
        left = self._left(given)
        ahead = self._ahead(given, left)
        few = left.bit_count() <= FEW and bool(given)
        question = ahead if not few else None
        offers = tuple(self._offers(given, left, question, address)) if question else ()
        query = "&".join(
            f"{key}={','.join(values)}" for g in given for key, values in g.choice.keep.items()
        )
        early = few and ahead is not None
        return Step(self, given, address, left, self._surely(given), question, offers, early, query)

    def _surely(self, given: Iterable[Given]) -> int:
        """Those of which all that was asked for is known."""
        known = self._every
        for g in given:
            for key, values in g.choice.keep.items():
                if UNSURE.intersection(values):
                    sure = tuple(value for value in values if value not in UNSURE)
                    known &= self._with(self.facets[key], sure)
        return known

    def _ahead(self, given: tuple[Given, ...], left: int) -> r.Question | None:
        """The next question whose answers divide what is left."""
        last = self.questions.index(given[-1].question) if given else -1
        keys = {g.key for g in given}
        for question in self.questions[last + 1 :]:
            sets = {left & self._kept[question.id, key] for key in question.choices}
            if not keys & {*question.not_after} and len(sets - {0}) > 1:
                return question
        return None

    def _offers(
        self, given: tuple[Given, ...], left: int, question: r.Question, address: str
    ) -> Iterator[Offer]:
        for key in question.choices:
            kept = self._kept[question.id, key]
            number = (left & kept).bit_count()
            then = (*given, Given(question, key, address))
            loosen = None
            if not number:
                without = [
                    (g, (kept & self._left(x for x in given if x is not g)).bit_count())
                    for g in given
                ]
                loosen = next((pair for pair in reversed(without) if pair[1]), None)
            unsure = (left & kept & ~self._surely(then)).bit_count()
            yield Offer(question, key, number, unsure, f"{address}{key}/", loosen)
