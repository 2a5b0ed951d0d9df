"""Vocabularies: the words that other records choose from."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .shapes import Record
from .values import Count, Id, Line, ModelId, PrecisionId, Ref, ReferenceId, TermId, Text


class Word(Record):
    """An entry of a vocabulary: the label, symbol and meaning of one value."""

    label: Line = Field(description="What readers see.")
    about: Text | None = Field(None, description="What it means.")
    symbol: Annotated[str, StringConstraints(max_length=2)] | None = Field(
        None, description="A mark that is legible without colour."
    )

    @property
    def name(self) -> str:
        """Words are listed by their label, as records are by their name."""
        return self.label


class PartWord(Word):
    kind: Literal["code", "data", "document"] = Field(description="Which licences suit it.")
    lets_you: Text = Field(description="What you can do with it.")
    subject: Line = Field(description="Subject and verb of a sentence about it.")
    mof_name: Line | None = Field(None, description="Its name in the framework's file format.")


class TermWord(Word):
    group: Literal["permission", "duty", "limit", "other"] = Field(description="Its column.")


class AnswerWord(Word):
    groups: tuple[Literal["permission", "duty", "limit", "other"], ...] = Field(
        min_length=1, strict=False, description="The groups of terms it can answer."
    )
    tone: Literal["good", "mixed", "bad", "plain"] = Field(description="Its colour.")


class PrecisionWord(Word):
    """A way to store weights: how many bits each takes, all in all."""

    bits: float = Field(gt=0, le=64, description="Bits a weight, with what its format adds.")
    sources: tuple[ReferenceId, ...] = Field(
        min_length=1, strict=False, description="Where the figure was read."
    )


class MachineKind(Word):
    """A kind of machine: how much of its memory should stay free."""

    spare: Annotated[int, Field(ge=0, lt=100)] = Field(
        description="Share of the memory that should stay free, in per cent."
    )


class MachineWord(Word):
    """A machine on which readers may run a model."""

    kind: Annotated[Id, Ref("machine-kinds")] = Field(description="What kind of machine it is.")
    memory: Count = Field(description="Memory in GB, as its maker states it.")
    sources: tuple[ReferenceId, ...] = Field(
        min_length=1, strict=False, description="Where the memory was read."
    )

    @property
    def name(self) -> str:
        return f"{self.label}, {self.memory} GB"


class MemoryCheck(Word):
    """A published figure, to hold against what is computed for one size of a model."""

    model: ModelId = Field(description="The model.")
    size: Line = Field(description="One of its sizes, by name.")
    precision: PrecisionId | None = Field(None, description="Of its weights, the precision.")
    tokens: Count | None = Field(None, description="Of its cache, the number of tokens.")
    published: Line = Field(description="The figure as it was published.")
    bytes: Count = Field(description="The same in bytes.")
    sources: tuple[ReferenceId, ...] = Field(
        min_length=1, strict=False, description="Where it was read."
    )

    @model_validator(mode="after")
    def _of_one_thing(self) -> MemoryCheck:
        if (self.precision is None) == (self.tokens is None):
            raise ValueError("needs either `precision` or `tokens`")
        return self


class UseWord(Word):
    """Something that readers want to do, and the terms of a licence that answer it."""

    terms: tuple[TermId, ...] = Field(
        min_length=1, strict=False, description="The terms that decide it."
    )
    users: Count | None = Field(None, description="Users a month, to hold against a threshold.")
    place: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = Field(
        None, description="EU or a country's code, to hold against excluded places."
    )


class ShippingStep(Word):
    """A step before shipping under a licence: what each answer to a term asks for."""

    term: TermId = Field(description="The term of the licence that decides.")
    steps: dict[Annotated[Id, Ref("answers")], Line] = Field(
        description="What to do, by what the licence says to the term."
    )
    numbered: Line | None = Field(
        None, description="What to do where there is a threshold, with `{number}` and `{unit}`."
    )

    @model_validator(mode="after")
    def _filled(self) -> ShippingStep:
        if self.numbered and sorted(re.findall(r"\{.*?\}", self.numbered)) != [
            "{number}",
            "{unit}",
        ]:
            raise ValueError("`numbered` must have `{number}` and `{unit}`, once each")
        return self


class Shortlist(Word):
    """Models that readers ask for most, of one kind."""

    models: tuple[ModelId, ...] = Field(
        min_length=1, strict=False, description="The models, in the order in which they stand."
    )
