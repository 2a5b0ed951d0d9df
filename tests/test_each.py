"""A test of many things tells all that are wrong, with their names and what is wrong of them."""

from __future__ import annotations

import pytest

from each import each


def _check(number: int) -> None:
    assert number != 0, "it is nothing"
    assert 10 // (number - 3) < 10


def test_all_that_fail_are_told_by_name_with_their_line_and_words() -> None:
    test = each({"one": 1, "none": 0, "three": 3, "four": 4})(_check)
    with pytest.raises(pytest.fail.Exception) as raised:
        test()
    line = _check.__code__.co_firstlineno
    head, none, _, three, four, *_ = str(raised.value).splitlines()
    assert head == "3 of 4:"
    assert none == f"none: line {line + 1}: it is nothing"
    assert three.startswith(f"three: line {line + 2}: ZeroDivisionError: ")
    assert four == f"four: line {line + 2}: assert (10 // (4 - 3)) < 10"


def test_nothing_to_check_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="nothing to check"):
        each({})(_check)()


@each(lambda: {"a": "one", "b": "two"})
def test_what_is_computed_late_and_fixtures_reach_the_check(
    word: str, request: pytest.FixtureRequest
) -> None:
    assert word in ("one", "two")
    assert request.node.name == "test_what_is_computed_late_and_fixtures_reach_the_check"
