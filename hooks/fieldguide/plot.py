"""Where the dots of a strip plot and their labels stand: per cent across, pixels down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from .charts import Sizes

BINS: Final = 64  # Dots side by side on a phone.
DOT: Final = 6  # Pixels from dot to dot, one above the other.
BOLD: Final = 2.35  # The same in bold.
LINE: Final = 16  # Pixels of a line of text.
LETTER: Final = 2.05  # Per cent that a letter takes on a phone.


@dataclass(frozen=True)
class Label:
    """Words in a plot: across in per cent, which line, and how they are anchored there."""

    text: str
    x: float
    line: int
    anchor: str


@dataclass(frozen=True)
class Strip:
    """The dots of one row; `top` is where its heading ends, `height` that of the dots alone."""

    row: Sizes
    top: int
    height: int
    dots: tuple[tuple[float, float], ...]
    middle: float | None
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Plot:
    strips: tuple[Strip, ...]
    ticks: tuple[tuple[float, int], ...]
    height: int


def fitting(share: float, texts: list[str]) -> str:
    """The first of the texts that fits so many per cent of a phone's width, or nothing."""
    return next((text for text in texts if (len(text) + 1) * BOLD <= share), "")


def strips(rows: list[Sizes], quantity: Callable[[int], str]) -> Plot:
    """Places the models of each row on one scale of powers of ten."""
    every = [size for row in rows for size, _ in row.models]
    if not every:
        return Plot((), (), 0)
    low, high = log10(min(every)) - 0.1, log10(max(every)) + 0.1

    def across(size: int) -> float:
        return round(100 * (log10(size) - low) / (high - low), 2)

    made, y = [], 0
    for row in rows:
        stacks: dict[int, int] = defaultdict(int)
        dots = []
        for size, _ in row.models:
            place = floor(across(size) * BINS / 100)
            stacks[place] += 1
            dots.append((round((place + 0.5) * 100 / BINS, 1), stacks[place]))
        height = max(stacks.values()) * DOT + DOT
        labels = _labels(row, across, quantity)
        made.append(
            Strip(
                row,
                y + LINE,
                height,
                tuple((x, height - DOT * n) for x, n in dots),
                across(row.median) if row.spread else None,
                labels,
            )
        )
        y += LINE + height + LINE * (max(label.line for label in labels) + 1) + LINE // 2
    ticks = [10**power for power in range(ceil(low), floor(high) + 1)]
    return Plot(tuple(made), tuple((across(tick), tick) for tick in ticks), y + LINE)


def _labels(
    row: Sizes, across: Callable[[int], float], quantity: Callable[[int], str]
) -> tuple[Label, ...]:
    """The median, the largest and the smallest by name, in lines in which none covers another."""
    ends = row.models[-1:] + row.models[:1] if len(row.models) > 1 else row.models
    wanted = [(f"{model.name} {quantity(size)}", across(size)) for size, model in ends]
    if row.spread:
        wanted.insert(0, (f"median {quantity(row.median)}", across(row.median)))
    lines: list[list[tuple[float, float]]] = []
    labels = []
    for text, x in wanted:
        width = len(text) * LETTER
        anchor, start = "middle", x - width / 2
        if start < 0:
            anchor, x, start = "start", max(0.0, x - 2), max(0.0, x - 2)
        elif x + width / 2 > 100:
            anchor, x = "end", min(100.0, x + 2)
            start = x - width
        end = start + width
        line = 0
        while line < len(lines) and any(start < b + 1.5 and a - 1.5 < end for a, b in lines[line]):
            line += 1
        if line == len(lines):
            lines.append([])
        lines[line].append((start, end))
        labels.append(Label(text, round(x, 2), line, anchor))
    return tuple(labels)
