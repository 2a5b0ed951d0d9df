"""What pydantic refuses is told in our words, at its place."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from fieldguide.articles import Article
from fieldguide.records import Comparison, Licence, Model, Reference, Shape
from fieldguide.source import parse
from fieldguide.validation import report_invalid

MODEL = """\
name: Alpha
family: greek
developers: [acme]
description: It is.
kind: {input: [text], output: [text]}
access: api
"""


def told(shape: type[Shape], text: str) -> list[str]:
    """All that is wrong with a record in YAML."""
    document = parse(text, "a.yml")
    assert document.problems == []
    with pytest.raises(ValidationError) as caught:
        shape.model_validate(document.value | {"id": "alpha"})
    report_invalid(document, shape, (), caught.value)
    return [str(problem).removeprefix("a.yml:") for problem in document.problems]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("nmae: B\n", "7:1: unknown key `nmae`. Did you mean `name`?"),
        ("zzz: B\n", "7:1: unknown key `zzz`."),
        (
            "licences: {datta: mit}\n",
            "7:12: unknown key `datta`. Did you mean `data`?",
        ),
        (
            "parts:\n  weights: {stat: released}\n",
            "8:13: unknown key `stat`. Did you mean `state`?",
        ),
        (
            "parts:\n  weights:\n    state: released\n    evidence: [{ur: x}]\n",
            "10:17: unknown key `ur`. Did you mean `url`?",
        ),
        (
            "parts:\n  weights: {state: released}\n",
            "8:12: the key `evidence` is missing.",
        ),
        (
            "parts:\n  weights: {state: released, evidence: []}\n",
            "8:40: `evidence` needs 1 or more entries.",
        ),
        ("parts: {weights: 3}\n", "7:18: `weights` must be a mapping of keys to values."),
        ("parts: [weights]\n", "7:8: `parts` must be a mapping of keys to values."),
        (
            "parts: {Big Part: {}}\n",
            "7:9: `Big Part` cannot be an id."
            " Use lower-case letters, digits and single hyphens, such as `olmo-2`.",
        ),
        ('parts: {"{x}": 1}\n', "7:16: `{x}` must be a mapping of keys to values."),
        ("sizes: {name: 7B}\n", "7:8: `sizes` must be a list."),
        (
            "sizes: [{name: 7B, layers: many}]\n",
            "7:28: `layers` must be a whole number.",
        ),
        ("sizes: [{name: 7B, layers: 1.5}]\n", "7:28: `layers` must be a whole number."),
        ("sizes: [{name: 7B, layers: 0}]\n", "7:28: `layers` must be greater than 0."),
        ("sizes: [{name: 7}]\n", "7:16: `name` must be text. Put it in quotes."),
        ("released: 2023-02-30\n", "7:11: `released` is not a date in the calendar."),
        ("links: {hub: ftp://x}\n", "7:14: `hub` is not an http or https address."),
        (
            'claims: [{says: opn, evidence: [{url: "https://x.org", via: primary}]}]\n',
            "7:17: `says` must be 'open-source', 'open-weights', 'open-access', 'open' or"
            " 'open-science'.",
        ),
        (
            "parts:\n  weights: {state: released, gated: 1, evidence: []}\n",
            "8:37: `gated` must be true or false.",
        ),
        (
            "based_on: [Alpha Two]\n",
            "7:12: `Alpha Two` cannot be an id."
            " Use lower-case letters, digits and single hyphens, such as `olmo-2`.",
        ),
    ],
)
def test_a_model_may_not_say(more: str, problem: str) -> None:
    assert problem in told(Model, MODEL + more)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("name: Alpha\n", "", "1:1: the key `name` is missing."),
        ("name: Alpha", "name: 5", "1:7: `name` must be text. Put it in quotes."),
        (
            "name: Alpha",
            "name:",
            "1:6: `name` has no value. Give it one, or leave the key out.",
        ),
        ("name: Alpha", 'name: ""', "1:7: `name` is empty. Fill it, or leave the key out."),
        ("name: Alpha", 'name: " "', "1:7: `name` is empty."),
        ("It is.", '"  "', "4:14: `description` is empty. Fill it, or leave the key out."),
        ("name: Alpha", 'name: "a\\nb"', "1:7: `name` must stand on one line."),
        (
            "name: Alpha",
            "name: " + "a" * 301,
            "1:7: `name` is longer than 300 characters.",
        ),
        (
            "family: greek",
            "family: " + "a" * 70 + "!",
            "2:9: `" + "a" * 60 + "…` cannot be an id."
            " Use lower-case letters, digits and single hyphens, such as `olmo-2`.",
        ),
        ("[acme]", "[]", "3:13: `developers` needs 1 or more entries."),
    ],
)
def test_a_model_must_say(old: str, new: str, problem: str) -> None:
    assert MODEL.count(old) == 1
    assert told(Model, MODEL.replace(old, new)) == [problem]


def test_lengths_asked_of_a_line_are_told_in_characters() -> None:
    licence = "name: X\nshort: " + "x" * 33 + "\nevidence: []\n"
    assert "2:8: `short` is longer than 32 characters." in told(Licence, licence)


def test_lengths_asked_of_a_list_are_told_in_entries() -> None:
    text = "title: T\ncolumns:\n  - {id: left, label: L}\n"
    assert "3:3: `columns` needs 2 or more entries." in told(Comparison, text)


def test_a_key_with_a_hyphen_is_known_by_it() -> None:
    text = "title: T\ntype: book\nread: not\ncontainer-titel: X\n"
    assert told(Reference, text) == [
        "4:1: unknown key `container-titel`. Did you mean `container-title`?"
    ]


def test_a_bad_id_of_a_file_is_told_at_the_start_of_the_record() -> None:
    document = parse(MODEL, "a.yml")
    with pytest.raises(ValidationError) as caught:
        Model.model_validate(document.value | {"id": "Alpha_1"})
    report_invalid(document, Model, (), caught.value)
    assert [str(problem) for problem in document.problems] == [
        "a.yml:1:1: `Alpha_1` cannot be an id."
        " Use lower-case letters, digits and single hyphens, such as `olmo-2`."
    ]


def test_a_value_that_is_no_mapping_at_all() -> None:
    document = parse("- a\n", "a.yml")
    with pytest.raises(ValidationError) as caught:
        Article.model_validate(document.value)
    report_invalid(document, Article, (), caught.value)
    assert [str(problem) for problem in document.problems] == [
        "a.yml:1:1: this must be a mapping of keys to values."
    ]


def test_everything_is_told_at_once() -> None:
    assert len(told(Model, "nmae: B\naccess: 5\nkind: 1\n")) == 7
