"""Bars counted from the records."""

from __future__ import annotations

import pytest

import samples
from fieldguide import charts
from fieldguide.views import Guide


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("charts"))


@pytest.fixture(scope="module")
def real() -> Guide:
    return Guide(samples.load(samples.ROOT))


def counts(bar: charts.Bar) -> dict[str, int]:
    return {segment.tone: segment.value for segment in bar.segments if segment.value}


def test_parts_are_counted_over_models_with_weights(guide: Guide) -> None:
    bars = {bar.address: bar for bar in charts.parts(guide)}
    assert len(bars) == len(guide.library.parts)
    assert counts(bars["understand/parts/#weights"]) == {"released": 1, "partial": 1}
    assert counts(bars["understand/parts/#training-data"]) == {"released": 1, "withheld": 1}
    assert counts(bars["understand/parts/#model-card"]) == {"unknown": 2}
    assert bars["understand/parts/#weights"].label == "Weights"


def test_all_bars_of_parts_have_the_same_segments(guide: Guide) -> None:
    tones = {tuple(segment.tone for segment in bar.segments) for bar in charts.parts(guide)}
    assert tones == {tuple(guide.library.words("states"))}


def test_licences_are_counted_by_category(guide: Guide) -> None:
    assert [(bar.label, bar.total) for bar in charts.licences(guide)] == [
        ("Permissive", 1),
        ("Community", 1),
    ]


def test_a_licence_that_is_not_known_is_counted_as_such(guide: Guide) -> None:
    models = dict(guide.library.models)
    parts = models["gamma"].parts
    weights = parts["weights"].model_copy(update={"licence": None})
    models["gamma"] = models["gamma"].model_copy(update={"parts": parts | {"weights": weights}})
    library = type(guide.library)({**guide.library.collections, "models": models})
    bars = charts.licences(Guide(library))
    assert [(bar.label, bar.total) for bar in bars] == [("Permissive", 1), ("Not known", 1)]
    assert [bar.segments[0].tone for bar in bars] == ["licence-permissive", "licence-unknown"]


def test_to_have_no_licence_is_not_the_same_as_none_that_is_known(guide: Guide) -> None:
    models = dict(guide.library.models)
    parts = models["gamma"].parts
    weights = parts["weights"].model_copy(update={"licence": "none"})
    models["gamma"] = models["gamma"].model_copy(update={"parts": parts | {"weights": weights}})
    library = type(guide.library)({**guide.library.collections, "models": models})
    bars = charts.licences(Guide(library))
    assert [(bar.label, bar.total) for bar in bars] == [("Permissive", 1), ("No licence", 1)]


def test_tools_are_counted_by_category_and_source(guide: Guide) -> None:
    [bar] = charts.tools(guide)
    assert (bar.label, bar.total) == ("Local runtime", 2)
    assert counts(bar) == {"released": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("source", "tone", "label"),
    [
        ("open", "released", "open code"),
        ("partly-open", "partial", "partly open"),
        ("closed", "withheld", "closed"),
        (None, "unknown", "not known"),
    ],
)
def test_the_code_of_a_tool_has_a_tone(
    guide: Guide, source: str | None, tone: str, label: str
) -> None:
    runner = guide.library.tools["runner"].model_copy(update={"source": source})
    library = type(guide.library)({**guide.library.collections, "tools": {"runner": runner}})
    [bar] = charts.tools(Guide(library))
    assert [s for s in bar.segments if s.value] == [charts.Segment(tone, label, 1)]
    assert [s.tone for s in bar.segments] == ["released", "partial", "withheld", "unknown"]


def test_releases_are_counted_by_year_and_step(guide: Guide) -> None:
    assert [(bar.label, counts(bar)) for bar in charts.releases(guide)] == [
        ("2023", {"step-1": 1}),
        ("2024", {"step-4": 1}),
    ]


def test_verdicts_are_counted_by_definition(guide: Guide) -> None:
    # By the Strict Rule: Alpha has it all, Beta withholds its weights, Gamma its data.
    # By the Spectrum, open from its second rung: Alpha and Gamma have weights, Beta has none.
    assert [(bar.label, bar.address, counts(bar)) for bar in charts.verdicts(guide)] == [
        ("Strict Rule", "understand/definitions/strict/", {"met": 1, "not-met": 2}),
        ("Spectrum", "understand/definitions/spectrum/", {"met": 2, "not-met": 1}),
    ]


def test_a_verdict_that_unknown_facts_decide_is_counted_apart(guide: Guide) -> None:
    beta = guide.library.models["beta"].model_copy(update={"parts": {}})
    library = type(guide.library)({**guide.library.collections, "models": {"beta": beta}})
    assert [counts(bar) for bar in charts.verdicts(Guide(library))] == [
        {"undetermined": 1},
        {"undetermined": 1},
    ]


def test_a_long_name_of_a_definition_gives_way_to_the_short_one(guide: Guide) -> None:
    long = guide.library.definitions["strict"].model_copy(update={"name": "x" * 41})
    definitions = {**guide.library.definitions, "strict": long}
    library = type(guide.library)({**guide.library.collections, "definitions": definitions})
    assert [bar.label for bar in charts.verdicts(Guide(library))] == ["Strict", "Spectrum"]


def test_licences_are_counted_by_year(guide: Guide) -> None:
    # Gamma has no date; Beta has no weights to download.
    [bar] = charts.licences_by_year(guide)
    assert (bar.label, counts(bar)) == ("2024", {"licence-permissive": 1})


def test_sizes_are_those_of_each_model_largest_by_step(guide: Guide) -> None:
    [row] = charts.sizes(guide)
    assert (row.step, row.label) == (4, "Everything open")
    assert [(size, model.id) for size, model in row.models] == [(7_300_000_000, "alpha")]
    assert row.median == 7_300_000_000
    assert not row.spread


def test_the_median_of_an_even_number_lies_between_two(guide: Guide) -> None:
    alpha = guide.library.models["alpha"]
    row = charts.Sizes(1, "x", [(n, alpha) for n in (1, 2, 5, 900)])
    assert row.median == 4  # Of 3.5, rounded.
    assert row.spread


def test_the_most_open_step_comes_first(real: Guide) -> None:
    rows = charts.sizes(real)
    assert [row.step for row in rows] == sorted((row.step for row in rows), reverse=True)
    for row in rows:
        assert [size for size, _ in row.models] == sorted(size for size, _ in row.models)


def test_tools_are_counted_by_interface_and_platform(guide: Guide) -> None:
    [kind] = charts.tool_kinds(guide)
    assert (kind.label, [tool.id for tool in kind.tools]) == ("Local runtime", ["runner", "walker"])
    assert kind.interfaces == {"command-line": 1, "unknown": 1}
    assert kind.platforms == {"linux": 1, "macos": 1, "unknown": 1}


def test_a_chart_is_told_in_words(guide: Guide) -> None:
    chart = charts.Chart("s", "f", "Kind", "tools", charts.tools(guide), 2)
    assert chart.description == (
        "Kind, with the number of tools: Local runtime 2. "
        "Each is divided into open code, partly open, closed, not known."
    )
    one = charts.Chart("s", "f", "Category", "models", charts.licences(guide), 2)
    assert one.description == "Category, with the number of models: Permissive 1; Community 1."
    assert charts.Chart("s", "f", "Year", "models", [], 0).description.endswith("models: .")


def test_each_model_is_counted_once(real: Guide) -> None:
    with_weights = len(real.choose("models", access="weights"))
    assert with_weights > 0
    assert {bar.total for bar in charts.parts(real)} == {with_weights}
    assert sum(bar.total for bar in charts.licences(real)) == with_weights
    assert sum(bar.total for bar in charts.tools(real)) == len(real.library.tools)
    dated = [model for model in real.library.models.values() if model.released]
    assert sum(bar.total for bar in charts.releases(real)) == len(dated)
    with_both = [model for model in real.choose("models", access="weights") if model.released]
    assert sum(bar.total for bar in charts.licences_by_year(real)) == len(with_both)
    assert {bar.total for bar in charts.verdicts(real)} == {len(real.library.models)}
    sized = [m for m in real.library.models.values() if any(s.parameters for s in m.sizes)]
    assert sum(len(row.models) for row in charts.sizes(real)) == len(sized)
    assert sum(len(kind.tools) for kind in charts.tool_kinds(real)) == len(real.library.tools)
