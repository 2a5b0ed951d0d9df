"""Works as BibTeX: an independent reader finds in the file what the records say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pybtex.database import BibliographyData, parse_string

import samples
from each import each
from fieldguide.bibtex import entry, escape, write
from fieldguide.records import Reference

REAL = samples.real().references


def work(**changes: Any) -> Reference:
    return Reference.model_validate(
        {"id": "a", "type": "book", "title": "On Models", "read": "not"} | changes
    )


def read(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def plain(text: str) -> str:
    """What LaTeX makes of a text that we escaped."""
    for name, character in (
        *(("backslash", "\\"), ("braceleft", "\ue001"), ("braceright", "\ue002")),
        *(("asciitilde", "~"), ("asciicircum", "^")),
    ):
        text = text.replace(f"\\text{name}{{}}", character)
    text = re.sub(r"\\([&%_#$])", r"\1", text.replace("{", "").replace("}", ""))
    return text.replace("\ue001", "{").replace("\ue002", "}")


def test_an_entry() -> None:
    paper = work(
        type="article-journal",
        author=[{"family": "Doe", "given": "Jane"}, {"literal": "Black, White and Co"}],
        issued="2024-05-06",
        volume="7",
        issue="2",
        page="1-9",
        publisher="Press",
        **{
            "container-title": "Models & More",
            "URL": "https://example.org/a_b%20c",
            "DOI": "10.1000/2",
        },
    )
    assert entry(paper) == (
        "@article{a,\n"
        "  title = {{On Models}},\n"
        "  author = {Doe, Jane and {Black, White and Co}},\n"
        "  journal = {Models \\& More},\n"
        "  volume = {7},\n"
        "  number = {2},\n"
        "  pages = {1--9},\n"
        "  publisher = {Press},\n"
        "  year = {2024},\n"
        "  month = may,\n"
        "  doi = {10.1000/2},\n"
        "  url = {https://example.org/a_b%20c},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("csl", "kind", "field"),
    [
        ("article-newspaper", "article", "journal"),
        ("paper-conference", "inproceedings", "booktitle"),
        ("report", "techreport", "institution"),
        ("webpage", "misc", "howpublished"),
        ("legislation", "misc", "howpublished"),
    ],
)
def test_types(csl: str, kind: str, field: str) -> None:
    text = entry(work(type=csl, publisher="P", **{"container-title": "C"}))
    assert text.startswith(f"@{kind}{{a,\n")
    assert f"  {field} = " in text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "100 % of {all}",
            "a_b & c",
            "\\cmd{x}",
            "}{",
            "{",
            "x^2 ~ $5 #1",
            "Ünïcødé “quoted” – ’",
            '"',
        ),
        "{\\",
    ],
)
def test_no_text_breaks_its_entry(text: str) -> None:
    broken = work(title=text, author=[{"literal": text}, {"family": text, "given": "and"}])
    found = read(entry(broken) + "\n" + entry(work(id="b"))).entries
    assert list(found) == ["a", "b"]
    assert plain(found["a"].fields["title"]) == text
    assert len(found["a"].persons["author"]) == 2


def test_characters_that_mean_something_are_escaped_and_letters_stay() -> None:
    assert escape("é & {ü}") == "é \\& \\textbraceleft{}ü\\textbraceright{}"


def test_a_list_of_authors_may_end_in_others() -> None:
    text = entry(work(author=[{"family": "Doe", "given": "J."}, {"literal": "others"}]))
    assert "  author = {Doe, J. and others},\n" in text


def test_the_order_of_reading_does_not_matter() -> None:
    works = list(REAL.values())
    assert write(works) == write(reversed(works))


@pytest.fixture(scope="module")
def real() -> BibliographyData:
    return read(write(REAL.values()))


def test_all_works_are_there_under_their_ids(real: BibliographyData) -> None:
    assert list(real.entries) == sorted(REAL)


@each(samples.records("references"))
def test_a_reader_finds_what_the_record_says(reference: Reference, real: BibliographyData) -> None:
    found = real.entries[reference.id]
    assert plain(found.fields["title"]) == reference.title
    assert found.fields.get("url") == reference.url
    assert found.fields.get("year") == (reference.issued[:4] if reference.issued else None)
    names = [plain(str(person)) for person in found.persons.get("author", [])]
    assert names == [
        name.literal or ", ".join(filter(None, (name.family, name.given)))
        for name in reference.author
    ]
