"""One test of hundreds of records, which tells all that fail: a test each would take minutes."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import pytest

Test = Callable[..., None]


def each(things: Mapping[str, Any] | Callable[[], Mapping[str, Any]]) -> Callable[[Test], Test]:
    """Makes a test of a check: its first parameter is one of `things`, further ones are fixtures.

    Each that fails is told by its name, with the line and the words of the assertion. A function
    in place of `things` is called when the test runs, so that nothing heavy is done before.
    """

    def decorate(check: Test) -> Test:
        signature = inspect.signature(check)
        _, *fixtures = signature.parameters.values()

        @functools.wraps(check)
        def test(**given: Any) -> None:
            found = things() if callable(things) else things
            assert found, "there is nothing to check"
            wrong = [told for name, thing in found.items() if (told := _run(name, thing, given))]
            if wrong:
                pytest.fail("\n".join([f"{len(wrong)} of {len(found)}:", *wrong]), pytrace=False)

        def _run(name: str, thing: Any, given: dict[str, Any]) -> str | None:
            try:
                check(thing, **given)
            except Exception as error:  # What a check trips over is told like what it asserts.
                kind = "" if isinstance(error, AssertionError) else f"{type(error).__name__}: "
                trace = error.__traceback__
                line = trace.tb_next.tb_lineno if trace and trace.tb_next else 0
                return f"{name}: line {line}: {kind}{error}"
            return None

        test.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return test

    return decorate
