"""What the pictures show, as sentences computed from their numbers, so that they stay true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from .assess import UNKNOWN
from .charts import Bar, Sizes, ToolKind
from .records import NO_LICENCE, Licence, TermWord

ENOUGH: Final = 20  # Below this, a year or a step is too small to speak of.


def percent(part: int, whole: int) -> str:
    """A share in whole per cent; never `0%` of something or `100%` of less than all."""
    share = round(100 * part / whole) if whole else 0
    if part and not share:
        return "under 1%"
    return "over 99%" if part < whole and share == 100 else f"{share}%"


def joined(words: Iterable[str]) -> str:
    """`a, b and c`."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def small(label: str) -> str:
    """A label within a sentence: `Model card` as `model card`; `API` stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def extreme(
    counts: dict[str, int], choose: Callable[[Iterable[int]], int] = max
) -> tuple[str, int]:
    """The labels with the highest (or lowest) count, and that count."""
    best = choose(counts.values())
    return joined(label for label, count in counts.items() if count == best), best


def parts(bars: list[Bar]) -> str:
    released = {small(bar.label): bar.value("released") for bar in bars}
    most, high = extreme(released)
    least, low = extreme(released, min)
    models = bars[0].total
    return f"Released most often: {most} ({high} of {models} models); least often: {least} ({low})"


def licences(bars: list[Bar]) -> str:
    total = sum(bar.total for bar in bars)
    label, count = _lead({bar.segments[0].tone: (bar.label, bar.total) for bar in bars})
    if not label:
        return "Licences of the weights, by category"
    return f"Most used for weights: {label} ({count} of {total} models)"


def _lead(counts: dict[str, tuple[str, int]]) -> tuple[str, int]:
    """The most used category, if any; to have no licence, or none that is known, is no category."""
    outside = {f"licence-{word}" for word in (NO_LICENCE, UNKNOWN)}
    known = {small(label): n for tone, (label, n) in counts.items() if tone not in outside and n}
    return extreme(known) if known else ("", 0)


def licences_by_year(bars: list[Bar]) -> str:
    leads = []
    for bar in _spoken(bars):
        label, count = _lead({s.tone: (s.label, s.value) for s in bar.segments})
        leads.append((label, f"{count} of {bar.total} in {bar.label}"))
    if not leads or not all(label for label, _ in leads):
        return "Licences of the weights, by year"
    if len({label for label, _ in leads}) == 1:
        words = f"{leads[0][0]} ({joined(counted for _, counted in leads)})"
    else:
        words = ", then ".join(f"{label} ({counted})" for label, counted in leads)
    return f"Most used for weights: {words}"


def _spoken(bars: list[Bar]) -> list[Bar]:
    """The first and the last bar that are large enough to speak of."""
    large = [bar for bar in bars if bar.total >= ENOUGH]
    return [large[0], large[-1]] if len(large) > 1 else large


def tools(bars: list[Bar]) -> str:
    def count(tone: str) -> int:
        return sum(bar.value(tone) for bar in bars)

    total = sum(bar.total for bar in bars)
    return (
        f"The code of {count('released')} of {total} tools is open, of {count('partial')} in part"
    )


def releases(bars: list[Bar], open_from: int, label: str) -> str:
    """`open_from` is the number of the first step that counts as open, `label` its name."""

    def share(bar: Bar) -> str:
        tones = [f"step-{n}" for n in range(open_from, len(bar.segments))]
        reached = sum(bar.value(tone) for tone in tones)
        return f"{percent(reached, bar.total)} of the models of {bar.label}"

    spoken = _spoken(bars)
    if not spoken:
        return "Models by year of release and step"
    return f"{label} or a higher step: {joined(map(share, spoken))}"


def verdicts(bars: list[Bar]) -> str:
    met = [bar.value("met") for bar in bars]
    low, high, total = min(met), max(met), bars[0].total
    if low == high:
        return f"Every definition counts {low} of {total} models as open"
    return f"From {low} to {high} of {total} models count as open: it depends on the definition"


def sizes(rows: list[Sizes], quantity: Callable[[int], str]) -> str:
    """`quantity` writes a number of parameters."""
    large = [row for row in rows if len(row.models) >= ENOUGH]
    if len(large) < 2:
        return "Size of models, by step"
    top, bottom = large[0], large[-1]
    return (
        f"Median size: {quantity(bottom.median)} parameters on “{bottom.label}”, "
        f"{quantity(top.median)} on “{top.label}”"
    )


def tool_kinds(kinds: list[ToolKind], label: Callable[[str, str], str]) -> str:
    """`label` gives the label of a word of a vocabulary."""

    def most(vocabulary: str, counters: Iterable[Counter[str]]) -> str:
        sums: Counter[str] = sum(counters, Counter())
        known = {label(vocabulary, key): n for key, n in sums.items() if key != UNKNOWN}
        if not known:
            return "not known"
        words, count = extreme(known)
        return f"{words} ({count} of {total})"

    total = sum(len(kind.tools) for kind in kinds)
    interfaces = most("interfaces", (kind.interfaces for kind in kinds))
    platforms = most("platforms", (kind.platforms for kind in kinds))
    return f"Tools are most often used through {interfaces}, and run most often on {platforms}"


def spectrum(counts: list[tuple[str, int]], total: int) -> str:
    """`counts` are the steps, from the lowest, with their numbers of models."""
    most, high = extreme(dict(counts))
    label, top = counts[-1]
    return f"Most common step: “{most}” ({high} of {total} models); “{label}” has {top}"


def licence(of: Licence, terms: Iterable[TermWord]) -> str:
    """How much a licence permits, asks and limits."""
    groups = {"permission": Counter[str](), "duty": Counter[str](), "limit": Counter[str]()}
    silent = 0
    for term in terms:
        if term.group in groups:
            said = of.terms.get(term.id)
            groups[term.group][said.answer if said else UNKNOWN] += 1
            silent += said is None or said.answer == "unspecified"
    may, must, limits = groups.values()
    text = (
        f"{of.short}: of {may.total()} permissions it gives {may['allowed']} freely and "
        f"{may['conditions']} with conditions; of {must.total()} duties it sets "
        f"{must['required'] + must['conditions']}, of {limits.total()} limits {limits['limited']}"
    )
    return text + (f"; {silent} are not addressed or not known" if silent else "")
