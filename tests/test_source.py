"""YAML is read strictly: what it gives, what it refuses, and where."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.source import MAX_DEPTH, Document, parse, read


def complaints(text: str) -> list[str]:
    document = parse(text, "a.yml")
    assert document.value is None, "a faulty file must have no value"
    return [str(problem).removeprefix("a.yml:") for problem in document.problems]


def value(text: str) -> Any:
    document = parse(text, "a.yml")
    assert document.problems == []
    return document.value


# Values


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("text", "text"),
        ("'quoted'", "quoted"),
        ('"1.10"', "1.10"),
        ('"yes"', "yes"),
        ('""', ""),
        ("true", True),
        ("false", False),
        ("~", None),
        *((word, None) for word in ("null", "Null", "NULL")),
        ("", None),
        ("0", 0),
        ("-5", -5),
        ("-999999999999999999", -999_999_999_999_999_999),
        ("+5", 5),
        ("7_300_000_000", 7_300_000_000),
        ("100_278", 100_278),
        ("999999999999999999", 999_999_999_999_999_999),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("2024-11-26", "2024-11-26"),
        ("2024-11", "2024-11"),
        ("2024-11-26T12:00:00Z", "2024-11-26T12:00:00Z"),
        ("7B", "7B"),
        ("1.2.3", "1.2.3"),
        ("v1.10", "v1.10"),
        ("yesterday", "yesterday"),
        ("[a, 1, true]", ["a", 1, True]),
        ("{b: 1, c: {d: e}}", {"b": 1, "c": {"d": "e"}}),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">-\n  one\n  two\n", "one two"),
        ("Grüße, 模型 🦙", "Grüße, 模型 🦙"),
    ],
)
def test_plain_yaml_gives_plain_values(written: str, meant: object) -> None:
    read_value = value(f"a: {written}\n")["a"]
    assert read_value == meant
    assert type(read_value) is type(meant)


@pytest.mark.parametrize(
    "written",
    [
        *("yes", "Yes", "NO", "no", "on", "Off", "y", "N", "True", "FALSE"),
        *("1.10", "2.0", "1.", ".5", "1.5_0", "1.0e3", "1.e3"),
        *("010", "0_7", "-08", "0x1F", "0b11", "0o17"),
        *("12_34", "1_", "1__000"),
        *("12:30", "190:20:30", "1:30.5"),
        *("1e3", "-1E+3", ".inf", "-.INF", ".nan", ".NaN"),
    ],
)
def test_what_readers_of_yaml_disagree_about_must_be_quoted(written: str) -> None:
    message = f"`{written}` does not mean the same to every YAML reader"
    hint = f'Put it in quotes: "{written}".'
    assert complaints(f"a: {written}") == [f"1:4: {message}. {hint}"]
    assert value(f'a: "{written}"') == {"a": written}
    assert value(f"a: '{written}'") == {"a": written}


def test_keys_that_readers_disagree_about_must_be_quoted() -> None:
    message = "`no` does not mean the same to every YAML reader"
    assert complaints("a: 1\nno: Norway") == [f'2:1: {message}. Put it in quotes: "no".']
    assert value('"no": Norway') == {"no": "Norway"}


def test_a_number_of_many_digits_is_refused() -> None:
    expected = ["1:4: a number too large to be meant. Put it in quotes."]
    assert complaints("a: " + "9" * 19) == expected
    assert complaints("a: " + "9" * 5000) == expected


# Refused


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb: 2\na: 3", "3:1: the key `a` stands twice (first in line 1). Keep one."),
        ("{a: 1, a: 2}", "1:8: the key `a` stands twice (first in line 1). Keep one."),
        ('a: 1\n"a": 2', "2:1: the key `a` stands twice (first in line 1). Keep one."),
        ("a: &x 1", "1:4: an anchor (&x). Write each value out."),
        ("&x a: 1", "1:1: an anchor (&x). Write each value out."),
        ("a: *x", "1:4: an alias (*x). Write the value out."),
        ("*x : 1", "1:1: an alias (*x). Write the value out."),
        ("<<: *x", "1:5: an alias (*x). Write the value out."),
        ("a: !own b", "1:4: a tag (!own). Write plain values without tags."),
        ("a: !!str b", "1:4: a tag (tag:yaml.org,2002:str). Write plain values without tags."),
        ("!own a: b", "1:1: a tag (!own). Write plain values without tags."),
        (
            "a: !!python/object/apply:os.system [ls]",
            "1:4: a tag (tag:yaml.org,2002:python/object/apply:os.system)."
            " Write plain values without tags.",
        ),
        ("? [a]\n: 1", "1:3: a key that is not a word. Use a plain word as the key."),
        ("a: 1\n---\nb: 2", "2:1: a second document (`---`). Keep one record a file."),
        ("a: b\n\tc: d", "2:1: a tab where YAML wants spaces. Indent with two spaces."),
        ("a:\n\t- b", "2:1: a tab where YAML wants spaces. Indent with two spaces."),
        (
            'a: 1\nb: "x\nc: 1\n',
            "2:4: a quotation mark is not closed. Add the closing quote where the text ends.",
        ),
        (
            "a: 'x\n",
            "1:4: a quotation mark is not closed. Add the closing quote where the text ends.",
        ),
        (
            "a: b: c",
            "1:5: a colon where none may stand. Put text that has a colon in it in quotes.",
        ),
        (
            "a:\n  b: 1\n c: 2",
            "3:2: the line does not fit in here. Check its indentation, and the colon after a key.",
        ),
        (
            "- a\nb: 1",
            "2:1: the line does not fit in here. Check its indentation, and the colon after a key.",
        ),
        ("a: @b", "1:4: a text that begins with `@`. Put it in quotes."),
        ("a: %b", "1:4: a text that begins with `%`. Put it in quotes."),
        (
            "a: [1, 2",
            "2:1: this is not YAML (did not find expected ',' or ']')."
            " Check quotes, brackets and indentation.",
        ),
        ("", "1:1: the file is empty. Write the record, or delete the file."),
        ("# only\n# comments\n", "1:1: the file is empty. Write the record, or delete the file."),
        ("---\n", "1:1: the file is empty. Write the record, or delete the file."),
        ("~", "1:1: the file is empty. Write the record, or delete the file."),
    ],
)
def test_is_refused_in_plain_words_at_its_place(text: str, complaint: str) -> None:
    assert complaint in complaints(text)


def test_aliases_cannot_swell() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = complaints(bomb)
    assert "1:4: an anchor (&a). Write each value out." in found
    assert len(found) == 9 + 8 * 9


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9f", "\ufffe", "\ud800"]
)
def test_control_characters_are_refused_where_they_stand(character: str) -> None:
    place = f"2:5: control character U+{ord(character):04X} in the text. Delete it."
    assert complaints(f"a: 1\nb: x{character}y\n") == [place]


# Left to right marks, joiners, a soft hyphen, what turns the direction, tags, letters of no width.
@pytest.mark.parametrize(
    "character", [*"\u00ad\u200b\u200d\u200f\u202e\u2066\u2060\u2028\ufeff\u3164\U000e0041"]
)
def test_characters_that_nobody_sees_are_refused_where_they_stand(character: str) -> None:
    place = f"2:5: character that cannot be seen, U+{ord(character):04X} in the text. Delete it."
    assert complaints(f"a: 1\nb: x{character}y\n") == [place]


def test_letters_of_all_scripts_and_pictures_are_read() -> None:
    text = "Ünïcødé 模型 نموذج मॉडल 🦙 ☀️ naïve – “x”\u00a0y"
    assert parse(f"a: {text}\n", "a.yml").value == {"a": text}


def test_every_fault_of_a_file_is_told_at_once() -> None:
    assert [line.split(":")[0] for line in complaints("a: yes\nb: no\nb: *x\n")] == [
        *("1", "2", "3", "3")
    ]


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert value("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 3000])
def test_deeper_nesting_is_refused(opening: str, depth: int) -> None:
    assert any("nested too deeply" in line for line in complaints(opening * depth + "x"))


# Places


def places(text: str) -> Document:
    document = parse(text, "a.yml")
    assert document.problems == []
    return document


def test_places_count_lines_and_columns_from_one() -> None:
    document = places("a: 1\nb:\n  - x\n  - {c: d}\n")
    assert document.place(("a",)) == (1, 4)
    assert document.place(("a",), key=True) == (1, 1)
    assert document.place(("b", 0)) == (3, 5)
    assert document.place(("b", 1, "c")) == (4, 9)
    assert document.place(("b", 1, "c"), key=True) == (4, 6)


@pytest.mark.parametrize(
    "before",
    [
        "a: |\n  one\n\n  two\n",
        "a: >-\n  one\n  two\n  three\n",
        'a: "one\n  two\n\n  three"\n',
        "a: one\n  two\n  three\n  four\n",
        "# one\n# two\n\na: 1\n",
        "a:\n- 1\n- 2\n- 3\n",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_places_are_right_below_long_texts_and_whatever_ends_the_lines(
    before: str, line_end: str
) -> None:
    text = before + "after: x\n"
    document = places(text.replace("\n", line_end))
    assert document.place(("after",)) == (before.count("\n") + 1, 8)
    assert document.place(("after",), key=True) == (before.count("\n") + 1, 1)


def test_columns_count_characters_not_bytes() -> None:
    assert places("{ä模🦙: 1, b: 2}").place(("b",)) == (1, 13)
    assert complaints("ä: 模\n🦙🦙: *x") == ["2:5: an alias (*x). Write the value out."]


def test_places_fall_back_on_what_is_around() -> None:
    document = places("a: {b: 1}\n")
    assert document.place(("a", "missing", 3)) == (1, 4)
    assert document.place(("missing",), key=True) == (1, 1)
    document.report(("a", "b"), "it is wrong", "Mend it")
    assert [str(problem) for problem in document.problems] == ["a.yml:1:8: it is wrong. Mend it."]


# Files


def write(root: Path, content: bytes) -> Document:
    file = root / "data" / "a.yml"
    file.parent.mkdir()
    file.write_bytes(content)
    return read(file, root)


def told(document: Document) -> list[str]:
    assert document.value is None
    return [str(problem) for problem in document.problems]


def test_a_file_is_named_by_its_path_below_the_root(tmp_path: Path) -> None:
    document = write(tmp_path, "a: ü\r\n".encode())
    assert (document.path, document.value) == ("data/a.yml", {"a": "ü"})


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    document = write(tmp_path, b"\xef\xbb\xbfa: 1\n")
    assert document.value == {"a": 1}
    assert document.place(("a",), key=True) == (1, 1)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a: 1\nb: caf\xe9\n", "2:7: byte 0xe9 is not UTF-8. Save the file as UTF-8."),
        ("a: 1\n".encode("utf-16"), "1:1: byte 0xff is not UTF-8. Save the file as UTF-8."),
        (b"a: \x00\n", "1:4: control character U+0000 in the text. Delete it."),
        (b"", "1:1: the file is empty. Write the record, or delete the file."),
        (b"\xef\xbb\xbf", "1:1: the file is empty. Write the record, or delete the file."),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    assert told(write(tmp_path, content)) == [f"data/a.yml:{problem}"]


def test_a_file_may_be_of_256_kb_and_no_larger(tmp_path: Path) -> None:
    whole = b"a: " + b"x" * (256 * 1024 - 3)
    assert write(tmp_path, whole).problems == []
    message = "the file is larger than 256 KB. Split it or shorten its texts."
    assert told(write_again(tmp_path, whole + b"x")) == [f"data/a.yml:1:1: {message}"]


def write_again(root: Path, content: bytes) -> Document:
    (root / "data" / "a.yml").write_bytes(content)
    return read(root / "data" / "a.yml", root)


def test_a_folder_named_like_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").mkdir()
    assert told(read(tmp_path / "a.yml", tmp_path)) == [
        "a.yml:1:1: the file cannot be read (Is a directory)."
    ]


@pytest.mark.parametrize("target", ["nowhere.yml", "b.yml", "/dev/zero"])
def test_a_link_is_not_read(tmp_path: Path, target: str) -> None:
    (tmp_path / "b.yml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "a.yml").symlink_to(target)
    assert told(read(tmp_path / "a.yml", tmp_path)) == [
        "a.yml:1:1: a symbolic link. Put the file here."
    ]


# Whatever is in a file

SYNTAX = st.text(alphabet="ab01.:-_#&*!|>%@`'\"[]{},?~ \t\n\r\ufeff\x85\u2028éy", max_size=60)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SYNTAX | st.text(max_size=60))
def test_no_text_whatever_raises(text: str) -> None:
    document = parse(text, "a.yml")
    assert (document.value is None) == bool(document.problems)
    for problem in document.problems:
        assert 1 <= problem.line <= len([*text.splitlines(), ""]) + 1
        assert problem.column >= 1
        assert problem.message


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_no_bytes_whatever_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "bytes.yml"
    file.write_bytes(content)
    document = read(file, file.parent)
    assert (document.value is None) == bool(document.problems)


WORDS = st.text(alphabet=string.ascii_letters + string.digits + " .,:;-'\"#äß模\n", max_size=30)
KEYS = st.text(alphabet=string.ascii_lowercase, min_size=2, max_size=8).filter(
    lambda key: key not in ("no", "on", "off", "yes", "true", "false", "null")
)
VALUES = st.recursive(
    WORDS | st.booleans() | st.integers(-(10**17), 10**17),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_yaml_writes_is_read_back(mapping: dict[str, Any]) -> None:
    """Texts in quotes, since plain ones are where readers of YAML differ."""
    written = yaml.dump(mapping, Dumper=_Quoting, allow_unicode=True, sort_keys=False)
    assert value(written) == mapping


class _Quoting(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Quoting.add_representer(str, _quoted)
