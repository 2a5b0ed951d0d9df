"""What all records share: strictness, evidence, and a way to find the ids in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field

from .values import Date, Id, Line, Ref, Url, Via


class Shape(BaseModel):
    """Base of all: unknown keys are refused, values are not coerced, records do not change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Evidence(Shape):
    url: Url = Field(description="Address of the primary source.")
    via: Via = Field(
        description="Where we read it: the id of a reference, `primary` for the source itself, or "
        "`secondary` for a report by others at that address."
    )
    dated: Date | None = Field(None, description="Date of the copy that was read.")
    checked: Date | None = Field(
        None, description="Day on which a person opened the primary source itself."
    )
    says: Line | None = Field(
        None, description="What this source says, where it contradicts the record."
    )
    note: Line | None = Field(None, description="A few words of explanation.")


EvidenceList = Annotated[tuple[Evidence, ...], Field(min_length=1, strict=False)]


class Record(Shape):
    id: Id = Field(description="The file's name without its ending; not written in the file.")


@cache
def hints(shape: type[BaseModel]) -> dict[str, Any]:
    return {
        n: h
        for n, h in get_type_hints(shape, include_extras=True).items()
        if n in shape.model_fields
    }


def references(
    value: Any, hint: Any, loc: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Ref, str]]:
    """Every id in `value` that points to another record: where it stands, to what, and the id.

    `hint` is the value's type; for a record, its class.
    """
    if value is None:
        return
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        for mark in hint.__metadata__:
            if isinstance(mark, Ref):
                yield loc, mark, value
        yield from references(value, args[0], loc)
    elif origin is Union or str(origin) == "<class 'types.UnionType'>":
        for arg in args:
            if arg is not type(None):
                yield from references(value, arg, loc)
    elif origin is tuple:
        for index, item in enumerate(value):
            yield from references(item, args[0], (*loc, index))
    elif origin is dict:
        for key, item in value.items():
            yield from references(key, args[0], (*loc, key))
            yield from references(item, args[1], (*loc, key))
    elif isinstance(value, BaseModel):
        for name, field_hint in hints(type(value)).items():
            yield from references(getattr(value, name), field_hint, (*loc, name))
