"""Choose: questions that lead to a shortlist, where every answer is a link to a page of its own.

The questions are data. An answer keeps models by facets of the list of models, so that the count on
a page is the one that the list has under the same address. A page exists where a model is left. A
question is asked where its answers divide what is left, and while more than `FEW` models are left:
that keeps the pages to some hundreds, and nobody has to answer what makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from . import memory
from . import records as r
from .facets import UNKNOWN, Facet
from .modellist import COUNTED, models
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
    """A page of the path: the answers up to it, and the models left in the order of shortlists.

    `unsure` are those kept although something that was asked for is not known of them. `question`
    is what is asked next, with `offers`; None at the end, which `early` says came because few are
    left. `query` are the same filters in the address of the list of models.
    """

    path: Path = field(repr=False, compare=False)
    given: tuple[Given, ...]
    address: str
    models: tuple[r.Model, ...]
    unsure: frozenset[str]
    question: r.Question | None
    offers: tuple[Offer, ...]
    early: bool
    query: str

    @property
    def key(self) -> str:
        """An id for its heading."""
        return self.given[-1].key if self.given else "choose"

    @cached_property
    def sure(self) -> tuple[r.Model, ...]:
        return tuple(model for model in self.models if model.id not in self.unsure)

    @cached_property
    def unsettled(self) -> tuple[r.Model, ...]:
        return tuple(model for model in self.models if model.id in self.unsure)

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
        self.ids = catalogue.ids
        self._every = frozenset(self.ids)
        self._having: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
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

    def keeps(self, choice: r.Choice) -> frozenset[str]:
        """The models that an answer keeps, by id."""
        sets = [self._with(self.facets[key], values) for key, values in choice.keep.items()]
        return self._every.intersection(*sets)

    @cached_property
    def _kept(self) -> dict[tuple[str, str], frozenset[str]]:
        """The same of all answers, by question and answer."""
        return {(q.id, key): self.keeps(x) for q in self.questions for key, x in q.choices.items()}

    def _with(self, facet: Facet, values: tuple[str, ...]) -> frozenset[str]:
        """The models that have one of the values; most are asked for on many pages."""
        key = facet.key, values
        if key not in self._having:
            self._having[key] = self._search(facet, values)
        return self._having[key]

    def _search(self, facet: Facet, values: tuple[str, ...]) -> frozenset[str]:
        """The same, as `content/assets/catalogue.js` judges."""
        rows = zip(self.ids, facet.rows, strict=True)
        if facet.kind == "memory":
            room, bits = float(values[0]) * memory.GB, self.precision.bits
            return frozenset(
                key
                for key, has in rows
                if isinstance(has, list)
                and any(
                    memory.least(*size, bits) <= room for size in has if isinstance(size, tuple)
                )
            )
        places = {place for place, (key, *_) in enumerate(facet.values) if key in values}
        return frozenset(
            key for key, has in rows if places.intersection(has if isinstance(has, list) else [has])
        )

    @cached_property
    def _order(self) -> tuple[dict[str, int], list[r.Model]]:
        """First those that readers ask for most, then the newer; those without a date come last.

        With the place of each, by id.
        """
        library = self.guide.library
        known = {key for shortlist in library.shortlists.values() for key in shortlist.models}
        dated = sorted(self.guide.choose("models"), key=lambda m: m.released or "", reverse=True)
        ordered = sorted(dated, key=lambda m: m.id not in known)
        return {model.id: place for place, model in enumerate(ordered)}, ordered

    def _left(self, given: tuple[Given, ...]) -> frozenset[str]:
        return self._every.intersection(*(self._kept[g.question.id, g.key] for g in given))

    def _step(self, given: tuple[Given, ...], address: str) -> Step:
        left = self._left(given)
        places, order = self._order
        ordered = tuple(order[place] for place in sorted(map(places.__getitem__, left)))
        ahead = self._ahead(given, left)
        few = len(left) <= FEW and bool(given)
        question = ahead if not few else None
        offers = tuple(self._offers(given, left, question, address)) if question else ()
        query = "&".join(
            f"{key}={','.join(values)}" for g in given for key, values in g.choice.keep.items()
        )
        unsure = left - self._left_surely(given)
        early = few and ahead is not None
        return Step(self, given, address, ordered, unsure, question, offers, early, query)

    def _left_surely(self, given: tuple[Given, ...]) -> frozenset[str]:
        """Those left of which all that was asked for is known."""
        sets = [
            self._with(self.facets[key], tuple(v for v in values if v not in UNSURE))
            for g in given
            for key, values in g.choice.keep.items()
            if UNSURE.intersection(values)
        ]
        return self._left(given).intersection(*sets)

    def _ahead(self, given: tuple[Given, ...], left: frozenset[str]) -> r.Question | None:
        """The next question whose answers divide what is left."""
        last = self.questions.index(given[-1].question) if given else -1
        keys = {g.key for g in given}
        for question in self.questions[last + 1 :]:
            sets = {left & self._kept[question.id, key] for key in question.choices}
            if not keys & {*question.not_after} and len(sets - {frozenset()}) > 1:
                return question
        return None

    def _offers(
        self, given: tuple[Given, ...], left: frozenset[str], question: r.Question, address: str
    ) -> Iterator[Offer]:
        for key in question.choices:
            kept = self._kept[question.id, key]
            number = len(left & kept)
            then = (*given, Given(question, key, address))
            loosen = None
            if not number:
                without = [
                    (g, len(kept & self._left(tuple(x for x in given if x is not g))))
                    for g in given
                ]
                loosen = next((pair for pair in reversed(without) if pair[1]), None)
            unsure = number - len(self._left_surely(then))
            yield Offer(question, key, number, unsure, f"{address}{key}/", loosen)
