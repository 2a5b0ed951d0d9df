"""Rows for tables and pages, and the selections that markers ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide.selections import NotKnown
from fieldguide.views import Guide


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("views"))


def ids(records: list[object]) -> list[str]:
    return [getattr(record, "id", "") for record in records]


def test_steps_are_counted_from_one(guide: Guide) -> None:
    steps = {key: guide.step(model) for key, model in guide.library.models.items()}
    assert steps == {"alpha": 4, "beta": 1, "gamma": 2}


def test_a_model_that_is_not_offered_is_on_step_zero(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/beta.yml", "access: product", "access: none")
    guide = Guide(samples.load(tmp_path))
    assert guide.step(guide.library.models["beta"]) == 0


def test_modalities_read_as_a_phrase(guide: Guide) -> None:
    assert guide.modality(guide.library.models["alpha"]) == "Text, image → text"


def test_licence_state_and_maker_of_a_model(guide: Guide) -> None:
    alpha, gamma = guide.library.models["alpha"], guide.library.models["gamma"]
    assert guide.maker(alpha).name == "Acme"
    assert guide.licence(alpha) == "free"
    assert guide.licence(gamma) == "house"
    assert guide.licence(gamma, "model-card") is None
    assert guide.state(gamma, "weights") == "partial"
    assert guide.state(gamma, "model-card") == "unknown"


def test_definitions_stand_in_their_order(guide: Guide) -> None:
    assert list(guide.library.definitions) == ["spectrum", "strict"]
    assert ids(guide.definitions) == ["strict", "spectrum"]


def test_each_model_has_a_verdict_by_each_definition(guide: Guide) -> None:
    labels = {
        key: {model: verdict.label for model, verdict in each.items()}
        for key, each in guide.verdicts.items()
    }
    assert labels == {
        "strict": {"alpha": "Strictly open", "beta": "Not strict", "gamma": "Not strict"},
        "spectrum": {"alpha": "Everything open", "beta": "Product", "gamma": "Weights"},
    }
    alpha = guide.library.models["alpha"]
    assert guide.verdict(alpha, "strict") is guide.verdicts["strict"]["alpha"]


def test_what_a_definition_counts_as_open_is_counted(guide: Guide, tmp_path: Path) -> None:
    strict, spectrum = guide.definitions
    assert (guide.open_count(strict), guide.open_count(spectrum)) == (1, 2)
    assert guide.open_count(strict, "undetermined") == 0
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/licences/free.yml", "  use-restrictions: {answer: none}\n", "")
    other = Guide(samples.load(tmp_path))
    assert (other.open_count(strict), other.open_count(strict, "undetermined")) == (0, 1)


def test_parts_stand_in_three_groups(guide: Guide) -> None:
    groups = guide.parts_by_group()
    assert [label for label, _ in groups] == ["Code", "Data", "Documents"]
    assert all(word.kind == "data" for word in groups[1][1])
    assert sum(len(words) for _, words in groups) == len(guide.library.parts)


def test_licences_know_the_models_under_them(guide: Guide) -> None:
    alpha, gamma = guide.library.models["alpha"], guide.library.models["gamma"]
    assert guide.models_under("free") == ([alpha], [])
    assert guide.models_under("house") == ([gamma], [])
    assert guide.models_under("gone") == ([], [])


def test_a_licence_of_other_parts_is_told_apart_from_one_of_the_weights(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/models/alpha.yml"
    samples.edit(tmp_path, path, "licences: {all: free}", "licences: {code: house, data: free}")
    samples.edit(tmp_path, "data/models/gamma.yml", "licence: house", "licence: none")
    guide = Guide(samples.load(tmp_path))
    alpha = guide.library.models["alpha"]
    assert guide.models_under("free") == ([alpha], [])
    assert guide.models_under("house") == ([], [alpha])


def test_a_licence_of_what_is_withheld_puts_no_model_under_it(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/models/gamma.yml"
    samples.edit(tmp_path, path, "derived_from: weights,", "derived_from: weights, licence: free,")
    guide = Guide(samples.load(tmp_path))
    assert guide.models_under("free") == ([guide.library.models["alpha"]], [])


def test_a_family_of_licences_is_listed_oldest_first_and_the_undated_last(guide: Guide) -> None:
    assert ids(guide.relatives("free")) == ["free", "house"]
    assert guide.relatives("lone") == []


def test_licences_differ_in_what_they_were_both_read_for(guide: Guide) -> None:
    family = guide.relatives("free")
    differing = [term for term in guide.library.terms if guide.differs(family, term)]
    assert differing == ["commercial-use", "use-restrictions", "size-threshold"]
    assert not guide.differs(family, "notices"), "house was not read for it"
    house = family[1]
    said = house.terms["size-threshold"].model_copy(update={"number": 5})
    other = house.model_copy(update={"terms": {**house.terms, "size-threshold": said}})
    assert guide.differs([house, other], "size-threshold"), "the number counts too"
    assert not guide.differs([house, other], "use-restrictions")


def test_models_know_what_was_made_from_them(guide: Guide) -> None:
    assert guide.derived == {"alpha": ["gamma"]}


def test_evidence_is_counted_by_where_it_was_read(guide: Guide) -> None:
    texts = [samples.FILES[path] for path in samples.FILES if path.startswith("data/")]
    assert guide.vias["paper"] == 1
    assert guide.vias["primary"] == sum(text.count("via: primary") for text in texts)


def test_a_family_is_listed_oldest_first_and_the_undated_last(guide: Guide) -> None:
    assert ids(guide.family(guide.library.models["gamma"])) == ["beta", "alpha"]
    assert ids(guide.family(guide.library.models["beta"])) == ["alpha", "gamma"]


def test_the_newest_are_those_dated_to_the_day(guide: Guide) -> None:
    assert ids(guide.newest(5)) == ["alpha"]
    assert guide.newest(0) == []


def test_examples_of_a_step(guide: Guide) -> None:
    on_step = {rung.id: ids(guide.examples(rung)) for rung in guide.spectrum.rungs}
    assert on_step == {
        "product": ["beta"],
        "weights": ["gamma"],
        "open-weights": [],
        "everything-open": ["alpha"],
    }


def test_the_best_documented_are_the_examples(tmp_path: Path) -> None:
    samples.write(tmp_path)
    parts = samples.FILES["data/models/beta.yml"]
    for name in ("Delta", "Epsilon", "Eta", "Iota"):
        text = parts.replace("name: Beta", f"name: {name}")
        if name == "Iota":
            text = text.replace("parts:\n", f"parts:\n  model-card: {samples.PART}\n")
        samples.put(tmp_path, f"data/models/{name.lower()}.yml", text)
    guide = Guide(samples.load(tmp_path))
    found = guide.examples(guide.spectrum.rungs[0])
    assert ids(found) == ["iota", "beta", "delta", "epsilon"]


def test_a_maker_has_models_newest_first_tools_and_licences(guide: Guide) -> None:
    row = guide.maker_row("acme")
    assert ids(row.models) == ["alpha", "beta", "gamma"]
    assert ids(row.tools) == ["runner", "walker"]
    assert ids(row.licences) == ["free", "house"]


def test_makers_are_listed_by_name_also_those_without_anything(guide: Guide) -> None:
    rows = guide.makers()
    assert [row.organisation.name for row in rows] == ["Acme", "Zenith"]
    assert (rows[1].models, rows[1].tools, rows[1].licences) == ([], [], [])


def test_edit_addresses_lead_to_the_file(guide: Guide) -> None:
    path = guide.path("organisations", "acme")
    assert path == "data/organisations.yml"
    assert guide.edit(path) == "https://forge.example/edit/data/organisations.yml"


# Selections


@pytest.mark.parametrize(
    ("collection", "filters", "expected"),
    [
        ("models", {}, ["alpha", "beta", "gamma"]),
        ("models", {"access": "weights"}, ["alpha", "gamma"]),
        ("models", {"access": "api"}, []),
        ("models", {"step": "product"}, ["beta"]),
        ("models", {"family": "greek"}, ["alpha", "beta", "gamma"]),
        ("models", {"modality": "image"}, ["alpha"]),
        ("models", {"language": "no"}, ["alpha"]),
        ("models", {"developer": "acme"}, ["alpha", "beta", "gamma"]),
        ("models", {"developer": "zenith"}, []),
        ("models", {"licence": "house"}, ["gamma"]),
        ("models", {"part": "weights", "state": "released"}, ["alpha"]),
        ("models", {"part": "weights", "state": "partial"}, ["gamma"]),
        ("models", {"part": "model-card", "state": "unknown"}, ["alpha", "beta", "gamma"]),
        ("models", {"access": "weights", "modality": "image"}, ["alpha"]),
        ("licences", {"category": "permissive"}, ["free"]),
        ("licences", {"family": "free"}, ["house", "free"]),
        ("licences", {"osi": True}, ["free"]),
        ("licences", {"osi": False}, ["house"]),
        ("licences", {"fsf": True}, ["free"]),
        ("licences", {"open_definition": False}, ["house"]),
        ("tools", {"category": "local-runtime"}, ["runner", "walker"]),
        ("tools", {"platform": "linux"}, ["runner"]),
        ("tools", {"source": "open"}, ["runner"]),
        ("organisations", {"type": "university"}, ["zenith"]),
        ("definitions", {}, ["spectrum", "strict"]),
        ("debates", {}, ["fear", "dispute", "quarrel"]),
        ("debates", {"topic": "words"}, ["dispute", "quarrel"]),
        ("licence-families", {}, ["free", "lone"]),
        ("glossary", {}, ["lora", "weights"]),
        ("references", {}, ["gradient", "paper"]),
    ],
)
def test_records_are_chosen_by_name(
    guide: Guide, collection: str, filters: dict[str, object], expected: list[str]
) -> None:
    assert ids(guide.choose(collection, **filters)) == expected


@pytest.mark.parametrize(
    ("collection", "filters", "fault", "hint"),
    [
        ("modles", {}, "unknown collection `modles`", "Did you mean `models`?"),
        ("changes", {}, "unknown collection `changes`", ""),
        ("models", {"acces": "api"}, "unknown filter `acces`", "Did you mean `access`?"),
        ("models", {"access": "apy"}, "unknown access `apy`", "Did you mean `api`?"),
        ("models", {"step": "produkt"}, "unknown step `produkt`", "Did you mean `product`?"),
        ("models", {"licence": "none"}, "unknown licence `none`", ""),
        ("models", {"family": None}, "unknown family `None`", ""),
        ("models", {"family": ["greek"]}, "unknown family `['greek']`", ""),
        (
            "models",
            {"part": "weigths", "state": "released"},
            "unknown part `weigths`",
            "Did you mean `weights`",
        ),
        ("models", {"part": "weights", "state": "relased"}, "unknown state `relased`", "released"),
        ("models", {"part": "weights"}, "unknown state `None`", ""),
        ("models", {"state": "released"}, "unknown part `None`", ""),
        ("licences", {"part": "weights", "state": "released"}, "unknown filter `part`", ""),
        ("licences", {"family": "lone"}, "unknown family `lone`", ""),
        ("definitions", {"formal": True}, "unknown filter `formal`", ""),
        ("licences", {"osi": "yes"}, "unknown osi `yes`", ""),
        ("debates", {"topic": "wrds"}, "unknown topic `wrds`", "Did you mean `words`?"),
        ("glossary", {"term": "x"}, "unknown filter `term`", ""),
    ],
)
def test_what_the_data_does_not_have_is_not_known(
    guide: Guide, collection: str, filters: dict[str, object], fault: str, hint: str
) -> None:
    with pytest.raises(NotKnown) as caught:
        guide.choose(collection, **filters)
    assert str(caught.value) == fault
    assert hint in caught.value.hint


def test_records_are_picked_in_the_order_given(guide: Guide) -> None:
    assert ids(guide.pick("models", ["gamma", "alpha"])) == ["gamma", "alpha"]
    assert guide.pick("models", []) == []


def test_a_record_that_is_not_there_cannot_be_picked(guide: Guide) -> None:
    with pytest.raises(NotKnown, match="unknown model `alpah`") as caught:
        guide.pick("models", ["beta", "alpah"])
    assert caught.value.hint == "Did you mean `alpha`?"
