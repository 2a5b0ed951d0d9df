"""Charts as plain rows: bars of labelled segments, counted from the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from .assess import UNKNOWN, licence_of, state_of
from .views import Guide


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


def parts(guide: Guide) -> list[Bar]:
    """For each part, how many models release it, in part or not, or leave it unknown.

    Only models with weights to download: of a closed model nearly everything is withheld.
    """
    models = guide.choose("models", access="weights")
    bars = []
    for part, word in guide.library.parts.items():
        counts = Counter(state_of(model, part) for model in models)
        segments = tuple(
            Segment(state, meaning.label, counts[state])
            for state, meaning in guide.library.words("states").items()
        )
        bars.append(Bar(word.label, f"understand/parts/#{part}", segments))
    return bars


def licences(guide: Guide) -> list[Bar]:
    """For each category of licences, how many models have their weights under one of them."""
    library, counts = guide.library, Counter[str]()
    for model in guide.choose("models", access="weights"):
        licence = licence_of(model, "weights", library)
        known = licence in library.licences
        counts[library.licences[str(licence)].category if known else UNKNOWN] += 1
    words = library.words("licence-categories")
    labels = {key: word.label for key, word in words.items()} | {UNKNOWN: "Not known"}
    return [
        Bar(label, "", (Segment("plain", "models", counts[key]),))
        for key, label in labels.items()
        if counts[key]
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
    labels = ["Not offered", *(rung.label for rung in guide.spectrum.rungs)]
    return [
        Bar(year, "", tuple(Segment(f"step-{n}", label, of[n]) for n, label in enumerate(labels)))
        for year, of in sorted(years.items())
    ]
