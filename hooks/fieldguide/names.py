"""Names of models, licences and tools in running text, as far as they are certain.

A name that is also an ordinary word counts in the middle of a sentence alone. One that another
thing bears too, or that goes on with a further word, does not count at all: silence is better than
a wrong alarm.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from .library import Library

KINDS: Final = {"model": "models", "licence": "licences", "tool": "tools"}  # By their marker.
_WORD: Final = re.compile(r"(?<![\w@/.-])[^\W_]+")
_START: Final = re.compile(  # The end of what stands before the first word of a sentence.
    r"(?:\A|[.!?:…|”#\"]|\n[ \t]*\n|\n[ \t]*(?:[-+*]|\d+[.)])[ \t])[\s*_“‘(]*\Z"
)
_CAPITAL: Final = re.compile(r"(?:\A|[\s*_“(])([A-Z][\w.-]*)[ \n]+\Z")
_VARIANT: Final = re.compile(  # What makes another name of it; a size does not.
    r"[ \n]+(?!\d+(?:\.\d+)?[BMT]\b)(?:[A-Z\d][\w.-]*|(?:mini|nano|pro|turbo|preview|flash|lite"
    r"|base|instruct|chat|large|small|medium|vision|coder)\b)"
)
_VERSION: Final = r"(?:[ \n]|-)?[vV]?\d+(?:\.\d+)*(?![\w])(?!\.\d)"
_BEFORE: Final = 80  # Characters that show whether a sentence begins.


@dataclass(frozen=True)
class Name:
    """One way to write the name of a record; `printed` is how its marker writes it.

    `ordinary` says that it may be another word at the start of a sentence.
    """

    kind: str
    key: str
    printed: str
    text: str
    pattern: re.Pattern[str]
    ordinary: bool

    @property
    def marker(self) -> str:
        return f'{{{{ {self.kind}("{self.key}") }}}}'


class Names:
    """All names that are certain, and the families of models."""

    def __init__(self, library: Library) -> None:
        families = Counter(model.family for model in library.models.values())
        labels = {key: word.label for key, word in library.words("families").items()}
        # `Llama` alone is no model: it means all of them.
        shared = {labels[key] for key, number in families.items() if number > 1 and key in labels}
        shared |= {record.name for record in library.organisations.values()}
        for entry in library.glossary.values():
            shared |= {entry.term, *entry.aliases}
        every = list(_names(library))
        bearers = Counter(text for text, *_ in {(n.text, n.kind, n.key) for n in every})
        self._by_word: dict[str, list[Name]] = defaultdict(list)
        for name in sorted(every, key=lambda name: -len(name.text)):
            if bearers[name.text] == 1 and name.text not in shared:
                self._by_word[_WORD.findall(name.text)[0]].append(name)
        family = "|".join(map(re.escape, sorted(labels.values(), key=len, reverse=True)))
        self._versioned = re.compile(rf"(?<![\w.-])(?:{family or '(?!)'}){_VERSION}")
        called = (name.text for name in every)
        self._known = {_bare(m[0]) for text in called for m in self._versioned.finditer(text)}

    def written(self, prose: str) -> Iterator[tuple[int, int, Name]]:
        """Where names are written out: start, end and name; the longest that fits."""
        position = 0
        for word in _WORD.finditer(prose):
            if word.start() < position:
                continue
            for name in self._by_word.get(word[0], ()):
                if match := name.pattern.match(prose, word.start()):
                    position = match.end()
                    if _certain(name, prose, match):
                        yield match.start(), match.end(), name
                    break

    def strangers(self, prose: str) -> Iterator[tuple[int, str]]:
        """A known family with a version of which there is no model: where, and what is written."""
        for match in self._versioned.finditer(prose):
            ordinary = not _is_strange(re.split(r"[\s\d-]", match[0])[0])
            if _bare(match[0]) in self._known or (ordinary and begins(prose, match.start())):
                continue  # `Step 5` at the start of a sentence may be one of our steps.
            yield match.start(), " ".join(match[0].split())


def begins(prose: str, position: int) -> bool:
    """Whether a sentence begins there."""
    return bool(_START.search(prose[max(0, position - _BEFORE) : position]))


def _names(library: Library) -> Iterator[Name]:
    for kind, collection in KINDS.items():
        records: Any = library.collections[collection]
        for key, record in records.items():
            printed = getattr(record, "short", None) or record.name
            for text in dict.fromkeys((printed, record.name)):
                strange, alone, after = _is_strange(text), " " not in text, ""
                if alone and not strange and kind == "licence":
                    after = r"(?=\s+[Ll]icen[cs]e)"  # MIT is a university, too.
                elif alone and not strange and text == text.lower():
                    continue
                words = r"\s+".join(map(re.escape, text.split()))
                pattern = re.compile(rf"{words}(?![\w+])(?!-\w)(?!\.\w){after}")
                yield Name(kind, key, printed, text, pattern, alone and not strange and not after)


def _is_strange(text: str) -> bool:
    """Whether it is written as no ordinary word is: with a digit, or a capital or dot inside."""
    return bool(re.search(r"\d|\w[A-Z.]", text)) and not text.isupper()


def _bare(text: str) -> str:
    """A name without what people write differently: spaces, hyphens and capitals."""
    return re.sub(r"[^a-z0-9.]", "", text.lower())


def _certain(name: Name, prose: str, match: re.Match[str]) -> bool:
    """Whether no word before or after makes another name of it."""
    if _VARIANT.match(prose, match.end()) or (name.ordinary and begins(prose, match.start())):
        return False
    start = max(0, match.start() - _BEFORE)
    capital = _CAPITAL.search(prose[start : match.start()])
    return not capital or begins(prose, start + capital.start(1))
