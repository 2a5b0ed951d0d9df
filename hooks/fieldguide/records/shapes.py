"""What all records share: strictness, evidence, and a way to find the ids in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import UnionType
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


Loc = tuple[str | int, ...]
Found = tuple[Loc, Ref, str]
_Walk = Callable[[Any, Loc, list[Found]], None]


def references(record: BaseModel) -> list[Found]:
    """Every id in a record that points to another one: where it stands, to what, and the id."""
    found: list[Found] = []
    _fields(record, (), found)
    return found


def needs(record: BaseModel) -> frozenset[tuple[str, str]]:
    """The other records without which this one cannot stand: collection and id."""
    found = references(record)
    return frozenset((ref.collection, key) for _, ref, key in found if key not in ref.besides)


def _fields(value: BaseModel, loc: Loc, found: list[Found]) -> None:
    for name, walk in _walks(type(value)):
        inner = getattr(value, name)
        if inner:  # Nothing stands in what is empty.
            walk(inner, (*loc, name), found)


@cache
def _walks(shape: type[BaseModel]) -> tuple[tuple[str, _Walk], ...]:
    """The fields of a shape in which ids can stand, each with its way through them."""
    each = ((name, _walk(hint)) for name, hint in hints(shape).items())
    return tuple((name, walk) for name, walk in each if walk)


def _walk(hint: Any) -> _Walk | None:
    """The way through values of a type: worked out once, for there are many values."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = [mark for mark in hint.__metadata__ if isinstance(mark, Ref)]
        return _all([*map(_mark, marks), _walk(args[0])])
    if origin in (Union, UnionType):
        return _all([_walk(arg) for arg in args])
    if origin is tuple:
        return _each(_walk(args[0]))
    if origin is dict:
        return _pairs(_walk(args[0]), _walk(args[1]))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _fields if _walks(hint) else None
    return None


def _all(walks: list[_Walk | None]) -> _Walk | None:
    ways = [walk for walk in walks if walk]
    if len(ways) < 2:
        return ways[0] if ways else None

    def through(value: Any, loc: Loc, found: list[Found]) -> None:
        for way in ways:
            way(value, loc, found)

    return through


def _mark(mark: Ref) -> _Walk:
    return lambda value, loc, found: found.append((loc, mark, value))


def _each(walk: _Walk | None) -> _Walk | None:
    def through(value: Any, loc: Loc, found: list[Found]) -> None:
        for index, item in enumerate(value):
            walk(item, (*loc, index), found)  # type: ignore[misc]

    return through if walk else None


def _pairs(keys: _Walk | None, values: _Walk | None) -> _Walk | None:
    def through(value: Any, loc: Loc, found: list[Found]) -> None:
        for key, item in value.items():
            for walk, one in ((keys, key), (values, item)):
                if walk:
                    walk(one, (*loc, key), found)

    return through if keys or values else None
