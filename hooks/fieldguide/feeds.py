"""Atom feeds of what changed: one of everything, and one for each family of models.

The same records give the same bytes: an entry's id and date come from the day on which something
happened. Times of day are not recorded, so each is the day's beginning in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from typing import Final
from uuid import UUID, uuid5

from feedgenerator import Atom1Feed

from .addresses import address
from .api import Answers
from .endpoints import CREDIT
from .history import PAGE, Happened
from .history import sentence as said
from .records import TOLD
from .render import date

_OURS: Final = UUID("6571cfc8-bc4b-4692-aac4-43eb507e7e81")  # For good: all ids come from it.
FOLDER: Final = "feeds/"
ALL: Final = f"{FOLDER}all.atom"
ENTRIES: Final = 60  # Of the feed of everything.
MOST: Final = 12  # Records of a kind on one day that get an entry each; more get one together.
NAMED: Final = 40  # As many of these are named.
_TITLES: Final = {
    "added": "New",
    "changed": "Changed",
    "removed": "Removed",
    "verdict": "Verdict moved",
}


def family(key: str) -> str:
    """Where the feed of a family of models stands."""
    return f"{FOLDER}families/{key}.atom"


def files(answers: Answers) -> Iterator[tuple[str, str]]:
    """Every feed: path below the site's root, and text. A family has one once something happened
    to its models."""
    history, library = answers.history, answers.library
    title = "Open Model Field Guide: what changed"
    every = [one for day in history.days.values() for one in day]
    yield ALL, _feed(answers, ALL, title, PAGE, every)
    for key, happened in families(answers).items():
        label = library.label("families", key)
        title = f"{label} models: what changed in the Field Guide"
        yield family(key), _feed(answers, family(key), title, f"models/?family={key}", happened)


def families(answers: Answers) -> dict[str, list[Happened]]:
    """What happened to the models of each family to which anything did, newest first."""
    found: dict[str, list[Happened]] = {}
    for day in answers.history.days.values():
        for one in day:
            if one.collection == "models" and one.here:
                found.setdefault(answers.library.models[one.id].family, []).append(one)
    return found


def _feed(answers: Answers, path: str, title: str, page: str, happened: Iterable[Happened]) -> str:
    base = answers.guide.base
    feed = Atom1Feed(
        title=title,
        link=f"{base}{page}",
        description="New and changed records, and verdicts that moved.",
        language="en-GB",
        author_name=CREDIT,
        feed_url=f"{base}{path}",
        feed_guid=_id(path),
        feed_copyright="CC BY 4.0",
    )
    entries = list(_entries(answers, path, happened))[:ENTRIES]
    news = answers.library.changes.values() if path == ALL else ()
    for item in news:
        text = escape(item.text)
        entries.append((item.date, "Site news", f"{PAGE}#site", f"site/{item.id}", text))
    for day, head, target, name, text in sorted(entries, key=lambda e: e[0], reverse=True):
        feed.add_item(
            title=head,
            link=f"{base}{target}",
            description=text,
            updateddate=_midnight(day),
            unique_id=_id(name, day),
        )
    if not entries:  # Then the newest date of the data is that of the feed.
        feed.latest_post_date = lambda: _midnight(answers.dated or "1970-01-01")
    return str(feed.writeString("utf-8")) + "\n"


def _entries(
    answers: Answers, path: str, happened: Iterable[Happened]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Day, title, address, name and text of each entry.

    An entry about one record has the same name in every feed; one about many is a feed's own.
    """
    kinds = sorted(happened, key=lambda one: (TOLD.index(one.collection), one.what))
    days = sorted(kinds, key=lambda one: one.day, reverse=True)
    for (day, collection, what), group in groupby(
        days, key=lambda one: (one.day, one.collection, one.what)
    ):
        these = sorted(group, key=lambda one: one.name.casefold())
        if len(these) > MOST:
            names = ", ".join(escape(one.name) for one in these[:NAMED])
            names += f" and {len(these) - NAMED} more" if len(these) > NAMED else ""
            head = f"{_TITLES[what]}: {len(these)} {answers.history.noun(collection, len(these))}"
            name = f"{path}/{collection}/{what}"
            yield day, head, f"{PAGE}#on-{day}", name, f"<p>{date(day)}. {names}.</p>"
            continue
        for one in these:
            place = address(collection, one.id) if one.here else f"{PAGE}#on-{day}"
            text = f"<p>{escape(said(answers.history, one))}</p>"
            head, name = f"{_TITLES[what]}: {one.name}", f"{collection}/{one.id}/{what}"
            yield day, head, place, name, text


def _id(name: str, day: str = "") -> str:
    """An id that stays when the site moves to another host: a UUID of the name (RFC 9562, v5).

    A tag URI (RFC 4151) would need a host that is ours for good.
    """
    return uuid5(_OURS, f"{day}/{name}").urn


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat((day + "-01-01")[:10]).replace(tzinfo=UTC)
