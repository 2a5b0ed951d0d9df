"""Debates: a question, the positions at full strength, and the evidence for and against each."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from .shapes import Record, Shape
from .values import Count, Date, Id, Line, ModelId, Ref, ReferenceId, Text

Works = Annotated[tuple[ReferenceId, ...], Field(min_length=1, strict=False)]


class Holder(Shape):
    who: Line = Field(description="A person, an organisation or a group of authors.")
    says: Text = Field(description="What they hold, in one sentence of ours.")
    sources: Works = Field(description="Works in which they say so.")


class Finding(Shape):
    text: Text = Field(description="What was found, by whom and of what, in a sentence or two.")
    as_of: Date | None = Field(None, description="When it was found, or true.")
    sources: Works = Field(description="Works behind it.")


class Position(Shape):
    id: Id = Field(description="Id of the position.")
    label: Annotated[Line, StringConstraints(max_length=100)] = Field(
        description="The answer it gives, in a few words."
    )
    summary: Text = Field(description="The position as its best advocates put it.")
    held_by: tuple[Holder, ...] = Field(
        min_length=1, strict=False, description="Who holds it, and in what words."
    )
    evidence_for: tuple[Finding, ...] = Field(
        min_length=1, strict=False, description="Findings that speak for it."
    )
    evidence_against: tuple[Finding, ...] = Field(
        min_length=1, strict=False, description="Findings that speak against it, or limit it."
    )


class Stance(Shape):
    who: Line = Field(description="The state, authority or body of law.")
    says: Text = Field(description="Where it stands, in a sentence or two.")
    as_of: Date = Field(description="When it stood so.")
    sources: Works = Field(description="Works in which it was read.")


class Debate(Record):
    """A question on which informed people disagree: who holds what, on which evidence."""

    question: Line = Field(description="The question, with its question mark.")
    short: Annotated[Line, StringConstraints(max_length=30)] = Field(
        description="Name for narrow places."
    )
    topic: Annotated[Id, Ref("debate-topics")] = Field(description="What it is about.")
    order: Count = Field(description="Its place among the debates of its topic.")
    disputed: Text = Field(description="What exactly is disputed, in one to three sentences.")
    positions: tuple[Position, ...] = Field(
        min_length=2, strict=False, description="The positions, each at full strength."
    )
    agreed: Text | None = Field(None, description="What all sides accept.")
    settle: tuple[Text, ...] = Field(
        min_length=1, strict=False, description="What would settle it, each in a sentence."
    )
    regulators: tuple[Stance, ...] = Field((), strict=False, description="Where regulators stand.")
    caution: Text | None = Field(None, description="How not to read the figures.")
    models: tuple[ModelId, ...] = Field((), strict=False, description="Models that come up.")
    related: tuple[Annotated[Id, Ref("debates")], ...] = Field(
        (), strict=False, description="Debates to read with it; each is shown on both pages."
    )
    reviewed: Date = Field(description="Day of the last review.")

    @property
    def name(self) -> str:
        """Debates are listed by their question, as records are by their name."""
        return self.question

    @model_validator(mode="after")
    def _holds(self) -> Debate:
        if not self.question.endswith("?"):
            raise ValueError("`question` must end with a question mark")
        ids = [position.id for position in self.positions]
        if len(set(ids)) < len(ids):
            raise ValueError("two of its positions have the same id")
        if self.id in self.related:
            raise ValueError("`related` names the debate itself")
        return self
