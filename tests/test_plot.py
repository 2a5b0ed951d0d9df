"""Where dots and labels stand in a plot."""

from __future__ import annotations

import pytest

import samples
from fieldguide import charts, plot
from fieldguide.charts import Sizes
from fieldguide.render import quantity
from fieldguide.views import Guide


def row(*sizes: int, name: str = "Made") -> Sizes:
    model = samples.made({}).model_copy(update={"name": name})
    return Sizes(3, "Step", [(size, model) for size in sizes])


def test_no_models_make_no_plot() -> None:
    assert plot.strips([], quantity) == plot.Plot((), (), 0)


def test_sizes_stand_on_a_scale_of_powers_of_ten() -> None:
    drawn = plot.strips([row(10**6, 10**8, 10**10)], quantity)
    assert [tick for _, tick in drawn.ticks] == [10**n for n in range(6, 11)]
    # Four powers and a tenth on each side: 4.2 in all.
    assert [x for x, _ in drawn.ticks] == pytest.approx([2.38, 26.19, 50, 73.81, 97.62], abs=0.01)
    [strip] = drawn.strips
    assert strip.middle == 50
    assert [x for x, _ in strip.dots] == pytest.approx([2.38, 50, 97.62], abs=100 / plot.BINS)


def test_equal_sizes_are_stacked() -> None:
    [strip] = plot.strips([row(10**9, 10**9, 10**9, 10**10)], quantity).strips
    assert strip.height == 4 * plot.DOT
    assert [y for _, y in strip.dots] == [18, 12, 6, 18]
    assert len({x for x, _ in strip.dots}) == 2


def test_rows_stand_below_each_other() -> None:
    drawn = plot.strips([row(10**9), row(10**9, 10**10)], quantity)
    first, second = drawn.strips
    assert first.top == plot.LINE
    assert second.top > first.top + first.height + plot.LINE
    assert drawn.height > second.top + second.height + plot.LINE


def test_few_models_have_names_and_no_median() -> None:
    one, two = plot.strips([row(10**9), row(10**9, 10**10)], quantity).strips
    assert [label.text for label in one.labels] == ["Made 1B"]
    assert [label.text for label in two.labels] == ["Made 10B", "Made 1B"]
    assert one.middle is two.middle is None


def test_no_label_covers_another_or_leaves_the_plot() -> None:
    rows = [
        row(10**9, 2 * 10**9, 3 * 10**9, name="A name of some length"),
        row(10**6, 10**9, 10**12),
        *charts.sizes(Guide(samples.real())),
    ]
    for strip in plot.strips(rows, quantity).strips:
        taken: dict[int, list[tuple[float, float]]] = {}
        for label in strip.labels:
            width = len(label.text) * plot.LETTER
            start = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
            assert start >= -0.01
            assert start + width <= 100.01
            for a, b in taken.setdefault(label.line, []):
                assert start >= b or start + width <= a, label.text
            taken[label.line].append((start, start + width))


@pytest.mark.parametrize(("share", "text"), [(50, "Released 12"), (12, "● 12"), (8, "12"), (4, "")])
def test_the_longest_words_that_fit_are_taken(share: float, text: str) -> None:
    assert plot.fitting(share, ["Released 12", "● 12", "12"]) == text
