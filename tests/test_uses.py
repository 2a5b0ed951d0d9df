"""May I? Each rule by hand: which answer, from which term."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide import uses
from fieldguide.library import Library
from fieldguide.records import Licence
from fieldguide.uses import May


@pytest.fixture(scope="module")
def real() -> Library:
    return samples.real()


def licence(real: Library, spdx: str | None = None, **terms: dict[str, object]) -> Licence:
    """A licence of these terms, hyphens as underscores."""
    said = {name.replace("_", "-"): {"answer": "none"} | term for name, term in terms.items()}
    return Licence.model_validate(
        {
            "id": "a",
            "name": "A",
            "short": "A",
            "category": "community",
            "summary": "It is.",
            "read": "whole",
            "spdx": spdx,
            "terms": said,
            "evidence": [{"url": "https://example.org/", "via": "primary"}],
        }
    )


def ask(real: Library, use: str, text: Licence) -> uses.Answer:
    return uses.answer(text, real.uses[use], real)


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ("allowed", May.YES),
        ("conditions", May.CONDITIONS),
        ("forbidden", May.NO),
        ("unspecified", May.UNKNOWN),
    ],
)
def test_a_permission_answers_by_itself(real: Library, said: str, may: May) -> None:
    assert (
        ask(real, "train-on-outputs", licence(real, training_on_outputs={"answer": said})).may
        == may
    )


def test_what_was_not_read_is_not_known(real: Library) -> None:
    answer = ask(real, "train-on-outputs", licence(real))
    assert answer.may == May.UNKNOWN
    assert answer.reasons[0].said is None


def test_silence_is_permission_only_in_a_listed_licence(real: Library) -> None:
    silent = {"training_on_outputs": {"answer": "unspecified"}}
    assert ask(real, "train-on-outputs", licence(real, "MIT", **silent)).may == May.YES
    assert ask(real, "train-on-outputs", licence(real, **silent)).may == May.UNKNOWN


def test_the_worst_term_decides_and_is_named(real: Library) -> None:
    text = licence(
        real,
        commercial_use={"answer": "forbidden"},
        field_limits={"answer": "limited"},
        use_restrictions={"answer": "none"},
    )
    answer = ask(real, "commercial-product", text)
    assert answer.may == May.NO
    assert [(r.term.id, r.answer) for r in answer.reasons] == [
        ("commercial-use", May.NO),
        ("field-limits", May.CONDITIONS),
    ]


def test_a_yes_names_all_its_terms(real: Library) -> None:
    text = licence(real, commercial_use={"answer": "allowed"}, size_threshold={"answer": "none"})
    assert len(ask(real, "users-1m", text).reasons) == 2


@pytest.mark.parametrize(
    ("threshold", "at_1m", "at_800m"),
    [
        ({"number": 700_000_000, "counts": "users", "beyond": "forbidden"}, May.YES, May.NO),
        ({"number": 100_000, "counts": "users", "beyond": "conditions"}, *[May.CONDITIONS] * 2),
        ({"number": 1_000_000, "counts": "users", "beyond": "forbidden"}, May.YES, May.NO),
        ({"number": 700_000_000, "counts": "users"}, May.YES, May.UNKNOWN),
        ({"number": 5_000, "counts": "revenue", "beyond": "forbidden"}, *[May.CONDITIONS] * 2),
        ({}, *[May.CONDITIONS] * 2),
    ],
)
def test_users_are_held_against_the_threshold(
    real: Library, threshold: dict[str, object], at_1m: May, at_800m: May
) -> None:
    limited = {"answer": "limited"} | threshold
    text = licence(real, commercial_use={"answer": "allowed"}, size_threshold=limited)
    assert ask(real, "users-1m", text).may == at_1m
    assert ask(real, "users-800m", text).may == at_800m


@pytest.mark.parametrize(
    ("places", "may"),
    [
        ({"EU": "forbidden"}, May.NO),
        ({"EU": "conditions"}, May.CONDITIONS),
        ({"GB": "forbidden"}, May.YES),
        ({}, May.YES),
    ],
)
def test_only_a_place_that_is_named_is_left_out(
    real: Library, places: dict[str, str], may: May
) -> None:
    text = licence(real, territory={"answer": "limited", "places": places})
    assert ask(real, "in-eu", text).may == may


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ("required", May.NO),
        ("conditions", May.CONDITIONS),
        ("not-required", May.YES),
        ("unspecified", May.YES),
    ],
)
def test_to_be_free_of_a_duty(real: Library, said: str, may: May) -> None:
    assert ask(real, "unnamed", licence(real, attribution={"answer": said})).may == may


def test_a_duty_beside_a_permission_is_a_condition(real: Library) -> None:
    text = licence(real, redistribution={"answer": "allowed"}, notices={"answer": "required"})
    assert ask(real, "redistribute", text).may == May.CONDITIONS


@pytest.mark.parametrize(
    ("key", "use", "may"),
    [
        ("mit", "commercial-product", May.YES),
        ("cc-by-nc-4.0", "commercial-product", May.NO),
        ("llama-3.1-community", "users-1m", May.CONDITIONS),
        ("llama-3.1-community", "users-800m", May.NO),
        ("llama-3.1-community", "sell-fine-tune", May.CONDITIONS),
        ("llama-4-community", "in-eu", May.CONDITIONS),
        ("tencent-hunyuan-large", "in-eu", May.NO),
        ("cc0-1.0", "unnamed", May.YES),
        ("kimi-k2-modified-mit", "users-800m", May.CONDITIONS),
    ],
)
def test_answers_on_well_known_licences(real: Library, key: str, use: str, may: May) -> None:
    assert uses.answer(real.licences[key], real.uses[use], real).may == may


def test_every_threshold_says_what_it_counts_and_what_lies_beyond(real: Library) -> None:
    for text in real.licences.values():
        said = text.terms.get("size-threshold")
        if said and said.number:
            assert said.beyond, text.id


def test_a_threshold_without_its_kind_is_refused(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    samples.edit(root, "data/licences/house.yml", "    counts: users\n", "")
    _, problems = samples.survey(root)
    assert [str(p) for p in problems] == [
        "data/licences/house.yml:12:5: `size-threshold` needs `number` and `counts` together."
    ]
