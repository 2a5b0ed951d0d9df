"""Made-up models, as many as wanted, in the shape and size of the real ones. Not a test.

For benchmarks and tests of scale. Each made-up record takes its shape from a real one (which parts,
how many pieces of evidence, how long the texts), and makers, licences and works from those that the
guide knows. Names, texts, addresses, dates and numbers are made up. The same number and seed give
the same bytes.

    python tests/synthetic.py NUMBER FOLDER

copies the project into a new folder and adds so many models to those that are there.
"""

from __future__ import annotations

import random
import re
import string
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

from copies import ROOT, Copy
from fieldguide import source
from fieldguide.library import Library
from fieldguide.records import Model, Word

SEED: Final = 2026
FAMILIES: Final = "data/vocabulary/families.yml"
SYLLABLES: Final = (
    *("bar", "cor", "dun", "fel", "gor", "hal", "ith", "jun", "kel", "lor", "mor", "nim"),
    *("or", "pel", "quen", "ros", "sil", "tar", "ul", "ver", "wyn", "xan", "yr", "zel"),
)
VARIANTS: Final = ("", "Chat", "Mini", "Vision", "Code")

Record = dict[str, Any]


def library(real: Library, number: int, seed: int = SEED) -> Library:
    """The real library and so many made-up models, made in memory."""
    maker = _Maker(seed)
    models = {
        key: Model.model_validate({**record, "id": key}) for key, record in maker.records(number)
    }
    families = {
        key: Word.model_validate({**word, "id": key}) for key, word in maker.families.items()
    }
    more = {
        "models": {**real.models, **models},
        "families": {**real.words("families"), **families},
    }
    paths = {("models", key): f"data/models/{key}.yml" for key in models}
    paths |= {("families", key): FAMILIES for key in families}
    return Library({**real.collections, **more}, {**real.paths, **paths})


def add(root: Path, number: int, seed: int = SEED) -> None:
    """Adds so many made-up models, and their families, to the copy of the project at `root`."""
    maker = _Maker(seed)
    for key, record in maker.records(number):
        (root / f"data/models/{key}.yml").write_text(_yaml(record), encoding="utf-8")
    if maker.families:
        with (root / FAMILIES).open("a", encoding="utf-8") as file:
            file.write(_yaml(maker.families))


def _yaml(value: Record) -> str:
    """As people write records: small mappings on one line."""
    options: Record = {"sort_keys": False, "allow_unicode": True, "width": 10_000}
    return yaml.dump(value, Dumper=_Dumper, default_flow_style=None, **options)


class _Dumper(yaml.CSafeDumper):
    """Puts these in quotes too: truth values to some readers."""


_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^[yYnN]$"), list("yYnN"))


@cache
def _real() -> tuple[Record, ...]:
    """The real records, as plain values."""
    files = sorted((ROOT / "data/models").glob("*.yml"))
    return tuple(source.read(file, ROOT).value for file in files)


class _Maker:
    """Makes records; `families` are those of the records made so far."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing to guess)
        self.families: dict[str, Record] = {}
        real = _real()
        self.works = sorted(source.read(ROOT / "data/references.yml", ROOT).value)
        self.dates = [record["released"] for record in real if "released" in record]
        self.makers = [record["developers"] for record in real]
        members = Counter(record["family"] for record in real)
        self.sizes = sorted(size for size in members.values() if size > 1)
        self.follows = defaultdict[str, list[str]](list)  # What comes after a word; "" is an end.
        for record in real:
            for sentence in re.split(r"(?<=\.)\s+", record["description"].strip()):
                words = ["", *sentence.split(), ""]
                for one, next_ in pairwise(words):
                    self.follows[one].append(next_)

    def records(self, number: int) -> Iterator[tuple[str, Record]]:
        """Records by id: families of a few members each, one after the other."""
        left = number
        while left:
            size = min(left, self.random.choice(self.sizes))
            left -= size
            name = self._name()
            family = name.lower()
            self.families[family] = {"label": name, "about": "A family that nobody made."}
            makers = self.random.choice(self.makers)
            kin: list[str] = []
            for place in range(size):
                version, variant = divmod(place, len(VARIANTS))
                label = f"{name} {version + 1} {VARIANTS[variant]}".strip()
                key = label.lower().replace(" ", "-")
                yield key, self._record(label, family, makers, kin)
                kin.append(key)

    def _name(self) -> str:
        """A name that no family has yet."""
        while True:
            parts = [self.random.choice(SYLLABLES) for _ in range(self.random.choice((2, 3, 3)))]
            name = "".join(parts).capitalize()
            if name.lower() not in self.families:
                return name

    def _record(self, name: str, family: str, makers: list[str], kin: list[str]) -> Record:
        """A record in the shape of a real one; `kin` are the older members of its family."""
        shape = self.random.choice(_real())
        address = self._addresses()
        change: dict[str, Callable[[Any], Any]] = {
            "evidence": lambda old: self._evidence(old, address),
            "claims": lambda old: [
                claim
                | ({"words": self._text(claim["words"])} if "words" in claim else {})
                | {"evidence": self._pieces(claim["evidence"], address)}
                for claim in old
            ],
            "parts": lambda old: {key: self._part(part, address) for key, part in old.items()},
            "sizes": self._sizes,
            "links": lambda old: {key: address(url) for key, url in old.items()},
            "references": lambda old: self.random.sample(self.works, len(old)),
            "released": lambda _: self.random.choice(self.dates),
            "description": self._text,
        }
        new = {key: change.get(key, lambda old: old)(value) for key, value in shape.items()}
        new |= {"name": name, "family": family, "developers": makers}
        if "based_on" in new and kin:
            new["based_on"] = [self.random.choice(kin)]
        else:
            new.pop("based_on", None)
        return new

    def _part(self, part: Record, address: Callable[[str], str]) -> Record:
        note = {"note": self._text(part["note"])} if "note" in part else {}
        return part | note | {"evidence": self._pieces(part["evidence"], address)}

    def _evidence(self, fields: Record, address: Callable[[str], str]) -> Record:
        return {field: self._pieces(pieces, address) for field, pieces in fields.items()}

    def _pieces(self, pieces: list[Record], address: Callable[[str], str]) -> list[Record]:
        texts = ("note", "says")
        return [
            piece
            | {"url": address(piece["url"])}
            | {key: self._text(piece[key]) for key in texts if key in piece}
            for piece in pieces
        ]

    def _sizes(self, sizes: list[Record]) -> list[Record]:
        """As many sizes, each somewhat larger or smaller."""
        by = self.random.uniform(0.7, 1.3)
        counts = ("parameters", "active")
        return [
            size | {key: max(1, round(size[key] * by)) for key in counts if key in size}
            for size in sizes
        ]

    def _text(self, like: str) -> str:
        """Sentences without sense, about as long as another text, of words as they follow there."""
        words: list[str] = []
        word, length = "", 0
        while not words or length < len(like) - 4:
            word = self.random.choice(self.follows[word])
            words += [word] if word else []
            length += len(word) + 1
        return " ".join(words).rstrip(".,:;")[:290] + "." * like.endswith(".")

    def _addresses(self) -> Callable[[str], str]:
        """Turns addresses into others of the same length that lead nowhere; the same into the same.

        Letters and digits are swapped for others, so what repeats within a record still repeats.
        """
        sets = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
        swap = {
            ord(old): new
            for letters in sets
            for old, new in zip(letters, self.random.sample(letters, len(letters)), strict=True)
        }

        def made_up(url: str) -> str:
            host, slash, path = url.removeprefix("https://").removeprefix("http://").partition("/")
            return f"https://{host.rpartition('.')[0]}.example{slash}{path.translate(swap)}"

        return made_up


def main() -> None:
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    add(Copy(folder).root, number)


if __name__ == "__main__":
    main()
