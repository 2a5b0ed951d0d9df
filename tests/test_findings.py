"""The sentences above the pictures: computed, and never more than the numbers say."""

from __future__ import annotations

from collections import Counter

import pytest

import samples
from fieldguide import findings
from fieldguide.charts import Bar, Segment, Sizes, ToolKind
from fieldguide.render import quantity


def bar(label: str, **values: int) -> Bar:
    """A bar with a segment a tone; `_` stands for `-`."""
    names = {tone.replace("_", "-"): value for tone, value in values.items()}
    return Bar(label, "", tuple(Segment(t, t.split("-")[-1].title(), n) for t, n in names.items()))


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 10, "0%"),
        (1, 3, "33%"),
        (1, 300, "under 1%"),
        (299, 300, "over 99%"),
        (300, 300, "100%"),
        (0, 0, "0%"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_all(part: int, whole: int, words: str) -> None:
    assert findings.percent(part, whole) == words


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined(words: list[str], text: str) -> None:
    assert findings.joined(words) == text


def test_labels_within_a_sentence() -> None:
    assert findings.small("Model card") == "model card"
    assert findings.small("API") == "API"


def test_all_that_share_a_place_are_named() -> None:
    counts = {"a": 3, "b": 1, "c": 3, "d": 1}
    assert findings.extreme(counts) == ("a and c", 3)
    assert findings.extreme(counts, min) == ("b and d", 1)


def test_parts() -> None:
    bars = [
        bar("Weights", released=8, unknown=1),
        bar("Data card", released=2, unknown=7),
        bar("Model card", released=2, unknown=7),
    ]
    assert findings.parts(bars) == (
        "Released most often: weights (8 of 9 models); least often: data card and model card (2)"
    )


def test_licences() -> None:
    bars = [bar("Permissive", licence_permissive=4), bar("Not known", licence_unknown=9)]
    assert findings.licences(bars) == "Most used for weights: permissive (4 of 13 models)"
    assert findings.licences(bars[1:]) == "Licences of the weights, by category"
    assert findings.licences([]) == "Licences of the weights, by category"


def test_licences_by_year_speak_of_the_first_and_the_last_large_year() -> None:
    early = bar("2019", licence_permissive=19)
    first = bar("2020", licence_permissive=5, licence_community=10, licence_unknown=12)
    middle = bar("2021", licence_permissive=5, licence_community=30)
    last = bar("2022", licence_permissive=15, licence_community=5)
    late = bar("2023", licence_community=1)
    assert findings.licences_by_year([early, first, middle, last, late]) == (
        "Most used for weights: community (10 of 27 in 2020), then permissive (15 of 20 in 2022)"
    )
    assert findings.licences_by_year([first, middle]) == (
        "Most used for weights: community (10 of 27 in 2020 and 30 of 35 in 2021)"
    )
    assert findings.licences_by_year([last]) == (
        "Most used for weights: permissive (15 of 20 in 2022)"
    )
    assert findings.licences_by_year([early]) == "Licences of the weights, by year"
    nothing = bar("2024", licence_none=15, licence_unknown=5)
    assert findings.licences_by_year([nothing]) == "Licences of the weights, by year"


def test_tools() -> None:
    bars = [bar("Hub", released=2, partial=1, withheld=3), bar("Server", released=4, unknown=1)]
    assert findings.tools(bars) == "The code of 6 of 11 tools is open, of 1 in part"


def test_releases_count_from_the_first_open_step() -> None:
    first = bar("2020", step_0=5, step_1=5, step_2=7, step_3=3)
    last = bar("2022", step_0=0, step_1=10, step_2=20, step_3=10)
    small = bar("2023", step_0=0, step_1=1, step_2=0, step_3=0)
    assert findings.releases([first, last, small], 2, "Open") == (
        "Open or a higher step: 50% of the models of 2020 and 75% of the models of 2022"
    )
    assert findings.releases([first], 3, "Open") == (
        "Open or a higher step: 15% of the models of 2020"
    )
    assert findings.releases([small], 2, "Open") == "Models by year of release and step"


def test_verdicts() -> None:
    bars = [bar("A", met=3, not_met=7), bar("B", met=0, not_met=10), bar("C", met=9, not_met=1)]
    assert findings.verdicts(bars) == (
        "From 0 to 9 of 10 models count as open: it depends on the definition"
    )
    assert findings.verdicts(bars[:1]) == "Every definition counts 3 of 10 models as open"


def test_sizes_compare_the_ends_that_have_enough_models() -> None:
    model = samples.made({})

    def row(label: str, *numbers: int) -> Sizes:
        return Sizes(1, label, [(n * 10**9, model) for n in numbers])

    rows = [row("Top", 900), row("High", *range(1, 22)), row("Low", *range(11, 40)), row("None", 1)]
    assert findings.sizes(rows, quantity) == ("Median size: 25B parameters on “Low”, 11B on “High”")
    assert findings.sizes(rows[:2], quantity) == "Size of models, by step"


def test_tool_kinds_leave_out_what_is_not_known() -> None:
    label = {"a": "Linux", "b": "macOS", "x": "Python"}
    [runner] = [samples.real().tools["ollama"]]
    kinds = [
        ToolKind("One", [runner] * 3, Counter(x=2, unknown=1), Counter(unknown=3)),
        ToolKind("Two", [runner] * 2, Counter(x=1), Counter(a=1, b=1)),
    ]
    assert findings.tool_kinds(kinds, lambda _, word: label[word]) == (
        "Tools are most often used through Python (3 of 5), "
        "and run most often on Linux and macOS (1 of 5)"
    )


def test_spectrum() -> None:
    assert findings.spectrum([("Low", 3), ("Middle", 5), ("Top", 2)], 12) == (
        "Most common step: “Middle” (5 of 12 models); “Top” has 2"
    )


def test_licence(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = samples.library(tmp_path_factory.mktemp("findings"))
    terms = list(library.terms.values())
    # Free: commercial use allowed, notices required, no restrictions, size not addressed.
    assert findings.licence(library.licences["free"], terms) == (
        "Free: of 6 permissions it gives 1 freely and 0 with conditions; "
        "of 4 duties it sets 1, of 4 limits 0; 11 are not addressed or not known"
    )
    assert findings.licence(library.licences["house"], terms) == (
        "House: of 6 permissions it gives 0 freely and 1 with conditions; "
        "of 4 duties it sets 0, of 4 limits 2; 11 are not addressed or not known"
    )
