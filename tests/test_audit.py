"""How complete the records are, and facts to find again."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import samples
from fieldguide import audit
from fieldguide.assess import assess
from fieldguide.cli import main
from fieldguide.library import Library
from fieldguide.verdicts import Outcome

SHORTLISTED = ("alpha", "gamma")  # As in the samples.


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return samples.load(samples.write(tmp_path))


def of(facts: list[audit.Fact], key: str) -> dict[str, str]:
    return {fact.field: fact.value for fact in facts if fact.id == key}


def test_every_stated_fact_is_listed_with_its_evidence(library: Library) -> None:
    facts = audit.facts(library)
    assert all(fact.evidence for fact in facts if fact.collection != "licences")
    alpha = of(facts, "alpha")
    assert alpha["released"] == "2024-11-26"
    assert alpha["languages"] == "sw, no"
    assert of(facts, "beta")["languages"] == "100 or more"
    assert alpha["parameters"] == "1B: 1000000000, 7B: 7300000000"
    assert alpha["layers and heads"] == "1B: 16, 7B: 32"
    assert alpha["weights licence"] == "free"
    assert alpha["training-data"] == "released"


def test_what_is_not_listed_is_counted_as_unknown(library: Library) -> None:
    fields, parts = audit.coverage(library)
    released = next(row for row in fields if row.field == "released")
    assert released.stated + released.unknown == len(library.models)
    data = next(row for row in parts if row.field == "training-data")
    with_weights = [m for m in library.models.values() if m.access == "weights"]
    assert data.stated == sum("training-data" in m.parts for m in with_weights)
    assert data.stated + data.unknown == len(with_weights)
    assert data.share == round(100 * data.stated / len(with_weights))
    assert data.oldest == "2024-12"


def test_what_is_stated_without_evidence_is_counted(library: Library) -> None:
    fields, parts = audit.coverage(library)
    assert [row.unsourced for row in (*fields, *parts)] == [0] * len((*fields, *parts))
    model = library.models["alpha"]
    bare = model.parts["training-data"].model_copy(update={"evidence": ()})
    alpha = model.model_copy(update={"parts": dict(model.parts) | {"training-data": bare}})
    models = dict(library.models) | {"alpha": alpha}
    changed = replace(library, collections=dict(library.collections) | {"models": models})
    _, parts = audit.coverage(changed)
    assert {row.field: row.unsourced for row in parts if row.unsourced} == {"training-data": 1}


def test_a_field_without_dates_has_no_oldest_source(library: Library) -> None:
    fields, _ = audit.coverage(library)
    assert next(row for row in fields if row.field == "released").oldest is None


def test_verdicts_on_well_known_models_are_counted(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    samples.edit(
        root,
        "data/definitions/strict.yml",
        "{any: [training-data, data-information]}",
        "{any: [evaluation-data]}",
    )
    library = samples.load(root)
    rows = {row.definition.id: row for row in audit.determined(library)}
    assert set(rows) == set(library.definitions)
    for key, row in rows.items():
        definition = library.definitions[key]
        each = {m: assess(library.models[m], definition, library).open for m in SHORTLISTED}
        assert row.met == list(each.values()).count(Outcome.MET)
        assert row.not_met == list(each.values()).count(Outcome.NOT_MET)
        assert {m.id for m in row.undetermined} == {
            m for m, outcome in each.items() if outcome == Outcome.UNDETERMINED
        }
    assert [m.id for m in rows["strict"].undetermined] == ["alpha"]
    assert rows["strict"].share == 50


def test_a_source_that_says_otherwise_is_a_conflict(library: Library) -> None:
    conflicts = audit.conflicts(library)
    assert [(c.id, c.field) for c in conflicts] == [("alpha", "training-data")]
    assert [piece.says for piece in conflicts[0].conflicts] == ["half"]


def test_a_seed_draws_the_same_facts_again(library: Library) -> None:
    drawn = audit.sample(library, 5, seed=1)
    assert drawn == audit.sample(library, 5, seed=1)
    assert len(drawn) == 5
    assert any(audit.sample(library, 5, seed=seed) != drawn for seed in range(2, 6))


def test_no_more_facts_are_drawn_than_there_are(library: Library) -> None:
    assert len(audit.sample(library, 10_000, seed=0)) == len(audit.facts(library))


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    root = samples.write(tmp_path)

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["audit", "--root", str(root), *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    return call


def test_the_command_prints_counts_conflicts_and_a_sample(run: Callable[..., str]) -> None:
    text = run("--sample", "2", "--seed", "3")
    assert "Parts of models with weights" in text
    assert "Facts on which a source says something else: 1." in text
    assert "2 facts to find again (seed 3):" in text
    assert "https://example.org/" in text


def test_the_command_prints_json(run: Callable[..., str]) -> None:
    found = json.loads(run("--json", "--sample", "3"))
    assert set(found) == {"facts", "latest", "coverage", "determined", "conflicts", "sample"}
    assert len(found["sample"]) == 3
    assert {row["definition"] for row in found["determined"]} == {"strict", "spectrum"}
    assert all(fact["evidence"] for fact in found["conflicts"])
