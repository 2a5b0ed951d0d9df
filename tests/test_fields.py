"""The field reference says of each shape what it holds."""

from __future__ import annotations

import pytest

from fieldguide import records as r
from fieldguide.fields import Row, shapes, tables


def rows(shape: type[r.Shape], table: str = "") -> dict[str, Row]:
    return {row.name: row for row in dict(tables(shape))[table]}


def test_every_kind_of_record_has_a_word() -> None:
    known = shapes()
    assert {"model", "licence", "tool", "organisation", "reference", "comparison"} <= set(known)
    assert len(known) == len(r.FOLDERS) + len(r.FILES)
    assert known["model"] is r.Model
    assert {"access", "modality", "family", "glossary", "licence-category"} <= set(known)


@pytest.mark.parametrize(
    ("name", "holds", "required"),
    [
        ("name", "text on one line", True),
        ("family", "id from families", True),
        ("developers", "list of: id from organisations", True),
        ("description", "text", True),
        ("released", "date", False),
        ("kind", "mapping, see below", True),
        ("access", "id from access", True),
        ("based_on", "list of: id from models", False),
        ("sizes", "list of: mapping, see below", False),
        ("parts", "mapping of id from parts to mapping, see below", False),
        ("links", "mapping, see below", False),
    ],
)
def test_a_field_of_a_model(name: str, holds: str, required: bool) -> None:
    row = rows(r.Model)[name]
    assert (row.holds, row.required) == (holds, required)
    assert row.about == r.Model.model_fields[name].description


@pytest.mark.parametrize(
    ("table", "name", "holds"),
    [
        ("sizes", "parameters", "whole number"),
        ("licences", "all", "id from licences or `none`"),
        ("parts", "gated", "true or false"),
        ("parts", "basis", "one of `refused`, `not-found`"),
        ("parts", "evidence", "list of evidence"),
        ("links", "hub", "address"),
        ("kind", "input", "list of: id from modalities"),
        ("evidence", "released", "list of evidence"),
    ],
)
def test_a_field_within_a_model(table: str, name: str, holds: str) -> None:
    assert rows(r.Model, table)[name].holds == holds


def test_the_id_is_not_a_field() -> None:
    assert "id" not in rows(r.Model)
    assert "id" in rows(r.Comparison, "columns"), "there it is one"


def test_a_field_is_called_as_in_the_file() -> None:
    assert "container-title" in rows(r.Reference)
    assert "container_title" not in rows(r.Reference)


def test_shapes_within_shapes_have_tables_too() -> None:
    titles = [title for title, _ in tables(r.Definition)]
    assert titles == ["", "rungs", "rungs.requires", "rungs.requires.licence"]


@pytest.mark.parametrize("kind", shapes())
def test_every_field_of_every_kind_is_told(kind: str) -> None:
    shape = shapes()[kind]
    told = rows(shape)
    expected = {info.alias or name for name, info in shape.model_fields.items()} - {"id"}
    assert set(told) == expected
    assert all(row.about and row.holds for row in told.values())
