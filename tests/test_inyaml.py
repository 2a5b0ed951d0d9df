"""Values written as YAML mean the same when they are read again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldguide import files
from fieldguide.inyaml import comment, pair
from fieldguide.source import parse


def written(key: str, value: Any) -> str:
    return "\n".join(pair(key, value, ""))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("OLMo 2", "a: OLMo 2"),
        ("2024-11-26", "a: 2024-11-26"),
        ("1.10", 'a: "1.10"'),
        ("no", 'a: "no"'),
        ("a: b", 'a: "a: b"'),
        ("https://a.example/", 'a: "https://a.example/"'),
        (7_300_000_000, "a: 7_300_000_000"),
        (4096, "a: 4096"),
        (True, "a: true"),
        (["text", "image"], "a: [text, image]"),
        ({"input": ["text"], "output": ["text"]}, "a: {input: [text], output: [text]}"),
        ([{"url": "https://a.example/", "via": "primary"}],
         'a:\n  - {url: "https://a.example/", via: primary}'),
    ],
)  # fmt: skip
def test_values_stand_as_they_do_in_the_records(value: Any, text: str) -> None:
    assert written("a", value) == text


def test_a_long_text_is_folded() -> None:
    text = "word " * 40 + "end: # of it"
    lines = written("about", text).split("\n")
    assert lines[0] == "about: >-"
    assert max(map(len, lines)) <= 98
    assert parse("\n".join(lines), "").value == {"about": text}


SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(
        lambda text: text.strip() and not files.odd(text, "")  # No file may say what is not seen.
    ),
    st.integers(0, 10**15),
    st.booleans(),
)
FLAT = st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(st.just("k"), SCALARS))


@given(st.one_of(FLAT, st.lists(st.dictionaries(st.sampled_from("kl"), FLAT, min_size=1)),
                 st.dictionaries(st.sampled_from("mp"), FLAT)))  # fmt: skip
def test_what_is_written_is_read_again(value: Any) -> None:
    document = parse(written("a", value), "a.yml")
    assert document.problems == []
    assert document.value == {"a": value}


def test_a_comment_takes_as_many_lines_as_it_needs() -> None:
    lines = comment("word " * 60).splitlines()
    assert len(lines) > 1
    assert all(line.startswith("# word") and len(line) <= 98 for line in lines)


def test_a_comment_stays_one_whatever_a_stranger_wrote() -> None:
    assert comment("a\nb: c\x85d\u2028e\x1b[2J") == "# a b: c d e [2J\n"
