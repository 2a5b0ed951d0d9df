"""May I? What a licence says to the things that readers want to do, with the clauses behind it.

The questions are data (the vocabulary `uses`): each names the terms of a licence that answer it.
The answer is the worst of theirs. Where a needed term was not read, or the text is silent on a
permission, the answer is "unknown": silence is no permission. It is one in the licences that the
Open Source Initiative or the Open Definition list, for these admit no text that limits who may use
a work or for what (Open Source Definition, 5 and 6; Open Definition, 2.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from .library import Library
from .records import Licence, Term, TermWord, UseWord


class May(IntEnum):
    """The answers, worst first."""

    NO = 0
    UNKNOWN = 1
    CONDITIONS = 2
    YES = 3

    @property
    def word(self) -> str:
        """Its id in the vocabulary `may`."""
        return self.name.lower()


@dataclass(frozen=True)
class Reason:
    """What one term adds: `said` is None where the text was not read for it."""

    answer: May
    term: TermWord
    said: Term | None


@dataclass(frozen=True)
class Answer:
    """To one question by one licence: the worst of the reasons, and those that decide it."""

    use: UseWord
    may: May
    reasons: tuple[Reason, ...]


def answers(licence: Licence, library: Library) -> list[Answer]:
    """What a licence says to every use, in the vocabulary's order."""
    return [answer(licence, use, library) for use in library.uses.values()]


def answer(licence: Licence, use: UseWord, library: Library) -> Answer:
    """What a licence says to one use.

    The reasons are those that keep the answer from being yes, or all of them where it is.
    """
    silence = May.YES if licence.osi_approved or licence.open_definition else May.UNKNOWN
    each = tuple(
        Reason(_may(library.terms[term], said, use, silence), library.terms[term], said)
        for term in use.terms
        for said in [licence.terms.get(term)]
    )
    worst = min(reason.answer for reason in each)
    kept = tuple(reason for reason in each if reason.answer < May.YES) or each
    return Answer(use, worst, kept)


_PERMISSION = {"allowed": May.YES, "conditions": May.CONDITIONS, "forbidden": May.NO}
_DUTY = {"not-required": May.YES, "unspecified": May.YES, "conditions": May.CONDITIONS}


def _may(word: TermWord, said: Term | None, use: UseWord, silence: May) -> May:
    if said is None:
        return May.UNKNOWN
    if word.group == "permission":
        return _PERMISSION.get(said.answer, silence)
    if word.group == "duty":
        # To be free of a duty is a question of its own only where it stands alone.
        bound = May.NO if use.terms == (word.id,) else May.CONDITIONS
        return _DUTY.get(said.answer, bound)
    if said.answer != "limited":
        return May.YES
    return min(_limits(said, use), default=May.CONDITIONS)


def _limits(said: Term, use: UseWord) -> Iterator[May]:
    """What a limit means at the size, or in the place, that is asked for."""
    if use.place:
        yield _PERMISSION[said.places[use.place]] if use.place in said.places else May.YES
    if use.users is not None:
        if said.counts != "users" or said.number is None:
            yield May.CONDITIONS  # Revenue: users do not decide it.
        elif use.users > said.number:
            yield _PERMISSION[said.beyond] if said.beyond else May.UNKNOWN
        else:
            yield May.YES
