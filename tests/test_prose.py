"""What every explainer has, how it reads, and that no two pages say a thing in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

import prose
import reading
from each import each
from prose import Page, Paragraph

EXPLAINERS = prose.explainer_paths()
WORKS, TERMS, BLOCKS, LEARN, RELATED = 8, 5, 1, 2, 2  # At least.
WORDS = (1_000, 2_500)
GRADES = (8, 13)
# Collections whose texts are read in one go.
READ = (
    *("comparisons", "debates", "definitions", "glossary", "licences", "models", "questions"),
    *("side-by-side", "tools"),
)
RUN = 12  # So many words in a row are no accident.
SENTENCE = 6  # A shorter sentence may well stand on two pages.

explainer = pytest.mark.parametrize("path", EXPLAINERS)


def page(path: str) -> Page:
    return prose.pages()[path]


def test_there_are_explainers() -> None:
    assert len(EXPLAINERS) >= 5


@pytest.mark.parametrize("path", prose.pages_on_disk())
def test_a_page_expands(path: str) -> None:
    assert [str(problem) for problem in page(path).expanded.problems] == []


# What every explainer has


@explainer
def test_says_what_the_reader_will_know(path: str) -> None:
    assert len(page(path).article.learn) >= LEARN


@explainer
def test_has_a_bottom_line(path: str) -> None:
    assert len(prose.sentences(page(path).article.bottom_line or "")) >= 2


@explainer
def test_leads_to_related_pages(path: str) -> None:
    related = page(path).article.related
    assert len(set(related) - {path}) == len(related) >= RELATED


@explainer
def test_says_when_it_was_reviewed(path: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", page(path).article.reviewed or ""), "give the day"


@explainer
def test_cites_enough_works(path: str) -> None:
    assert len(set(page(path).cited)) >= WORKS


@explainer
def test_has_a_computed_table_or_picture(path: str) -> None:
    assert page(path).blocks >= BLOCKS


@explainer
def test_is_neither_short_nor_long(path: str) -> None:
    """Words between spaces in headings, paragraphs, items and cells of the page's own Markdown.

    Front matter, markers with all that they print, code and addresses do not count.
    """
    least, most = WORDS
    assert least <= page(path).words <= most


@explainer
def test_explains_terms_where_they_stand(path: str) -> None:
    assert len(page(path).terms) >= TERMS, f"only {sorted(page(path).terms)} have a tooltip"


@explainer
def test_headings_are_in_order(path: str) -> None:
    assert out_of_order(page(path).paragraphs()) == []


def out_of_order(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Headings that skip a level, stand above the title, are a second one, or say what one said."""
    found, level, seen = [], 0, set[str]()
    for heading in (p for p in paragraphs if re.fullmatch("h[1-6]", p.kind)):
        number = int(heading.kind[1])
        if number > level + 1 or (number == 1 and level) or heading.text in seen:
            found.append(f"{heading.line}: {heading.text}")
        level = number
        seen.add(heading.text)
    return found if level else ["no heading at all"]


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("# A\n\n## B\n\n### C\n\n## D", []),
        ("# A\n\n### C", ["3: C"]),
        ("## B\n\n# A", ["1: B", "3: A"]),
        ("# A\n\n# B", ["3: B"]),
        ("# A\n\n## B\n\n## B", ["5: B"]),
        ("Text", ["no heading at all"]),
        ("# A\n\n```sh\n### no heading\n```", []),
    ],
)
def test_wrong_headings_would_be_found(markdown: str, wrong: list[str]) -> None:
    assert out_of_order(prose.paragraphs(prose.plain(markdown, []))) == wrong


def test_what_counts_as_a_word() -> None:
    text = "# One two\n\nThree [four](x.md) `five` – **six**.\n\n| seven | 8 |\n|---|---|\n- nine"
    slots = "\ue0000\ue001 and \ue0001\ue002\ue001"
    plain = prose.plain(f"{text} {slots}", ["ten", ""])
    assert [word for word in plain.split() if re.search(r"\w", word)] == (
        ["One", "two", "Three", "four", "six.", "seven", "8", "nine", "ten", "and"]
    )


# How it reads


@explainer
def test_reads_at_the_right_grade(path: str) -> None:
    texts = reading.running(page(path))
    least, most = GRADES
    grade = reading.grade(texts)
    assert least <= grade <= most, (
        f"grade {grade:.1f} by Flesch and Kincaid, between {least} and {most} is wanted. "
        + worst(texts, hard=grade > most)
    )


@pytest.mark.parametrize("path", sorted(set(prose.pages_on_disk()) - set(EXPLAINERS)))
def test_another_page_is_no_harder(path: str) -> None:
    texts = reading.running(page(path))
    assert not texts or reading.grade(texts) <= GRADES[1], worst(texts, hard=True)


@pytest.mark.parametrize("collection", READ)
def test_records_are_no_harder(collection: str) -> None:
    passages = prose.record_passages(frozenset({collection}))
    found = (sentence for p in passages for sentence in prose.sentences(p.text))
    texts = [text for text in found if text[-1:] in ".!?”)" and len(reading.words(text)) > 2]
    assert len(texts) > 20
    assert reading.grade(texts) <= GRADES[1], worst(texts, hard=True)


def worst(texts: list[str], *, hard: bool, number: int = 5) -> str:
    """The sentences that weigh most: the hardest, or those that chop the text into short pieces."""
    found = sorted(texts, key=lambda text: reading.grade([text]), reverse=hard)[:number]
    intro = "Split or reword the hardest" if hard else "Join or extend the choppiest"
    lines = [f"  {reading.grade([text]):5.1f}  {text}" for text in found]
    return "\n".join([f"{intro} sentences:", *lines])


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("the", 1), ("model", 2), ("models", 2), ("licence", 2), ("licences", 3), ("weights", 1)),
        *(("used", 1), ("released", 2), ("table", 2), ("whole", 1), ("API", 3)),
        *(("organisation", 5), ("transparency", 4), ("don’t", 1), ("open-source", 3), ("being", 2)),
        *(("quality", 3), ("nation", 2), ("reader", 2), ("Llama’s", 2), ("2024", 1), ("a", 1)),
    ],
)
def test_syllables(word: str, number: int) -> None:
    assert reading.syllables(word) == number


def test_a_grade_worked_out_by_hand() -> None:
    # 6 words, 1 sentence, 7 syllables: 0.39 * 6 + 11.8 * 7/6 - 15.59 = 0.517.
    assert reading.grade(["The cat sat on the table."]) == pytest.approx(0.5167, abs=0.001)


def test_the_hardest_sentences_are_named_first() -> None:
    texts = ["It is so.", "Institutional transparency necessitates considerable documentation."]
    assert worst(texts, hard=True, number=1).endswith(texts[1])
    assert worst(texts, hard=False, number=1).endswith(texts[0])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One is. Two are? Three!", ["One is.", "Two are?", "Three!"]),
        ("He said “No.” Then he left.", ["He said “No.”", "Then he left."]),
        ("See e.g. Meta. It has 7.5 GB.", ["See e.g. Meta.", "It has 7.5 GB."]),
        ("The U.S. Army and J. Doe et al. Agree.", ["The U.S. Army and J. Doe et al. Agree."]),
        ("No stop", ["No stop"]),
        ("", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert prose.sentences(text) == found


# Nothing is said twice


def texts() -> dict[str, list[str]]:
    """The prose of every page, and of every record that is read like one; markers taken out."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, one in prose.pages().items():
        article = one.article
        front = [article.description, article.bottom_line or "", *article.learn]
        body = [paragraph.text for paragraph in one.paragraphs(one.own_text)]
        found[f"content/{path}"] += [*front, *body]
    for collection in ("comparisons", "definitions", "debates"):
        for passage in prose.record_passages(frozenset({collection})):
            found[passage.place.split(" ")[0]].append(passage.text)
    return found


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+(?:[’']\w+)*", text.lower().replace("’", "'"))
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def whole(text: str) -> Iterator[str]:
    """The sentences of a text that are long enough to be told apart; no titles, no fragments."""
    for sentence in prose.sentences(text):
        words = re.findall(r"\w+", sentence.lower())
        if len(words) >= SENTENCE and re.search(r"[.!?…][”’)]*$", sentence):
            yield " ".join(words)


def shared(places: dict[str, list[str]]) -> dict[str, dict[str, set[str]]]:
    """For each place, what it has in common with others, and with which."""
    index: dict[str, set[str]] = defaultdict(set)
    for place, found in places.items():
        for text in found:
            for piece in (*runs(text), *whole(text)):
                index[piece].add(place)
    common: dict[str, dict[str, set[str]]] = {place: {} for place in places}
    for piece, among in index.items():
        for place in among if len(among) > 1 else ():
            common[place][piece] = among - {place}
    return common


@each(lambda: shared(texts()))
def test_says_nothing_in_the_words_of_another(common: dict[str, set[str]]) -> None:
    assert common == {}


def test_what_is_shared_would_be_found() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve"
    places = {
        "a": [f"So: {long} thirteen."],
        "b": [f"And {long.title()}, but not more."],
        "c": ["It is the same sentence here. Not this."],
        "d": ["It is the same sentence here! Not this."],
        "e": [long.replace("six", "6"), "Not this.", "A title of more than six words"],
        "f": ["A title of more than six words"],
    }
    found = shared(places)
    assert found["a"] == {long: {"b"}}
    assert found["b"] == {long: {"a"}}
    assert found["c"] == {"it is the same sentence here": {"d"}}
    assert found["e"] == found["f"] == {}
