"""Works in one style, and nothing in them taken for HTML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup, escape

from fieldguide import citations
from fieldguide.citations import _shown, bibliography, csl
from fieldguide.records import Reference


def work(**changes: Any) -> Reference:
    return Reference.model_validate(
        {"id": "a", "type": "book", "title": "On Models", "read": "not"} | changes
    )


def cited(**changes: Any) -> str:
    return str(bibliography({"a": work(**changes)})["a"])


def test_csl_has_its_own_field_names_and_date_parts() -> None:
    paper = work(
        author=[{"family": "Doe", "given": "Jane"}, {"literal": "The Group"}],
        issued="2024-05",
        note="ours",
        **{"container-title": "Journal", "URL": "https://example.org/", "DOI": "10.1000/1"},
    )
    assert csl(paper) == {
        "id": "a",
        "type": "book",
        "title": "On Models",
        "author": ({"family": "Doe", "given": "Jane"}, {"literal": "The Group"}),
        "issued": {"date-parts": [[2024, 5]]},
        "container-title": "Journal",
        "URL": "https://example.org/",
        "DOI": "10.1000/1",
    }


def test_a_work_without_date_has_no_date_parts() -> None:
    assert "issued" not in csl(work())


def test_a_book() -> None:
    entry = cited(author=[{"family": "Doe", "given": "Jane"}], issued="2024", publisher="Press")
    assert entry == "Doe, J. (2024) <i>On Models</i>. Press."


def test_an_article() -> None:
    entry = cited(
        type="article-journal",
        author=[{"family": "Doe", "given": "Jane"}, {"literal": "The Group"}],
        issued="2024-05-06",
        **{"container-title": "Journal of Models"},
    )
    assert entry == "Doe, J. and The Group (2024) “On Models”, <i>Journal of Models</i>."


def test_an_article_with_volume_issue_and_pages() -> None:
    where = {"container-title": "Nature", "volume": "7", "issue": "2", "page": "1-9"}
    entry = cited(type="article-journal", author=[{"literal": "The Group"}], issued="2024", **where)
    assert entry == "The Group (2024) “On Models”, <i>Nature</i>, 7(2), pp. 1–9."


def test_only_a_preprint_is_called_one() -> None:
    archive = {"container-title": "arXiv"}
    assert cited(type="article", **archive).endswith("<i>arXiv</i> [Preprint].")
    for other in ("article-journal", "paper-conference", "webpage"):
        assert "[Preprint]" not in cited(type=other, **archive)


def test_others_at_the_end_are_no_author() -> None:
    authors = [{"family": "Doe", "given": "Jane"}, {"literal": "others"}]
    assert cited(author=authors, issued="2024").startswith("Doe, J. <i>et al.</i> (2024)")
    assert cited(author=authors[:1] * 4 + authors[1:]).startswith("Doe, J. <i>et al.</i> (no")
    assert "et al." not in cited(author=[{"literal": "Others and others"}])


def test_the_address_is_left_to_the_page() -> None:
    entry = cited(URL="https://example.org/", DOI="10.1000/1")
    assert "example.org" not in entry
    assert "10.1000" not in entry


def test_a_work_without_date_says_so() -> None:
    assert "(no date)" in cited()


def test_full_stops_do_not_double_and_dots_that_are_meant_stay() -> None:
    assert _shown("Press Inc..") == "Press Inc."
    assert cited(title="Wait... what", publisher="Press Inc.").endswith(
        "<i>Wait... what</i>. Press Inc."
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        'a "b" & <i>c</i>',
        "&lt;b&gt;",
        "<img src=x onerror=alert(1)>",
        "</i><b>",
        '<span class="nocase">x</span>',
    ],
)
@pytest.mark.parametrize("field", ["title", "publisher", "container-title", "family", "literal"])
def test_a_text_is_never_taken_for_html(field: str, text: str) -> None:
    name = {"family": {"family": text, "given": "J"}, "literal": {"literal": text}}.get(field)
    changes: dict[str, Any] = {"author": [name]} if name else {field: text}
    entry = cited(type="book" if field == "publisher" else "article-journal", **changes)
    assert escape(text) in entry
    assert set(re.findall(r"<[^>]*>?", entry)) <= {"<i>", "</i>"}


def test_entries_are_markup_in_the_order_of_the_style() -> None:
    works = {
        "z": work(id="z", author=[{"family": "Adams"}], issued="2020"),
        "b": work(id="b", author=[{"family": "Zorn"}], issued="2020"),
        "m": work(id="m", author=[{"family": "Adams"}], issued="2010"),
    }
    entries = bibliography(works)
    assert list(entries) == ["m", "z", "b"]
    assert all(isinstance(entry, Markup) for entry in entries.values())
    assert entries["b"].startswith("Zorn")


def test_no_works_make_no_entries() -> None:
    assert bibliography({}) == {}


@pytest.fixture
def processed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many works the processor was given each time, as if each call were another run."""
    process, seen = citations._processed, list[int]()

    def noted(works: list[dict[str, Any]]) -> dict[str, str]:
        seen.append(len(works))
        return process(works)

    monkeypatch.setattr(citations, "_processed", noted)
    monkeypatch.setattr(citations, "_formatted", citations._formatted.__wrapped__)
    return seen


def test_works_that_did_not_change_are_not_formatted_again(
    tmp_path: Path, processed: list[int]
) -> None:
    file, works = tmp_path / ".cache" / "works.jsonl", {"a": work(), "b": work(id="b", title="B&B")}
    first = bibliography(works, file)
    assert list(bibliography(works, file).items()) == list(first.items())
    assert processed == [2]
    works["b"] = work(id="b", title="Bees")
    assert bibliography(works, file) == bibliography(works) != first
    assert processed == [2, 2, 2]


def test_what_another_processor_made_is_not_taken(
    tmp_path: Path, processed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, works = tmp_path / "works.jsonl", {"a": work()}
    bibliography(works, file)
    citations._processor.cache_clear()
    monkeypatch.setattr(citations, "version", lambda name: "0")
    assert bibliography(works, file) == bibliography(works)
    citations._processor.cache_clear()
    assert len(processed) == 3
