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


def test_each_model_is_counted_once(real: Guide) -> None:
    with_weights = len(real.choose("models", access="weights"))
    assert with_weights > 0
    assert {bar.total for bar in charts.parts(real)} == {with_weights}
    assert sum(bar.total for bar in charts.licences(real)) == with_weights
    assert sum(bar.total for bar in charts.tools(real)) == len(real.library.tools)
    dated = [model for model in real.library.models.values() if model.released]
    assert sum(bar.total for bar in charts.releases(real)) == len(dated)
