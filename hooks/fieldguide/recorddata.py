"""Records other than models as plain values, in the shapes of `answers` and `endpoints`.

Pieces of records stand in the values as they are. Models are in `modeldata`.
"""

from __future__ import annotations

from typing import Any

from . import records as r
from .addresses import address
from .endpoints import FOLDER
from .modeldata import Values
from .verdicts import Outcome
from .views import Guide


def licence(guide: Guide, record: r.Licence) -> Values:
    """What lists have of it (`answers.Licence`)."""
    return {
        **_fields(record, without=("evidence",)),
        "page": _page(guide, "licences", record.id),
        "osi_approved": record.osi_approved,
        "fsf_libre": record.fsf_libre,
        "model_count": len(guide.models_under(record.id)[0]),
        "record": f"{guide.base}{FOLDER}licences/{record.id}.json",
    }


def tool(guide: Guide, record: r.Tool) -> Values:
    """What lists have of it (`answers.Tool`)."""
    return {**_fields(record), "page": _page(guide, "tools", record.id)}


def organisation(guide: Guide, record: r.Organisation, made: dict[str, list[str]]) -> Values:
    """What lists have of it (`answers.Organisation`); `made` has the ids of its works, by kind."""
    return {**_fields(record), "page": _page(guide, "organisations", record.id), **made}


def definition(guide: Guide, record: r.Definition) -> Values:
    """What lists have of it (`endpoints.Definition`), with how many models it counts as open."""
    without = ("order", "below_says", "headline", "examples")
    counts = [v.open for v in guide.verdicts[record.id].values()]
    return {
        **_fields(record, without),
        "page": _page(guide, "definitions", record.id),
        "met": counts.count(Outcome.MET),
        "undetermined": counts.count(Outcome.UNDETERMINED),
        "not_met": counts.count(Outcome.NOT_MET),
    }


def term(guide: Guide, record: r.GlossaryTerm) -> Values:
    """What lists have of it (`endpoints.GlossaryTerm`)."""
    return {**_fields(record), "page": _page(guide, "glossary", record.id)}


def change(record: Any, kind: str, *collections: str) -> Values:
    """A change that is a record (`endpoints.Change`); it names what it changed in `collections`."""
    subjects = [
        {"collection": name, "id": key} for name in collections for key in getattr(record, name)
    ]
    if kind == "licence":
        keys = dict.fromkeys(filter(None, (record.before, record.after)))
        subjects += [{"collection": "licences", "id": key} for key in keys]
    head = {"id": record.id, "date": record.date, "kind": kind, "text": record.text}
    return head | {"subjects": subjects, "fields": (), "verdicts": ()}


def _page(guide: Guide, collection: str, key: str) -> str:
    return guide.base + address(collection, key)


def _fields(record: r.Record, without: tuple[str, ...] = ()) -> Values:
    return {name: value for name, value in vars(record).items() if name not in without}
