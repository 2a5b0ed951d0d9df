"""A few hundred of the cases that `make fuzz` tries, and that it would see what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

import fuzz
import samples

CASES = 150  # The same at every run.


@pytest.mark.parametrize(
    ("what", "strategy"), [("try_records", fuzz.records()), ("try_page", fuzz.pages())]
)
def test_whatever_is_changed_is_told_or_safe(what: str, strategy: st.SearchStrategy[Any]) -> None:
    outcomes = fuzz.run(what, strategy, CASES, seed=False)
    assert sum(outcomes.values()) >= CASES
    assert min(outcomes["safe pages"], outcomes["told as problems"]) > CASES / 10, outcomes


@pytest.mark.parametrize(
    "page",
    [
        "<p>x</p><script>go()</script>",
        "<script src='https://x.example/a.js'></script>",
        "<b onclick=go()>x</b>",
        "<a href='java\nscript:go()'>x</a>",
        "<svg><a xlink:href='javascript:go()'>x</a></svg>",
        "<p style='x'>x</p>",
        "<iframe></iframe>",
        "<!-- x -->",
    ],
)
def test_a_page_that_is_not_safe_is_seen(page: str) -> None:
    with pytest.raises(AssertionError):
        fuzz.check_safe(page)


def test_what_comes_out_is_counted() -> None:
    project = fuzz.Project()
    path = "data/models/beta.yml"
    content = samples.FILES[path].encode()
    project.try_records((path, content.replace(b"name: Beta", b"name: '<script>'")))
    project.try_records((path, content.replace(b"name: Beta", b"nmae: Beta")))
    page = samples.FILES[fuzz.PAGE].encode()
    project.try_page((fuzz.PAGE, page + b"\n<script>go()</script>\n"))
    project.close()
    assert project.outcomes == {"safe pages": 1, "told as problems": 2}
