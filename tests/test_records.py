"""What a record may say: the shapes alone, without files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from fieldguide import records as r

HERE: dict[str, Any] = {"url": "https://example.org/", "via": "primary"}


def evidence(**changes: object) -> r.Evidence:
    return r.Evidence.model_validate(HERE | changes)


def model(**changes: object) -> r.Model:
    plain = {
        "id": "a",
        "name": "A",
        "family": "greek",
        "developers": ["acme"],
        "description": "It is.",
        "kind": {"input": ["text"], "output": ["text"]},
        "access": "api",
    }
    return r.Model.model_validate(plain | changes)


@pytest.mark.parametrize("date", ["2024-02-29", "2024-11", "2024", "0001-01-01"])
def test_dates_are_days_months_or_years(date: str) -> None:
    assert evidence(dated=date).dated == date


def test_a_plain_year_is_a_date() -> None:
    assert evidence(dated=2024).dated == "2024"


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        ("2023-02-29", "is not a date in the calendar"),
        ("2024-13", "is not a date in the calendar"),
        ("0000", "is not a date in the calendar"),
        ("2024-1-5", "is not a date of the form 2024-11-26, 2024-11 or 2024"),
        ("24", "is not a date of the form 2024-11-26, 2024-11 or 2024"),
        (24, "is not a date of the form 2024-11-26, 2024-11 or 2024"),
        ("2024-11-26T10:00", "is not a date of the form 2024-11-26, 2024-11 or 2024"),
        ("2024-11-26\n", "is not a date of the form 2024-11-26, 2024-11 or 2024"),
        ("26 November 2024", "is not a date of the form 2024-11-26, 2024-11 or 2024"),
        (True, "valid string"),
        (2024.5, "valid string"),
    ],
)
def test_other_dates_are_refused(date: object, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        evidence(dated=date)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://example.org/a?b=c&d#e",
        "https://xn--r8jz45g.jp/ä",
        "HTTPS://EX.org/",
    ],
)
def test_addresses_are_kept_as_written(url: str) -> None:
    assert evidence(url=url).url == url


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://example.org/"),
        *("example.org", "//example.org", "/models/", "", "https://", "http:example.org"),
        *("https:///example.org", " https://example.org", "https://exa mple.org/"),
        *('https://example.org/"onclick=x', "https://example.org/<b>", "https://example.org/`"),
        *("https://example.org/\n", "https://example.org/\\", "https://example.org/'"),
        *(
            "https://example.org@evil.example/",
            "https://a:b@example.org",
            "https://ex\u0430mple.org",
        ),
        "https://example.org/" + "a" * 1000,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        evidence(url=url)


@pytest.mark.parametrize("key", ["a", "olmo-2", "llama-3.1-community", "01-ai", "a" * 80])
def test_ids_are_words_joined_by_hyphens_and_dots(key: str) -> None:
    assert model(id=key).id == key


@pytest.mark.parametrize(
    "key",
    [
        *("", "A", "a b", "a_b", "a--b", "-a", "a-", ".a", "a.", "a..b", "../a", "a/b", "ä"),
        *("a\n", "a" * 81, "con\x00"),
    ],
)
def test_other_ids_are_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        model(id=key)


@pytest.mark.parametrize("line", ["", " ", " \n ", "one\ntwo", "a" * 301])
def test_a_line_has_something_on_one_line(line: str) -> None:
    with pytest.raises(ValidationError):
        evidence(note=line)


def test_space_around_a_line_or_text_is_dropped() -> None:
    assert evidence(note=" words \n").note == "words"
    assert model(description=" Words.\n").description == "Words."


def test_a_text_may_not_be_blank() -> None:
    with pytest.raises(ValidationError, match="at least 1 character"):
        model(description=" \n ")


@pytest.mark.parametrize("changes", [{"name": 5}, {"developers": "acme"}, {"parts": []}])
def test_values_are_not_coerced(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        model(**changes)


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        model(nmae="B")


def test_records_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        model().name = "B"


@pytest.mark.parametrize("number", [0, -1, 1.5, "7", True])
def test_counts_are_whole_numbers_above_zero(number: object) -> None:
    with pytest.raises(ValidationError):
        model(sizes=[{"name": "7B", "parameters": number}])


@pytest.mark.parametrize(
    ("languages", "count", "told"),
    [
        (["en", "fr", "en"], None, "`languages` names one twice"),
        (["en", "fr"], 2, "`language_count` is for languages beyond those named"),
    ],
)
def test_languages_are_named_once_and_counted_where_there_are_more(
    languages: list[str], count: int | None, told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        model(languages=languages, language_count=count)


@pytest.mark.parametrize("state", ["released", "partial", "unknown", "not-applicable"])
def test_a_basis_is_said_of_withheld_parts_only(state: str) -> None:
    fact = {"state": state, "basis": "refused", "evidence": [HERE]}
    with pytest.raises(ValidationError, match="`basis` is said of withheld parts only"):
        model(parts={"weights": fact})
    assert model(parts={"weights": fact | {"state": "withheld"}}).parts["weights"].basis


def test_a_part_needs_evidence() -> None:
    with pytest.raises(ValidationError):
        model(parts={"weights": {"state": "released"}})
    with pytest.raises(ValidationError):
        model(parts={"weights": {"state": "released", "evidence": []}})


FACTS: list[tuple[str, dict[str, object]]] = [
    ("released", {"released": "2024"}),
    ("based_on", {"based_on": ["b"]}),
    ("parameters", {"sizes": [{"name": "7B", "parameters": 7}]}),
    ("parameters", {"sizes": [{"name": "7B", "active": 7}]}),
    ("context", {"sizes": [{"name": "7B", "context": 7}]}),
    *(
        ("architecture", {"sizes": [{"name": "7B", shape: 7}]})
        for shape in ("layers", "hidden_size", "heads", "kv_heads", "head_dim", "vocabulary")
    ),
    *(("licences", {"licences": {kind: "mit"}}) for kind in ("all", "code", "data", "document")),
    (
        "licences",
        {"parts": {"training-code": {"state": "released", "licence": "mit", "evidence": [HERE]}}},
    ),
]


@pytest.mark.parametrize(("name", "stated"), FACTS)
def test_a_stated_fact_wants_evidence(name: str, stated: dict[str, object]) -> None:
    access = {"access": [HERE]}
    assert list(model(**stated, evidence=access).unsourced()) == [name]
    assert list(model(**stated, evidence=access | {name: [HERE]}).unsourced()) == []


def test_access_wants_evidence_unless_the_weights_tell() -> None:
    weights = {"weights": {"state": "released", "evidence": [HERE]}}
    assert list(model().unsourced()) == ["access"]
    assert list(model(access="weights").unsourced()) == ["access"]
    assert list(model(access="weights", parts=weights).unsourced()) == []
    assert list(model(access="api", parts=weights).unsourced()) == ["access"]


def test_evidence_for_a_field_is_a_list_even_if_there_is_none() -> None:
    assert model().sources("released") == ()
    assert model(evidence={"released": [HERE]}).sources("released") == (evidence(),)


def tool(**changes: object) -> r.Tool:
    plain = {"id": "t", "name": "T", "maker": "acme", "category": "hub", "summary": "It is."}
    return r.Tool.model_validate(plain | changes)


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("source", "open"),
        ("licence", "mit"),
        ("platforms", ["linux"]),
        ("interfaces", ["web"]),
        ("formats", ["gguf"]),
        ("needs", "A machine"),
    ],
)
def test_a_stated_fact_of_a_tool_wants_evidence(name: str, stated: object) -> None:
    assert list(tool(**{name: stated}).unsourced()) == [name]
    assert list(tool(**{name: stated}, evidence={name: [HERE]}).unsourced()) == []


def licence(**changes: object) -> r.Licence:
    plain = {
        "id": "x",
        "name": "X",
        "short": "X",
        "category": "permissive",
        "summary": "It is.",
        "read": "whole",
        "evidence": [HERE],
    }
    return r.Licence.model_validate(plain | changes)


@pytest.mark.parametrize(
    ("spdx", "osi", "fsf"),
    [
        ("MIT", True, True),
        ("Apache-2.0", True, True),
        ("CC-BY-4.0", False, True),
        ("CC-BY-NC-4.0", False, False),
        (None, False, False),
    ],
)
def test_approvals_follow_from_the_spdx_id(spdx: str | None, osi: bool, fsf: bool) -> None:
    found = licence(spdx=spdx)
    assert (found.osi_approved, found.fsf_libre) == (osi, fsf)


def test_an_spdx_id_must_be_on_the_list() -> None:
    with pytest.raises(ValidationError, match="is not an id of the SPDX licence list"):
        licence(spdx="Apache 2.0")


def test_the_short_name_of_a_licence_is_short() -> None:
    assert licence(short="x" * 32).short == "x" * 32
    with pytest.raises(ValidationError, match="at most 32"):
        licence(short="x" * 33)


@pytest.mark.parametrize("name", [{"family": "Doe", "given": "Jane"}, {"literal": "The Group"}])
def test_an_author_is_a_person_or_a_group(name: dict[str, str]) -> None:
    assert r.Name.model_validate(name)


@pytest.mark.parametrize("name", [{}, {"given": "Jane"}, {"family": "Doe", "literal": "The Group"}])
def test_an_author_cannot_be_both_or_neither(name: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="give `family`"):
        r.Name.model_validate(name)


@pytest.mark.parametrize(
    "requirement",
    [
        {},
        {"access": "api", "any": ["weights"]},
        {"access": "api", "definition": "d"},
        {"definition": "d", "any": ["weights"]},
        {"any": []},
        {"licence": {}},
    ],
)
def test_a_requirement_is_of_one_kind(requirement: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="give one of `access`, `definition` and `any`"):
        r.Requirement.model_validate(requirement)


DEFINITION = {
    "id": "d",
    "name": "D",
    "short": "D",
    "order": 1,
    "publisher": "P",
    "version": "1",
    "dated": "2026",
    "about": "A.",
    "below": "B",
    "below_says": "is below",
    "open_from": "two",
    "rungs": [
        {"id": id_, "label": "L", "about": "A.", "says": "is", "requires": [{"access": "api"}]}
        for id_ in ("one", "two")
    ],
}


def test_a_definition_is_a_ladder() -> None:
    definition = r.Definition.model_validate(DEFINITION)
    assert [rung.id for rung in definition.rungs] == ["one", "two"]
    assert (definition.formal, definition.headline, definition.examples) == (False, False, ())
    assert definition.rungs[0].requires[0].states == ("released",)


@pytest.mark.parametrize("field", ["short", "order", "below", "below_says", "open_from", "rungs"])
def test_a_definition_needs(field: str) -> None:
    less = {key: value for key, value in DEFINITION.items() if key != field}
    with pytest.raises(ValidationError, match=f"{field}\n +Field required"):
        r.Definition.model_validate(less)


def test_a_definition_counts_as_open_from_a_rung_of_its_own() -> None:
    with pytest.raises(ValidationError, match="`open_from` must be the id of one of its rungs"):
        r.Definition.model_validate(DEFINITION | {"open_from": "three"})


def test_the_rungs_of_a_definition_have_ids_of_their_own() -> None:
    rungs = [rung | {"id": "two"} for rung in DEFINITION["rungs"]]
    with pytest.raises(ValidationError, match="two of its rungs have the same id"):
        r.Definition.model_validate(DEFINITION | {"rungs": rungs})


@pytest.mark.parametrize("change", [{"order": 0}, {"short": "x" * 25}, {"rungs": []}])
def test_a_definition_refuses(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        r.Definition.model_validate(DEFINITION | change)


@pytest.mark.parametrize("name", ["MIT", "CC-BY-4.0", "openmdw-1.0", "house-open"])
def test_a_definition_lists_licences_by_spdx_id_or_ours(name: str) -> None:
    definition = r.Definition.model_validate(DEFINITION | {"open_licences": [name]})
    assert definition.open_licences == (name,)


def test_a_definition_lists_no_licence_by_another_name() -> None:
    with pytest.raises(ValidationError, match="is neither an SPDX id nor the id of a licence"):
        r.Definition.model_validate(DEFINITION | {"open_licences": ["Apache 2.0"]})


@pytest.mark.parametrize("via", ["primary", "secondary", "paper"])
def test_evidence_was_read_somewhere(via: str) -> None:
    piece = r.Evidence.model_validate(HERE | {"via": via})
    refs = [(ref.collection, key) for _, ref, key in r.references(piece)]
    assert refs == [("references", via)]
    [(_, ref, _)] = r.references(piece)
    assert (via in ref.besides) == (via != "paper")


def test_a_row_of_a_comparison_fills_all_columns() -> None:
    table = {
        "id": "t",
        "title": "T",
        "caption": "It is.",
        "as_of": "2026",
        "columns": [{"id": "left", "label": "L"}, {"id": "right", "label": "R"}],
        "rows": [{"label": "Cost", "cells": {"left": {"text": "Low."}}}],
    }
    with pytest.raises(ValidationError, match="row `Cost` must fill the columns left, right"):
        r.Comparison.model_validate(table)


def debate(**changes: object) -> r.Debate:
    finding = {"text": "It was seen.", "sources": ["paper"]}
    holder = {"who": "Ann", "says": "It is so.", "sources": ["paper"]}
    position = {
        "summary": "It is so.",
        "held_by": [holder],
        "evidence_for": [finding],
        "evidence_against": [finding],
    }
    plain = {
        "id": "a",
        "question": "Is it so?",
        "short": "So",
        "topic": "words",
        "order": 1,
        "disputed": "Whether it is so.",
        "positions": [position | {"id": x, "label": x} for x in ("yes", "no")],
        "settle": ["A look."],
        "regulators": [holder | {"as_of": "2026-11"}],
        "reviewed": "2026-11-20",
    }
    plain = json.loads(json.dumps(plain))  # Until here its sides share their findings.
    for path, value in changes.items():
        *keys, last = path.split("__")
        inside: Any = plain
        for key in keys:
            inside = inside[int(key)] if key.isdigit() else inside[key]
        inside[last] = value
    return r.Debate.model_validate(plain)


def test_a_debate_is_listed_by_its_question() -> None:
    assert debate().name == "Is it so?"


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        ("question", "It is so.", "`question` must end with a question mark"),
        ("question", "Is it\nso?", "must stand on one line"),
        ("short", "x" * 31, "at most 30"),
        ("order", 0, "greater than 0"),
        ("related", ["b", "a"], "`related` names the debate itself"),
        ("settle", [], "at least 1 item"),
        ("positions__1__id", "yes", "two of its positions have the same id"),
        ("positions__0__label", "x" * 101, "at most 100"),
        *(
            (f"positions__0__{name}", [], "at least 1 item")
            for name in ("held_by", "evidence_for", "evidence_against")
        ),
        *(
            (f"{place}__0__sources", [], "at least 1 item")
            for place in (
                *("regulators", "positions__0__held_by"),
                *("positions__0__evidence_for", "positions__0__evidence_against"),
            )
        ),
        ("regulators__0__as_of", None, "valid string"),
        ("positions__0__evidence_for__0__as_of", "soon", "is not a date"),
        ("positions__0__evidence_for__0__url", "https://example.org/", "Extra inputs"),
    ],
)
def test_a_debate_has_sides_with_sources(place: str, value: object, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        debate(**{place: value})


def test_a_debate_has_two_sides_or_more() -> None:
    one = debate().model_dump()["positions"][:1]
    with pytest.raises(ValidationError, match="at least 2 items"):
        debate(positions=one)


def test_works_behind_a_debate_are_found_in_the_order_of_the_page() -> None:
    found = debate(positions__1__evidence_for__0__sources=["b", "c"])
    places = [loc for loc, ref, _ in r.references(found) if ref.collection == "references"]
    assert places[:3] == [
        ("positions", 0, "held_by", 0, "sources", 0),
        ("positions", 0, "evidence_for", 0, "sources", 0),
        ("positions", 0, "evidence_against", 0, "sources", 0),
    ]
    assert places[-1] == ("regulators", 0, "sources", 0)


def test_references_are_found_wherever_they_stand() -> None:
    record = model(
        based_on=["b", "c"],
        licences={"data": "mit", "code": "none"},
        parts={"weights": {"state": "released", "evidence": [HERE | {"via": "paper"}]}},
        evidence={"based_on": [HERE]},
    )
    found = {(loc, ref.collection, key) for loc, ref, key in r.references(record)}
    assert found == {
        (("family",), "families", "greek"),
        (("developers", 0), "organisations", "acme"),
        (("kind", "input", 0), "modalities", "text"),
        (("kind", "output", 0), "modalities", "text"),
        (("access",), "access", "api"),
        (("based_on", 0), "models", "b"),
        (("based_on", 1), "models", "c"),
        (("licences", "code"), "licences", "none"),
        (("licences", "data"), "licences", "mit"),
        (("parts", "weights"), "parts", "weights"),
        (("parts", "weights", "state"), "states", "released"),
        (("parts", "weights", "evidence", 0, "via"), "references", "paper"),
        (("evidence", "based_on", 0, "via"), "references", "primary"),
    }


def test_every_reference_points_to_a_collection_that_is_read() -> None:
    collections = {*r.FOLDERS, *r.FILES}
    marked = {ref.collection for shape in _shapes() for ref in _refs(shape)}
    assert marked <= collections
    assert {"models", "licences", "references", "parts", "states"} <= marked


@pytest.mark.parametrize("shape", r.Shape.__subclasses__() + r.Record.__subclasses__())
def test_every_field_is_described(shape: type[r.Shape]) -> None:
    for name, info in shape.model_fields.items():
        assert info.description, name
        assert info.description.endswith("."), name


def _shapes() -> list[type[r.Shape]]:
    found, new = [], [r.Shape]
    while new:
        found += new
        new = [below for shape in new for below in shape.__subclasses__()]
    return found


def _refs(shape: type[r.Shape]) -> list[r.Ref]:
    def inside(hint: Any) -> list[r.Ref]:
        marks = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, r.Ref)]
        return marks + [ref for arg in getattr(hint, "__args__", ()) for ref in inside(arg)]

    return [ref for hint in r.hints(shape).values() for ref in inside(hint)]
