"""What the written pages and the descriptions of models say, held against the data.

All of this is a matter of consistency: it never stops a build, only `fieldguide check` and the
tests. Only what is certain is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from . import source
from .articles import FOLDER, readable
from .mentions import GONE, Page
from .names import Names
from .problems import Problem
from .records import Model
from .verdicts import Outcome
from .views import Guide

OSAID: Final = "osaid"
_PHRASE: Final = r"[Oo]pen[- \n]source(?:d)?\b"
_NOUN: Final = r"(?:models?|LLMs?|weights|releases?|versions?|alternatives?)"
_FEW: Final = r"(?:[ \n](?!not\b|no\b|never\b)[\w’-]+){0,3}?[ \n]"
# What follows a model's name, or stands before it, where a text calls it so.
_IS: Final = re.compile(rf"[ \n](?:is|are|was|were|became|remains?|counts as){_FEW}({_PHRASE})")
_SUCH: Final = re.compile(
    rf"({_PHRASE})(?:[ \n]{_NOUN})?(?:,?[ \n](?:such as|like|called))?[ \n]\Z"
)
# In the description of a model, which need not name it; but what it was made from is another.
_DESCRIBED: Final = re.compile(
    rf"\b(?:is|are|was|were|remains?)(?: (?!not\b|no\b|never\b)[\w’-]+){{0,2}} ({_PHRASE})"
    rf"|(?<!of )(?<!from )(?<!on )\b(?:[Aa]n?|[Tt]he|[Ii]ts|fully|truly) ({_PHRASE})"
    rf" (?:[\w-]+ )?{_NOUN}\b"
)
# Words that say that it is somebody's word for it, or deny it.
_MARKED: Final = re.compile(
    r"\b(?:calls?|called|claim\w*|describe[sd]?|announce[sd]?|label\w*|brand\w*|advertise\w*|so-called"
    r"|says?|said|not|no|nor|never|neither|cannot|without|less than|short of)\b|n’t\b"
)
# What follows “called open source, but”, by the verdict.
_BUT: Final = {
    Outcome.NOT_MET: "does not meet",
    Outcome.UNDETERMINED: "is not known to meet",
}
_BY_HAND: Final = re.compile(
    r"\[\^[\w-]+\]|\([A-Z][\w’-]+(?: et al\.| and [A-Z][\w’-]+)?, (?:19|20)\d\d[a-z]?\)"
)


@dataclass(frozen=True, order=True)
class Finding:
    """A problem; what to write between two positions of the page, if that is certain."""

    problem: Problem
    start: int = 0
    end: int = 0
    text: str | None = None


def pages(root: Path, names: Names) -> list[Page]:
    """All written pages below `root/content`, as prose."""
    files = sorted((root / FOLDER).rglob("*.md"))
    return [Page(f.relative_to(root).as_posix(), readable(f, root), names) for f in files]


def told(
    page: Page,
    position: int,
    message: str,
    hint: str = "",
    length: int = 0,
    text: str | None = None,
) -> Finding:
    """A finding on a page; `text` is what to write instead of so many characters."""
    if page.titled(position) and "{{" in hint:
        hint, text = "Say it in the text, by a marker: here none can stand", None
    problem = Problem(page.path, *page.place(position), message, hint)
    return Finding(problem, position, position + length, text)


def unlinked(page: Page) -> Iterator[Finding]:
    """Records that a page names first in plain words. Quotations stay as they are."""
    seen = set[tuple[str, str]]()
    for mention in page.mentions:
        record = mention.kind, mention.key
        plain = mention.name if not mention.linked else None
        start = mention.start
        if record in seen or (plain and (page.quoted(start) or page.titled(start))):
            continue
        if plain:
            said = f"{plain.kind} `{plain.text}` is named here first, without a link"
            certain = plain.text == plain.printed
            hint = f"Write `{plain.marker}`" + f", which prints `{plain.printed}`" * (not certain)
            length = mention.end - mention.start
            yield told(page, start, said, hint, length, plain.marker if certain else None)
        if plain or mention.linked:
            seen.add(record)


def strangers(page: Page, names: Names) -> Iterator[Finding]:
    """Versions of known families that no record has, in a sentence that gives no source."""
    for position, text in names.strangers(page.prose):
        start, end = page.sentence(position)
        if "cite(" in page.text[start:end] or page.quoted(position):
            continue
        hint = "Correct it, add its record to data/models/, or cite the source in this sentence"
        yield told(page, position, f"no model is called `{text}`, though its family is known", hint)


def called_open(page: Page, guide: Guide) -> Iterator[Finding]:
    """`Open source` said of a model that is not known to meet the Open Source AI Definition."""
    for mention in page.mentions:
        model = guide.library.models.get(mention.key) if mention.kind == "model" else None
        if mention.fact or not model or not (but := _but(model, guide)):
            continue
        start, end = page.sentence(mention.start)
        after = _IS.match(page.prose, mention.end, end)
        before = _SUCH.search(page.prose, start, mention.start)
        for found in filter(None, (after, before)):
            rest = page.prose[start : found.start(1)] + page.prose[found.end(1) : end]
            if not page.quoted(found.start(1)) and not _MARKED.search(rest.replace(GONE, "")):
                yield told(page, found.start(1), *_open(model, but))


def described_open(root: Path, guide: Guide) -> Iterator[Finding]:
    """The same in the descriptions of models."""
    for key, model in guide.library.models.items():
        if "ource" not in model.description or not (but := _but(model, guide)):
            continue
        for sentence in re.split(r"(?<=[.!?]) ", re.sub(r"“[^”]*”", "", model.description)):
            if (found := _DESCRIBED.search(sentence)) and not _MARKED.search(
                sentence[: found.start()] + sentence[found.end() :]
            ):
                path = guide.library.paths["models", key]
                document = source.read(root / path, root)
                yield Finding(Problem(path, *document.places[("description",)], *_open(model, but)))


def by_hand(page: Page) -> Iterator[Finding]:
    """Citations that no list of sources would show."""
    for match in _BY_HAND.finditer(page.prose):
        message = f"`{match[0]}` is a citation that no list of sources shows"
        yield told(page, match.start(), message, 'Write `{{ cite("id") }}`')


def _but(model: Model, guide: Guide) -> str:
    """How far a model is from the Open Source AI Definition; nothing if it meets it."""
    if OSAID not in guide.library.definitions:
        return ""
    return _BUT.get(guide.verdict(model, OSAID).outcome, "")


def _open(model: Model, but: str) -> tuple[str, str]:
    message = f"`{model.name}` is called open source, but {but} the Open Source AI Definition"
    return message, "Say what is open (its weights?), quote the words (“…”), or say who calls it so"
