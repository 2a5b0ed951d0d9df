"""Definitions of openness: ladders of rungs, and what each rung asks."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StringConstraints, model_validator

from .shapes import Record, Shape
from .values import (
    AccessId,
    Count,
    Date,
    Id,
    LicenceName,
    Line,
    ModelId,
    PartId,
    Ref,
    ReferenceId,
    StateId,
    TermId,
    Text,
)

APPROVERS: Final = ("osi", "fsf", "open-definition")


class LicenceTest(Shape):
    """What the licence that applies to a part must be."""

    approved: tuple[Annotated[Id, Ref("definitions", besides=APPROVERS)], ...] = Field(
        (),
        strict=False,
        description="Approved by at least one of these: `osi`, `fsf`, `open-definition`, or the id "
        "of a definition with a list of its own.",
    )
    permits: tuple[TermId, ...] = Field(
        (), strict=False, description="All of these are allowed, be it with conditions."
    )
    without: tuple[TermId, ...] = Field((), strict=False, description="None of these limits.")
    doubtful: tuple[TermId, ...] = Field(
        (), strict=False, description="With one of these limits, the outcome stays open."
    )


class Requirement(Shape):
    """One thing a rung asks for: a route, another definition, or a part (any of several)."""

    access: AccessId | None = Field(None, description="This route, or a wider one.")
    definition: Annotated[Id, Ref("definitions")] | None = Field(
        None, description="The highest rung of this definition."
    )
    any: tuple[PartId, ...] = Field((), strict=False, description="One of these parts.")
    states: tuple[StateId, ...] = Field(
        ("released",), min_length=1, strict=False, description="In one of these states."
    )
    licence: LicenceTest | None = Field(None, description="And its licence must be so.")
    about: Text | None = Field(None, description="What is asked, in the definition's sense.")

    @model_validator(mode="after")
    def _one(self) -> Requirement:
        if sum(map(bool, (self.access, self.definition, self.any))) != 1:
            raise ValueError("give one of `access`, `definition` and `any`")
        return self


class Rung(Shape):
    id: Id = Field(description="Id of the step.")
    label: Line = Field(description="Name of the step.")
    about: Text = Field(description="What it means, in one or two sentences.")
    says: Line = Field(description="Of a model on it, in a sentence: `it …`.")
    requires: tuple[Requirement, ...] = Field(
        min_length=1, strict=False, description="What it asks for beyond the steps before it."
    )
    optional: tuple[PartId, ...] = Field(
        (), strict=False, description="Parts that it names without asking for them."
    )


class Definition(Record):
    """A definition of openness as a ladder of rungs, lowest first; each includes those before."""

    name: Line = Field(description="Its name.")
    short: Annotated[Line, StringConstraints(max_length=24)] = Field(
        description="Name for narrow places."
    )
    order: Count = Field(description="Its place among the definitions.")
    publisher: Line = Field(description="Who publishes it.")
    version: Line = Field(description="Version, in quotes.")
    dated: Date = Field(description="Date of the version.")
    about: Text = Field(description="What it judges.")
    below: Line = Field(description="Label of a model that meets not even the lowest rung.")
    below_says: Line = Field(description="Of such a model, in a sentence: `it …`.")
    open_from: Id = Field(description="The rung from which it counts a model as open.")
    formal: bool = Field(
        False, description="Whether it is a definition of others, to be set beside its like."
    )
    headline: bool = Field(False, description="Whether the sentence on a model's page names it.")
    disputed: tuple[Text, ...] = Field(
        (), strict=False, description="What is disputed in it, and by whom."
    )
    treatment: tuple[Text, ...] = Field(
        (), strict=False, description="How this site applies it where the text leaves room."
    )
    not_judged: tuple[Text, ...] = Field(
        (), strict=False, description="What it asks that no record can show."
    )
    open_licences: tuple[LicenceName, ...] = Field(
        (), strict=False, description="Licences it lists as open itself: SPDX ids or ids of ours."
    )
    references: tuple[ReferenceId, ...] = Field((), strict=False, description="Its text.")
    critics: tuple[ReferenceId, ...] = Field((), strict=False, description="Works that dispute it.")
    examples: tuple[ModelId, ...] = Field(
        (), strict=False, description="Well-known models to show on its page."
    )
    rungs: tuple[Rung, ...] = Field(min_length=1, strict=False, description="Its rungs.")

    @model_validator(mode="after")
    def _holds(self) -> Definition:
        ids = [rung.id for rung in self.rungs]
        if len(set(ids)) < len(ids):
            raise ValueError("two of its rungs have the same id")
        if self.open_from not in ids:
            raise ValueError("`open_from` must be the id of one of its rungs")
        return self
