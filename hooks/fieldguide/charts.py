"""The numbers behind the pictures: plain rows, counted from the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from .assess import UNKNOWN, licence_of
from .records import NO_LICENCE, Model, Tool
from .verdicts import Outcome
from .views import Guide

LONG = 40  # Characters of a label that still fit a phone.


@dataclass(frozen=True)
class Segment:
    """A stretch of a bar: `tone` names its colour, `label` says what it counts."""

    tone: str
    label: str
    value: int


@dataclass(frozen=True)
class Bar:
    """One bar: its label, where that leads (or nowhere), and its segments in a fixed order."""

    label: str
    address: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        return sum(segment.value for segment in self.segments)

    def value(self, tone: str) -> int:
        """What its segment of this tone counts."""
        return sum(segment.value for segment in self.segments if segment.tone == tone)


@dataclass(frozen=True)
class Chart:
    """Bars with their words.

    `finding` says what they show and stands above, `subject` what is drawn, `head` what a bar
    stands for, `unit` what is counted, `records` how many. With `shares`, every bar has the same
    length; with `counted`, its total stands beside it all the same. `note` stands below.
    """

    subject: str
    finding: str
    head: str
    unit: str
    bars: list[Bar]
    records: int
    shares: bool = False
    counted: bool = False
    note: str = ""

    @property
    def description(self) -> str:
        """The picture in words, for those who do not see it."""
        keys = [segment.label for segment in self.bars[0].segments] if self.bars else []
        values = "; ".join(f"{bar.label} {bar.total}" for bar in self.bars)
        parts = f" Each is divided into {', '.join(keys)}." if len(keys) > 1 else ""
        return f"{self.head}, with the number of {self.unit}: {values}.{parts}"


@dataclass(frozen=True)
class Sizes:
    """The models on one step whose size is known, each with its largest, smallest first."""

    step: int
    label: str
    models: list[tuple[int, Model]]

    @property
    def median(self) -> int:
        return round(median(size for size, _ in self.models))

    @property
    def spread(self) -> bool:
        """Whether they are enough for a median to say more than their names."""
        return len(self.models) > 2


@dataclass(frozen=True)
class ToolKind:
    """The tools of one kind; how many are used through what and run where, where that is known."""

    label: str
    tools: list[Tool]
    interfaces: Counter[str]
    platforms: Counter[str]


def parts(guide: Guide) -> list[Bar]:
    """For each part, how many models release it, in part or not, or leave it unknown.

    Only models with weights to download: of a closed model nearly everything is withheld.
    """
    models = guide.choose("models", access="weights")
    known: dict[str, Counter[str]] = defaultdict(Counter)
    for model in models:
        for part, fact in model.parts.items():
            known[part][fact.state] += 1
    bars = []
    for part, word in guide.library.parts.items():
        counts = known[part]
        counts[UNKNOWN] += len(models) - counts.total()  # What is not listed.
        segments = tuple(
            Segment(state, meaning.label, counts[state])
            for state, meaning in guide.library.words("states").items()
        )
        bars.append(Bar(word.label, f"understand/parts/#{part}", segments))
    return bars


def _category(guide: Guide, model: Model) -> str:
    """The category of the licence of its weights, `none` without one, or `unknown`."""
    licence = licence_of(model, "weights", guide.library)
    if licence in guide.library.licences:
        return guide.library.licences[str(licence)].category
    return NO_LICENCE if licence == NO_LICENCE else UNKNOWN


def _categories(guide: Guide) -> dict[str, str]:
    """The categories of licences with their labels, from the freest to no licence at all."""
    words = guide.library.words("licence-categories")
    labels = {key: word.label for key, word in words.items()}
    return labels | {NO_LICENCE: "No licence", UNKNOWN: "Not known"}


def licences(guide: Guide) -> list[Bar]:
    """For each category of licences, how many models have their weights under one of them."""
    counts = Counter(_category(guide, model) for model in guide.choose("models", access="weights"))
    return [
        Bar(label, "", (Segment(f"licence-{key}", "models", counts[key]),))
        for key, label in _categories(guide).items()
        if counts[key]
    ]


def licences_by_year(guide: Guide) -> list[Bar]:
    """For each year, the models with weights that came out, by category of the weights' licence.

    Categories that no year has are left out.
    """
    years: dict[str, Counter[str]] = defaultdict(Counter)
    for model in guide.choose("models", access="weights"):
        if model.released:
            years[model.released[:4]][_category(guide, model)] += 1
    seen = {key for of in years.values() for key in of}
    labels = {key: label for key, label in _categories(guide).items() if key in seen}
    return [
        Bar(year, "", tuple(Segment(f"licence-{k}", label, of[k]) for k, label in labels.items()))
        for year, of in sorted(years.items())
    ]


def tools(guide: Guide) -> list[Bar]:
    """For each category of tools, how many have open code, partly open, closed, or unknown."""
    bars = []
    for key, word in guide.library.words("tool-categories").items():
        counts = Counter(tool.source for tool in guide.choose("tools", category=key))
        segments = (
            Segment("released", "open code", counts["open"]),
            Segment("partial", "partly open", counts["partly-open"]),
            Segment("withheld", "closed", counts["closed"]),
            Segment(UNKNOWN, "not known", counts[None]),
        )
        if sum(counts.values()):
            bars.append(Bar(word.label, "", segments))
    return bars


def releases(guide: Guide) -> list[Bar]:
    """For each year, how many of the catalogue's models came out, by their step."""
    years: dict[str, Counter[int]] = defaultdict(Counter)
    for model in guide.library.models.values():
        if model.released:
            years[model.released[:4]][guide.step(model)] += 1
    labels = [guide.spectrum.below, *(rung.label for rung in guide.spectrum.rungs)]
    return [
        Bar(year, "", tuple(Segment(f"step-{n}", label, of[n]) for n, label in enumerate(labels)))
        for year, of in sorted(years.items())
    ]


def verdicts(guide: Guide) -> list[Bar]:
    """For each definition, how many models it counts as open, does not, or cannot judge."""
    bars = []
    for definition in guide.definitions:
        counts = Counter(v.open for v in guide.verdicts[definition.id].values())
        segments = (
            Segment("met", "open", counts[Outcome.MET]),
            Segment("undetermined", "not determined", counts[Outcome.UNDETERMINED]),
            Segment("not-met", "not open", counts[Outcome.NOT_MET]),
        )
        name = definition.name if len(definition.name) <= LONG else definition.short
        bars.append(Bar(name, f"understand/definitions/{definition.id}/", segments))
    return bars


def sizes(guide: Guide) -> list[Sizes]:
    """For each step with models of known size: these, by their largest size in all parameters."""
    steps: dict[int, list[tuple[int, Model]]] = defaultdict(list)
    for model in guide.library.models.values():
        if known := [size.parameters for size in model.sizes if size.parameters]:
            steps[guide.step(model)].append((max(known), model))
    labels = [guide.spectrum.below, *(rung.label for rung in guide.spectrum.rungs)]
    return [
        Sizes(step, labels[step], sorted(of, key=lambda one: (one[0], one[1].name)))
        for step, of in sorted(steps.items(), reverse=True)
    ]


def tool_kinds(guide: Guide) -> list[ToolKind]:
    """For each kind of tool, how many have each interface and run on each platform."""
    kinds = []
    for key, word in guide.library.words("tool-categories").items():
        tools = guide.choose("tools", category=key)
        if tools:
            interfaces = Counter(x for tool in tools for x in tool.interfaces or (UNKNOWN,))
            platforms = Counter(x for tool in tools for x in tool.platforms or (UNKNOWN,))
            kinds.append(ToolKind(word.label, tools, interfaces, platforms))
    return kinds
