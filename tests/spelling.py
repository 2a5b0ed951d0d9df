"""British spelling, by Hunspell with the dictionary of SCOWL, and the names in the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from hunspell import Hunspell

import samples

FOLDER: Final = Path(__file__).parent
WORDS: Final = FOLDER / "words.txt"
# What is written with a digit, a dot, a slash or a hash inside is a name, a file or a number.
_TOKEN: Final = re.compile(r"[^\s\u2014\u2013(){}\[\]“”\"…]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NAME: Final = re.compile(r"[\d_@#$<>=\\]|\w[./:]\w")
# Fields of records that hold names, or terms that the glossary explains. Of labels, which are words
# of ours as well, only what has a capital is a name.
_NAMES: Final = ("name", "short", "term", "version", "publisher", "mof_name")


@cache
def _hunspell() -> Any:
    return Hunspell("en_GB", hunspell_data_dir=str(FOLDER / "dictionary"))


def known_words() -> list[str]:
    """The project's own words, one a line; `#` begins a comment."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if (word := line.split("#")[0].strip())]


@cache
def names() -> frozenset[str]:
    """Words of names in the records, written as there: makers, models, tools, authors, terms."""
    library, found = samples.real(), set[str]()
    for collection, records in library.collections.items():
        for record in records.values():
            if collection != "languages":  # Codes of two letters would hide slips.
                found.add(record.id)
            labels = _WORD.findall(getattr(record, "label", None) or "")
            found.update(word for word in labels if word != word.lower())
            texts = [getattr(record, name, None) for name in _NAMES]
            texts += [
                *getattr(record, "aliases", ()),
                *(s.name for s in getattr(record, "sizes", ())),
            ]
            for author in getattr(record, "author", ()):
                texts += [author.family, author.given, author.literal]
            for text in filter(None, texts):
                found.update(_WORD.findall(str(text)), re.findall(r"[^\W\d_]+", str(text)))
    return frozenset(found)


def words(text: str) -> Iterator[str]:
    """The words of a text that can be looked up, without what has a digit or a dot inside."""
    for token in _TOKEN.findall(text):
        token = token.strip(".,;:!?'’‘*")
        if not _NAME.search(token):
            yield from _WORD.findall(token)


def misspelt(text: str, own: Iterable[str]) -> list[str]:
    """The words that neither the dictionary, nor the names, nor `own` words know, in order.

    Of a word with hyphens its parts, where it is not known as a whole.
    """
    own, found = frozenset(own), []
    for word in words(text):
        if not _right(word, own):
            found += [part for part in word.split("-") if not _right(part, own)]
    return found


def _right(word: str, own: frozenset[str]) -> bool:
    word = word.replace("’", "'")
    forms = {word, re.sub(r"'s?$", "", word)}
    if word[:-1].isupper() and word.endswith("s"):  # GPUs
        forms.add(word[:-1])
    forms |= {form[:1].lower() + form[1:] for form in forms}  # At the start of a sentence.
    return any(form in own or form in names() or _in_dictionary(form) for form in forms)


@cache
def _in_dictionary(word: str) -> bool:
    return bool(_hunspell().spell(word))


def suggestions(word: str) -> list[str]:
    """What the dictionary would write instead."""
    return list(_hunspell().suggest(word.replace("’", "'")))[:3]
