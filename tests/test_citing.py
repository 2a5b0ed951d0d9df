"""Every work knows where it is cited: on pages, in records, and by the evidence read in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import dom
import samples
from fieldguide.citing import BackLinks, Cites, Place, back_links
from fieldguide.views import Guide

REFERENCES = """\
---
title: References
description: Every work that this small sample of a guide cites, and where it does so.
---
# References

{{ references() }}
"""
PAGE = Cites("One", "understand/one/", ("paper",), ("sides",))


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("citing"))


def test_records_that_name_a_work_are_found_by_kind(guide: Guide) -> None:
    assert dict(back_links(guide)["paper"].places) == {
        "models": [Place("Alpha", "models/alpha/")],
        "definitions": [Place("Strict Rule", "understand/definitions/strict/")],
        "comparisons": [Place("Two sides", None)],
        "debates": [
            Place("Are numbers dangerous?", "debates/fear/"),
            Place("Is a name a thing?", "debates/dispute/"),
            Place("Is one more than two?", "debates/quarrel/"),
        ],
        "glossary": [Place("LoRA", "understand/glossary/#lora")],
        "precisions": [Place(f"{bits} bits", None) for bits in (16, 4, 8)],
        "machines": [Place("One, 8 GB", None)],
        "memory-checks": [Place("Weights of Alpha", None)],
    }
    assert dict(back_links(guide)["gradient"].places)["definitions"] == [
        Place("Spectrum", "understand/definitions/spectrum/"),
        Place("Strict Rule", "understand/definitions/strict/"),
    ]


def test_pages_come_first_and_name_the_works_of_their_tables(guide: Guide) -> None:
    places = back_links(guide, [PAGE])["paper"].places
    assert next(iter(places.items())) == ("pages", [Place("One", "understand/one/", table=True)])
    assert "comparisons" not in places


def test_a_page_cites_what_its_tables_do_not(guide: Guide) -> None:
    page = Cites("One: of two", "understand/one/", ("paper", "gradient"), ("sides",))
    assert back_links(guide, [page])["gradient"].places["pages"] == [Place("One", page.address)]


def test_pages_stand_in_the_order_of_their_titles(guide: Guide) -> None:
    pages = [Cites(title, f"{title}/", ("paper",)) for title in ("b", "A", "c")]
    assert [place.title for place in back_links(guide, pages)["paper"].places["pages"]] == [
        "A",
        "b",
        "c",
    ]


def test_evidence_read_in_a_work_is_counted_and_is_no_citation(guide: Guide) -> None:
    paper = back_links(guide)["paper"]
    assert (paper.pieces, dict(paper.records)) == (1, {"models": 1})
    assert (back_links(guide)["gradient"].pieces, dict(back_links(guide)["gradient"].records)) == (
        0,
        {},
    )


def test_a_work_that_nothing_uses_is_there_too(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/references.yml"
    text = samples.FILES[path] + "lonely: {type: book, title: L, read: not}\n"
    samples.put(tmp_path, path, text)
    assert back_links(Guide(samples.load(tmp_path)))["lonely"] == BackLinks()


def test_each_citation_of_the_real_records_is_counted_once_a_record() -> None:
    guide = Guide(samples.real())
    found = back_links(guide)
    assert sum(use.pieces for use in found.values()) == sum(
        number for key, number in guide.vias.items() if key in guide.library.references
    )
    for key, definition in guide.library.definitions.items():
        for work in definition.references + definition.critics:
            places = found[work].places["definitions"]
            assert places.count(Place(definition.name, f"understand/definitions/{key}/")) == 1


def test_the_page_of_works_knows_what_pages_cite_that_come_after_it(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.put(tmp_path, "content/data/references.md", REFERENCES)
    assert samples.wrong_site(tmp_path) == []
    site = samples.Site(tmp_path)
    assert list(site.written) == ["data/references.md", "index.md", "understand/one.md"]
    path = "data/references.md"
    work = dom.parse(site.fill(path, site.markdown(path, ""))).one("li", id="paper")
    links = {a.text: a.attrs["href"] for a in work.one("small").all("a")}
    assert links == {
        "One": "../../understand/one/",
        "Alpha": "../../models/alpha/",
        "Strict Rule": "../../understand/definitions/strict/",
        "LoRA": "../../understand/glossary/#lora",
        "Are numbers dangerous?": "../../debates/fear/",
        "Is a name a thing?": "../../debates/dispute/",
        "Is one more than two?": "../../debates/quarrel/",
    }
    assert work.one("small").text.partition("read in full")[2] == (
        "Cited on: One. Models: Alpha. Definitions: Strict Rule. In the table: Two sides. "
        "Debate: Are numbers dangerous?, Is a name a thing?, Is one more than two? "
        "Term: LoRA. Precisions: 16 bits, 4 bits, 8 bits. Machines: One, 8 GB. "
        "Memory checks: Weights of Alpha. Evidence: 1 piece, in 1 model."
    )


def test_a_fault_on_a_page_that_is_expanded_twice_is_told_once(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.put(tmp_path, "content/data/references.md", REFERENCES + "\n{{ modl() }}\n")
    [told] = samples.wrong_site(tmp_path)
    assert told.startswith("content/data/references.md:9:1: unknown marker `modl`.")
