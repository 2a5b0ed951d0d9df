"""Debates: their order, the works they cite, and what is read with them."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide.debates import cited, grouped, ordered, related
from fieldguide.views import Guide


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("debates"))


def test_debates_stand_by_topic_and_by_their_place_in_it(guide: Guide) -> None:
    groups = [(topic.id, [d.id for d in members]) for topic, members in grouped(guide)]
    assert groups == [("safety", ["fear"]), ("words", ["quarrel", "dispute"])]
    assert [debate.id for debate in ordered(guide)] == ["fear", "quarrel", "dispute"]


def test_debates_with_the_same_place_stand_by_their_id(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/debates/dispute.yml", "order: 2", "order: 1")
    assert [d.id for d in ordered(Guide(samples.load(tmp_path)))] == ["fear", "dispute", "quarrel"]


def test_a_work_is_cited_once_where_it_is_first_named(guide: Guide) -> None:
    assert list(guide.library.references) == ["paper", "gradient"]
    assert cited(guide.library.debates["quarrel"]) == ["gradient", "paper"]
    assert cited(guide.library.debates["fear"]) == ["paper", "gradient"]


@pytest.mark.parametrize(
    ("debate", "others"), [("dispute", ["quarrel"]), ("quarrel", ["dispute"]), ("fear", [])]
)
def test_related_debates_know_each_other(guide: Guide, debate: str, others: list[str]) -> None:
    assert [d.id for d in related(guide, guide.library.debates[debate])] == others
