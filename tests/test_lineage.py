"""The tree of a family: who stands below whom."""

from __future__ import annotations

import pytest

import samples
from fieldguide.lineage import Kin, tree
from fieldguide.records import Model
from fieldguide.selections import NotKnown
from fieldguide.views import Guide


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("lineage"))


def family(*rows: tuple[str, str, str | None, tuple[str, ...]]) -> Guide:
    """A guide of models: id, family, date and what each was made from."""
    library = samples.real()
    model = samples.made({})
    models: dict[str, Model] = {
        key: model.model_copy(
            update={"id": key, "name": key, "family": of, "released": date, "based_on": bases}
        )
        for key, of, date, bases in rows
    }
    return Guide(type(library)({**library.collections, "models": models}, library.paths))


def drawn(kin: Kin) -> str:
    """`a(b c(d))`, with `*` after those of other families."""
    below = " ".join(map(drawn, kin.children))
    return kin.model.id + "*" * kin.outside + (f"({below})" if below else "")


def test_of_the_sample(sample: Guide) -> None:
    found = tree(sample, "greek")
    # Beta is the oldest; Gamma, without a date, was made from Alpha.
    assert [drawn(kin) for kin in found.roots] == ["beta", "alpha(gamma)"]
    assert [model.id for model in found.members] == ["beta", "alpha", "gamma"]
    assert [model.id for model in found.built] == ["gamma"]
    assert found.finding == "1 model built on the Greek family: 1 within it, 0 in other families"


def test_follows_derivatives_through_other_families() -> None:
    guide = family(
        ("one", "llama", "2023-01", ()),
        ("two", "llama", "2023-05", ("one",)),
        ("far", "qwen", "2024", ("near",)),
        ("near", "other", "2023-02-03", ("one", "apart")),
        ("apart", "other", "2020", ()),
        ("stranger", "other", "2021", ("apart",)),
    )
    found = tree(guide, "llama")
    assert [drawn(kin) for kin in found.roots] == ["one(near*(far*) two)"]
    [one] = found.roots
    assert [model.id for model in one.children[0].besides] == ["apart"]
    assert found.finding == (
        "3 models built on the Llama family: 1 within it, 2 in other families; most on one (2)"
    )


def test_begins_with_what_a_member_of_another_family_was_made_from() -> None:
    guide = family(
        ("base", "llama", "2023", ()),
        ("child", "qwen", "2024", ("base",)),
        ("sibling", "other", "2024", ("base",)),
    )
    found = tree(guide, "qwen")
    assert [drawn(kin) for kin in found.roots] == ["base*(child)"]
    assert found.built == []
    assert found.finding == "No model here is recorded as built on the Qwen family"


def test_models_in_a_circle_still_stand_somewhere_once() -> None:
    guide = family(("one", "llama", "2023", ("two",)), ("two", "llama", "2024", ("one",)))
    assert [drawn(kin) for kin in tree(guide, "llama").roots] == ["one(two)"]


def test_a_family_that_is_not_known_is_told(sample: Guide) -> None:
    with pytest.raises(NotKnown, match="unknown family `greak`"):
        tree(sample, "greak")


@pytest.mark.parametrize("key", ["llama", "mistral", "qwen", "deepseek", "gpt", "stable-diffusion"])
def test_each_member_of_a_real_family_stands_in_its_tree_once(key: str) -> None:
    found = tree(Guide(samples.real()), key)

    def walk(kin: Kin) -> list[str]:
        return [kin.model.id, *(id_ for child in kin.children for id_ in walk(child))]

    shown = [id_ for root in found.roots for id_ in walk(root)]
    assert len(shown) == len(set(shown))
    assert {m.id for m in (*found.members, *found.built)} <= set(shown)
