"""What the script of a long list is told: facets, columns, and what each row has of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import dom
import samples
from fieldguide import catalogues, facets
from fieldguide.exports import of_catalogues
from fieldguide.functions import Functions
from fieldguide.library import Library
from fieldguide.render import Renderer
from fieldguide.uses import May, answer
from fieldguide.views import Guide

MAKERS = (catalogues.models, catalogues.licences, catalogues.tools)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("catalogues"))


@pytest.fixture(scope="module")
def real() -> Guide:
    return Guide(samples.real())


def told(catalogue: catalogues.Catalogue) -> dict[str, dict[str, list[str] | None]]:
    """By facet: what each row has, in the labels of its values."""
    data = json.loads(json.dumps(facets.data(catalogue)))
    found: dict[str, dict[str, list[str] | None]] = {}
    for facet in (facet for group in data["groups"] for facet in group["facets"]):
        each = zip(data["ids"], facet["rows"], strict=True)
        found[facet["key"]] = {key: _labels(facet, has) for key, has in each}
    return found


def _labels(facet: dict[str, Any], has: Any) -> list[str] | None:
    if facet["kind"] == "memory":
        return None if has is None else [str(size) for size in has]
    places = has if isinstance(has, list) else [] if has is None else [has]
    return [facet["values"][place][1] for place in places]


@pytest.mark.parametrize(
    ("facet", "alpha", "beta", "gamma"),
    [
        ("in", ["Text", "Image"], ["Text"], ["Text"]),
        ("out", ["Text"], ["Text"], ["Text"]),
        ("language", ["Norwegian", "Swahili"], ["A number, not named"], ["Not known"]),
        ("strict", ["Strictly open"], ["Not strict"], ["Not strict"]),
        ("step", ["4 Everything open"], ["1 Product"], ["2 Weights"]),
        ("access", ["Weights"], ["Product only"], ["Weights"]),
        ("licence", ["Permissive"], ["Weights not released"], ["Community"]),
        ("may-commercial-product", [], [], []),
        ("may-users-1m", ["Yes", "Yes, or with conditions"], [], ["Yes, or with conditions"]),
        ("may-train-on-outputs", [], [], []),
        ("maker", ["Acme"], ["Acme"], ["Acme"]),
        ("country", ["Germany"], ["Germany"], ["Germany"]),
        ("size", ["1 to 4 billion", "4 to 10 billion"], ["Not known"], ["Not known"]),
        ("memory", ["[1000000000, 0, 4096]", "[7300000000, 0, 131072]"], None, None),
        ("year", ["2024"], ["2023"], ["Not known"]),
    ],
)
def test_facets_of_models(guide: Guide, facet: str, alpha: Any, beta: Any, gamma: Any) -> None:
    found = told(catalogues.models(guide))[facet]
    assert found == {"alpha": alpha, "beta": beta, "gamma": gamma}


def test_what_cannot_be_downloaded_fits_no_memory(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/alpha.yml", "access: weights", "access: api")
    stated = f"evidence:\n  access: [{samples.EVIDENCE}]\n  released:"
    samples.edit(tmp_path, "data/models/alpha.yml", "evidence:\n  released:", stated)
    guide = Guide(samples.load(tmp_path))
    assert told(catalogues.models(guide))["memory"]["alpha"] is None


def test_no_language_is_asked_of_a_model_without_words(tmp_path: Path) -> None:
    samples.write(tmp_path)
    old = "kind: {input: [text], output: [text]}\naccess: weights"
    new = "kind: {input: [image], output: [mask]}\naccess: weights"
    samples.edit(tmp_path, "data/models/gamma.yml", old, new)
    guide = Guide(samples.load(tmp_path))
    assert told(catalogues.models(guide))["language"]["gamma"] == []


def test_what_is_not_determined_is_no_rung(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/licences/free.yml", "  use-restrictions: {answer: none}\n", "")
    guide = Guide(samples.load(tmp_path))
    assert told(catalogues.models(guide))["strict"]["alpha"] == ["Not determined"]


def test_facets_have_only_values_that_some_row_has_in_the_order_of_the_data(real: Guide) -> None:
    for make in MAKERS:
        for group in make(real).groups:
            for facet in group.facets:
                if facet.kind == "checks":
                    used = {place for has in facet.rows for place in _places(has)}
                    assert used == set(range(len(facet.values))), facet.key
    (access,) = (
        facet
        for group in catalogues.models(real).groups
        for facet in group.facets
        if facet.key == "access"
    )
    assert [key for key, *_ in access.values] == list(real.library.words("access"))


def _places(has: catalogues.Has) -> list[int]:
    return has if isinstance(has, list) else [] if has is None else [has]  # type: ignore[return-value]


def test_may_i_follows_the_licence_of_the_weights(real: Guide) -> None:
    found = told(catalogues.models(real))
    for use in real.library.uses.values():
        yes = {key for key, has in found[f"may-{use.id}"].items() if has and "Yes" in has}  # type: ignore[operator]
        assert yes == {
            model.id
            for model in real.library.models.values()
            if model.access == "weights"
            and (licence := real.library.licences.get(real.licence(model) or ""))
            and answer(licence, use, real.library).may == May.YES
        }


def test_every_country_has_a_name(real: Guide) -> None:
    codes = {o.country for o in real.library.organisations.values() if o.country}
    assert {code.lower() for code in codes} <= set(real.library.words("countries"))


def test_a_country_without_a_name_stands_by_its_code(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/organisations.yml", "country: DE", "country: ZW")
    guide = Guide(samples.load(tmp_path))
    assert told(catalogues.models(guide))["country"]["beta"] == ["ZW"]


@pytest.mark.parametrize(
    ("marker", "make"),
    [
        ("catalogue", catalogues.models),
        ("licence_table", catalogues.licences),
        ("tools_table", catalogues.tools),
    ],
)
def test_rows_columns_and_buttons_are_those_of_the_page(
    real: Guide, marker: str, make: Any
) -> None:
    list_ = make(real)
    functions = Functions(Renderer(samples.ROOT, real), "models/")
    page = dom.parse(str(getattr(functions, marker)()))
    rows = [th.one("a").attrs["href"].split("/")[-2] for th in page.all("th", scope="row")]
    assert rows == list(list_.ids)
    heads = [th.attrs["data-key"] for th in page.one("thead").all("th") if "data-key" in th.attrs]
    assert heads == [column.key for column in list_.columns]
    last = page.all("tbody")[-1].all("tr")[-1]
    assert len(last.all("th", "td")) == len(heads)
    buttons = [button.text for button in page.one(cls="fg-bar").all("button")]
    assert buttons == [*(group.label for group in list_.groups), "Sort and columns"]
    assert page.one(role="status").text == f"{len(rows)} of {len(rows)} {list_.what}"


def test_keys_serve_as_names_in_an_address(real: Guide) -> None:
    for make in MAKERS:
        catalogue = make(real)
        facets = [facet for group in catalogue.groups for facet in group.facets]
        settings = [setting for facet in facets for setting in facet.settings]
        keys = [*(facet.key for facet in facets), *(setting.key for setting in settings)]
        assert len(set(keys)) == len(keys)
        assert not {*keys} & {"filter", "sort", "hide", "q", "h"}, "these mean something else"
        for setting in settings:
            assert setting.usual in [key for key, *_ in setting.values]
        values = [value[0] for one in (*facets, *settings) for value in one.values]
        for key in [*keys, *values]:
            assert re.fullmatch(r"[a-z0-9.-]+", key)
        by_facet = {column.key for column in catalogue.columns if column.by == "facet"}
        assert by_facet <= {*keys}


def test_the_search_is_told_families_and_licences(guide: Guide) -> None:
    data = facets.data(catalogues.models(guide))
    assert data["search"] == [
        {"values": ["Greek"], "rows": [0, 0, 0]},
        {"values": ["House Terms", "The Free Licence"], "rows": [1, None, 0]},
    ]


def test_the_files_are_the_same_at_every_build_and_compact(real: Guide) -> None:
    backwards = dict(reversed(list(real.library.models.items())))
    other = Library({**real.library.collections, "models": backwards}, real.library.paths)
    made = dict(of_catalogues(real))
    assert dict(of_catalogues(Guide(other))) == made
    for text in made.values():
        assert text.endswith("}\n")
        assert (
            json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) + "\n" == text
        )
    assert len(made["models/catalogue.json"].encode()) < 240 * len(real.library.models)
