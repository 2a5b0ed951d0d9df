"""Works, terms, tables of words, and the list of what is new."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .shapes import Record, Shape
from .values import (
    Date,
    GlossaryId,
    Id,
    LicenceId,
    Line,
    ModelId,
    Ref,
    ReferenceId,
    Text,
    ToolId,
    Url,
)


class SideBySide(Record):
    """Records that readers ask to see beside each other: two to five of one kind."""

    models: tuple[ModelId, ...] = Field((), max_length=5, strict=False, description="The models.")
    licences: tuple[LicenceId, ...] = Field(
        (), max_length=5, strict=False, description="The licences."
    )
    tools: tuple[ToolId, ...] = Field((), max_length=5, strict=False, description="The tools.")
    about: Text = Field(description="What a reader may want to learn from it, in our own words.")

    @model_validator(mode="after")
    def _one_kind(self) -> SideBySide:
        given = [ids for ids in (self.models, self.licences, self.tools) if ids]
        if len(given) != 1:
            raise ValueError("give one of `models`, `licences` and `tools`")
        if len(given[0]) < 2:
            raise ValueError("there must be two to five to compare")
        if len(set(given[0])) < len(given[0]):
            raise ValueError("one stands in it twice")
        return self

    @property
    def collection(self) -> str:
        """The collection that its records are in."""
        return "models" if self.models else "licences" if self.licences else "tools"

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of its records, in order."""
        return self.models or self.licences or self.tools


class GlossaryTerm(Record):
    term: Line = Field(description="The term.")
    definition: Text = Field(description="One or two sentences.")
    aliases: tuple[Line, ...] = Field((), strict=False, description="Other names.")
    see: tuple[GlossaryId, ...] = Field((), strict=False, description="Related terms.")
    reference: ReferenceId | None = Field(None, description="A work to read.")


class Name(Shape):
    family: Line | None = Field(None, description="Family name.")
    given: Line | None = Field(None, description="Given name.")
    literal: Line | None = Field(None, description="An organisation's name.")

    @model_validator(mode="after")
    def _either(self) -> Name:
        if bool(self.family) == bool(self.literal):
            raise ValueError("give `family` (and `given`), or `literal`")
        return self


class Reference(Record):
    """A work in CSL field names (citationstyles.org)."""

    type: Line = Field(description="CSL type.")
    title: Line = Field(description="Title.")
    author: tuple[Name, ...] = Field((), strict=False, description="Authors.")
    issued: Date | None = Field(None, description="Date of publication, or of the copy read.")
    container_title: Line | None = Field(
        None, alias="container-title", description="Journal, book or site it appeared in."
    )
    volume: Line | None = Field(None, description="Volume of a journal, in quotes.")
    issue: Line | None = Field(None, description="Issue of a journal, in quotes.")
    page: Line | None = Field(None, description="Pages, such as 151-153.")
    publisher: Line | None = Field(None, description="Publisher.")
    url: Url | None = Field(None, alias="URL", description="Address.")
    doi: Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/[^\s<>\"'`\\]+$")] | None = (
        Field(None, alias="DOI", description="Digital object identifier.")
    )
    read: Literal["full", "abstract", "excerpt", "not"] = Field(
        description="How much of it was read."
    )
    note: Text | None = Field(None, description="A few words.")


class Cell(Shape):
    text: Text = Field(description="One or two sentences.")
    sources: tuple[ReferenceId, ...] = Field((), strict=False, description="Works behind it.")


class Column(Shape):
    id: Id = Field(description="Id of the column.")
    label: Line = Field(description="Head of the column.")
    number: bool = Field(False, description="Whether it holds figures, to stand at the right.")


class Row(Shape):
    label: Line = Field(description="Head of the row.")
    cells: dict[Id, Cell] = Field(description="One cell a column.")


class Comparison(Record):
    """A table of words, cell by cell, each with its sources."""

    title: Line = Field(description="Title.")
    caption: Text = Field(description="What the table says.")
    as_of: Date = Field(description="When it was true.")
    of: Line | None = Field(None, description="Head of the first column: what the rows are.")
    columns: tuple[Column, ...] = Field(min_length=2, strict=False, description="Columns.")
    rows: tuple[Row, ...] = Field(min_length=1, strict=False, description="Rows.")

    @model_validator(mode="after")
    def _filled(self) -> Comparison:
        columns = {c.id for c in self.columns}
        for row in self.rows:
            if set(row.cells) != columns:
                raise ValueError(
                    f"row `{row.label}` must fill the columns {', '.join(sorted(columns))}"
                )
        return self


class Change(Record):
    """Something that changed on the site, for the list of what is new."""

    date: Date = Field(description="When.")
    text: Text = Field(description="What changed, in one or two sentences.")
    models: tuple[ModelId, ...] = Field((), strict=False, description="Models concerned.")
    licences: tuple[LicenceId, ...] = Field((), strict=False, description="Licences concerned.")
    tools: tuple[Annotated[Id, Ref("tools")], ...] = Field(
        (), strict=False, description="Tools concerned."
    )
