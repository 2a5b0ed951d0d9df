"""What the pages of debates show: their order, the works they cite, what is read with them."""

from __future__ import annotations

from .records import Debate, Word, references
from .views import Guide


def grouped(guide: Guide) -> list[tuple[Word, list[Debate]]]:
    """All debates by topic, in the order of the vocabulary; topics without any are left out."""
    debates = sorted(guide.library.debates.values(), key=lambda d: (d.order, d.id))
    topics = guide.library.words("debate-topics").values()
    groups = [(topic, [d for d in debates if d.topic == topic.id]) for topic in topics]
    return [(topic, members) for topic, members in groups if members]


def ordered(guide: Guide) -> list[Debate]:
    """All debates in the order of the table."""
    return [debate for _, members in grouped(guide) for debate in members]


def cited(debate: Debate) -> list[str]:
    """The works that a debate cites, in the order in which its page names them."""
    found = references(debate)
    return list(dict.fromkeys(key for _, ref, key in found if ref.collection == "references"))


def related(guide: Guide, debate: Debate) -> list[Debate]:
    """The debates that this one names, and those that name it."""
    return [d for d in ordered(guide) if d.id in debate.related or debate.id in d.related]
