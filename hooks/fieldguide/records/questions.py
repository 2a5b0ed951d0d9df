"""The questions of the path that leads to a shortlist of models."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from .shapes import Record, Shape
from .values import Id, Line, Text


def _several(value: object) -> object:
    """One value stands for a list of one, and a plain number for its digits."""
    values = value if isinstance(value, list) else [value]
    return [str(one) if type(one) in (int, float) else one for one in values]


_VALUE = {"type": ["string", "number"]}
Values = Annotated[
    tuple[Id, ...],
    BeforeValidator(_several),
    Field(min_length=1, strict=False),
    WithJsonSchema({"anyOf": [_VALUE, {"type": "array", "minItems": 1, "items": _VALUE}]}),
]


class Choice(Shape):
    """An answer that readers can choose."""

    label: Line = Field(description="What readers choose.")
    short: Line = Field(description="The same within a sentence, in a few words.")
    about: Text | None = Field(None, description="What it means, or what it leaves out.")
    keep: dict[Id, Values] = Field(
        {},
        description="Which models stay: facets of the list of models, as its address has them, "
        "each with one value or several. `unknown` beside others keeps those of which it is not "
        "known.",
    )


class Question(Record):
    """A step on the way to a shortlist; questions are asked in the order of their file."""

    question: Line = Field(description="What is asked.")
    short: Line = Field(description="Its subject, in a word or two.")
    why: Text = Field(description="Why it is asked.")
    choices: dict[Id, Choice] = Field(
        min_length=2, description="The answers, by the id that stands in addresses."
    )
    not_after: tuple[Id, ...] = Field(
        (), strict=False, description="Answers to earlier questions after which it is not asked."
    )
