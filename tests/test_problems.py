"""How problems are ordered, counted and worded."""

from __future__ import annotations

import pytest

from fieldguide.problems import Problem, ProblemsFound, count, did_you_mean


def test_a_problem_reads_as_a_clickable_place_and_two_sentences() -> None:
    problem = Problem("data/a.yml", 3, 7, "unknown key `nmae`", "Drop it")
    assert str(problem) == "data/a.yml:3:7: unknown key `nmae`. Drop it."


def test_without_a_hint_there_is_one_sentence() -> None:
    assert str(Problem("a.yml", 1, 1, "the file is empty")) == "a.yml:1:1: the file is empty."


def test_a_question_as_hint_gets_no_full_stop() -> None:
    problem = Problem("a.yml", 1, 2, "unknown key `nmae`", did_you_mean("nmae", ["name"]))
    assert str(problem) == "a.yml:1:2: unknown key `nmae`. Did you mean `name`?"


def test_an_annotation_names_file_line_and_column() -> None:
    problem = Problem("data/a.yml", 3, 7, "it is wrong", "Mend it")
    expected = "::error file=data/a.yml,line=3,col=7::it is wrong. Mend it."
    assert problem.annotation() == expected


def test_an_annotation_cannot_be_broken_out_of() -> None:
    problem = Problem("a,b:c\n::error::x%.yml", 1, 1, "100%\r\n::error::no")
    expected = "::error file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax%25.yml,line=1,col=1::"
    assert problem.annotation() == expected + "100%25%0D%0A::error::no."


def test_a_problem_is_one_line_that_no_terminal_obeys() -> None:
    problem = Problem("a\n\x1b[2J.yml", 1, 1, "no \u202e such\rfile")
    assert str(problem) == "a\ufffd\ufffd[2J.yml:1:1: no \ufffd such\ufffdfile."


def test_problems_are_raised_once_each_in_order_of_file_and_line() -> None:
    late, early = Problem("b.yml", 1, 1, "x"), Problem("a.yml", 10, 1, "x")
    found = ProblemsFound([late, early, Problem("a.yml", 9, 1, "x"), late])
    places = [(problem.path, problem.line) for problem in found.problems]
    assert places == [("a.yml", 9), ("a.yml", 10), ("b.yml", 1)]
    assert str(found).splitlines() == ["a.yml:9:1: x.", "a.yml:10:1: x.", "b.yml:1:1: x."]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 problems"), (1, "1 problem"), (2, "2 problems")]
)
def test_problems_are_counted_in_words(number: int, words: str) -> None:
    assert count(Problem("a", line, 1, "x") for line in range(number)) == words


def test_the_nearest_words_are_offered() -> None:
    assert did_you_mean("olmo-22", ["olmo-2", "gpt-4"]) == "Did you mean `olmo-2`?"
    assert did_you_mean("abc", ["abd", "abe"]) == "Did you mean `abe` or `abd`?"


def test_no_more_than_three_words_are_offered() -> None:
    assert did_you_mean("aaaa", ["aaab", "aaac", "aaad", "aaae"]).count("`") == 6


def test_where_nothing_is_near_nothing_is_offered() -> None:
    assert did_you_mean("zebra", ["olmo-2", "gpt-4"]) == ""
    assert did_you_mean("zebra", []) == ""
