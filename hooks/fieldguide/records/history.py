"""What changed in the records, day by day, as it was read from the project's own history."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from .shapes import Record, Shape
from .values import Id, Line, full_day

# Collections whose changes are told, in the order in which readers see them.
ToldKind = Literal[
    "models",
    "licences",
    "tools",
    "organisations",
    "definitions",
    "debates",
    "glossary",
    "references",
]
TOLD: Final[tuple[str, ...]] = get_args(ToldKind)


def _list(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Ids = Annotated[tuple[Id, ...], BeforeValidator(_list), Field(min_length=1)]
Fields = Annotated[tuple[Line, ...], BeforeValidator(_list), Field(min_length=1)]


class Moved(Shape):
    model: Id = Field(description="The model.")
    definition: Id = Field(description="The definition of openness.")
    before: Line = Field(description="The verdict until then, in the words of that time.")
    after: Line = Field(description="The verdict from then on.")


class Day(Record):
    """What changed in the records on one day. Written by `fieldguide record`, not by hand."""

    added: dict[ToldKind, Ids] = Field({}, description="New records: ids by collection.")
    changed: dict[ToldKind, dict[Id, Fields]] = Field(
        {}, description="Changed records: by collection and id, the paths of the changed fields."
    )
    removed: dict[ToldKind, dict[Id, Line]] = Field(
        {}, description="Records that went: by collection and id, the names that they had."
    )
    verdicts: tuple[Moved, ...] = Field(
        (), strict=False, description="Verdicts that moved, on models that were there before."
    )

    @model_validator(mode="after")
    def _is_a_day(self) -> Day:
        if not full_day(self.id):
            raise ValueError("must be named by a day of the calendar, such as 2026-11-28.yml")
        if not (self.added or self.changed or self.removed or self.verdicts):
            raise ValueError("says nothing that changed; delete the file")
        return self
