"""British spelling on every page and in every record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

import dom
import prose
import samples
import spelling
from prose import Passage

# Where no prose of ours stands.
UNSPELT = (
    "ancestor::code or ancestor::pre or ancestor::script or ancestor::svg or ancestor::i"
    " or ancestor::*[@class='fg-sources'] or ancestor::a[contains(@href, 'references/#')]"
)
OWN = spelling.known_words()
# What a command writes has names only, those of records that are gone among them.
COLLECTIONS = [name for name in samples.real().collections if name != "history"]


def wrong(passages: Iterable[Passage]) -> list[str]:
    """Each misspelt word with its place and what the dictionary would write."""
    return [
        f"{passage.place}: {word} ({', '.join(spelling.suggestions(word)) or 'no suggestion'})"
        for passage in passages
        for word in spelling.misspelt(passage.text, OWN)
    ]


@pytest.mark.parametrize("path", prose.pages_on_disk())
def test_a_page_is_spelt_right(path: str) -> None:
    assert wrong(prose.pages()[path].passages()) == []


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_records_are_spelt_right(collection: str) -> None:
    assert wrong(prose.record_passages(frozenset({collection}))) == []


# One page of each kind that templates make: their own words stand on no written page.
MADE = (
    *("models/olmo-2/", "models/gpt-4o/", "licences/llama-3.1-community/", "run/tools/ollama/"),
    *("models/makers/meta/", "understand/definitions/osaid/", "licences/families/llama/"),
    *(
        "debates/competitiveness/",
        "compare/apertus-or-eurollm/",
        "choose/see/",
        "choose/see/server/",
    ),
    *("models/", "licences/", "run/cost/", "data/what-if/", "compare/", ""),
)


def test_what_templates_say_is_spelt_right(site: Path) -> None:
    """Sources apart: their titles and notes are others' words."""
    found = []
    for address in MADE:
        article = dom.read(site / address / "index.html").one("article").element
        for node in article.xpath(f".//text()[not({UNSPELT})]"):
            found += wrong([Passage(address or "home", str(node))])
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The color of the center.", ["color", "center"]),
        ("The colour of the centre.", []),
        ("An organization optimizes behavior", ["organization", "optimizes", "behavior"]),
        ("You may license it; the licence says so.", []),
        ("teh modle’s wieghts", ["teh", "modle’s", "wieghts"]),
        ("GPUs, LLMs and the model’s weights don’t", []),
        ("well-known fine-tuned non-free add-ons", []),
        ("well-knwon open-wieghts", ["knwon", "wieghts"]),
        ("Q4_K_M, gpt-4o, 7B, example.org/wierd and x.y stay", []),
        ("Llama’s makers at Anthropic", []),
        ("“Wierd”, (wierd) wierd.", ["Wierd", "wierd", "wierd"]),
        ("one—wierd—word – wierd", ["wierd", "wierd"]),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert spelling.misspelt(text, OWN) == found


def test_names_are_known_only_as_they_are_written() -> None:
    assert spelling.misspelt("Qwen", []) == []
    assert spelling.misspelt("QWen", []) == ["QWen"]


def test_own_words_may_begin_a_sentence() -> None:
    assert spelling.misspelt("Frobnicate frobnicate FROBNICATE", ["frobnicate"]) == ["FROBNICATE"]
    assert spelling.misspelt("xanadu Xanadu", ["Xanadu"]) == ["xanadu"]


def test_a_mistake_in_a_record_would_be_found() -> None:
    texts = [passage.text for passage in prose.record_passages(frozenset({"models"}))]
    assert samples.real().models["olmo-2"].description in texts
    terms = [passage.text for passage in prose.record_passages(frozenset({"licences"}))]
    assert samples.real().licences["mit"].terms["notices"].note in terms


def test_markers_code_and_addresses_are_no_prose() -> None:
    page = prose.plain("`wierd` [right](wierd.md) https://wierd.example <wierd>x</wierd>", [])
    assert spelling.misspelt(page, []) == []


def test_the_list_has_each_word_once_and_none_that_is_known_without_it() -> None:
    assert sorted(set(OWN)) == sorted(OWN)
    assert [word for word in OWN if not spelling.misspelt(word, [])] == []


def test_each_part_of_the_list_is_in_order() -> None:
    parts = spelling.WORDS.read_text(encoding="utf-8").split("\n\n")
    for part in parts:
        lines = [line.split("#")[0].strip() for line in part.splitlines()]
        words = [line for line in lines if line]
        assert words == sorted(words, key=lambda word: (word.strip("ʻ").casefold(), word))
