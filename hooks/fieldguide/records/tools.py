"""Tools, and the organisations that make models, licences or tools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .shapes import Evidence, EvidenceList, Record, Shape
from .values import Id, LicenceId, Line, OrganisationId, Ref, Text, Url


class ToolLinks(Shape):
    site: Url | None = Field(None, description="Its site.")
    repository: Url | None = Field(None, description="Source repository.")
    documentation: Url | None = Field(None, description="Documentation.")


class Tool(Record):
    """A hub, runtime, server, service, framework or front end."""

    name: Line = Field(description="Its name.")
    maker: OrganisationId = Field(description="Who makes it.")
    category: Annotated[Id, Ref("tool-categories")] = Field(description="What it is.")
    summary: Text = Field(description="What it does, in our words.")
    source: Literal["open", "partly-open", "closed"] | None = Field(
        None, description="Whether its own code is public."
    )
    licence: LicenceId | None = Field(None, description="Licence of its own code.")
    platforms: tuple[Annotated[Id, Ref("platforms")], ...] = Field(
        (), strict=False, description="Where it runs."
    )
    interfaces: tuple[Annotated[Id, Ref("interfaces")], ...] = Field(
        (), strict=False, description="How it is used."
    )
    formats: tuple[Annotated[Id, Ref("formats")], ...] = Field(
        (), strict=False, description="File formats it reads."
    )
    needs: Line | None = Field(None, description="What it needs.")
    best_for: Line | None = Field(None, description="What it is best for.")
    links: ToolLinks = Field(ToolLinks(), description="Where to find it.")
    evidence: dict[str, EvidenceList] = Field(
        {}, description="One list of evidence for each stated field."
    )

    def unsourced(self) -> Iterator[str]:
        """Names of the fields that are stated without their evidence."""
        for name in ("source", "licence", "platforms", "interfaces", "formats", "needs"):
            if getattr(self, name) and name not in self.evidence:
                yield name


class Organisation(Record):
    """A maker of models, licences or tools."""

    name: Line = Field(description="Its name.")
    type: Annotated[Id, Ref("organisation-types")] = Field(description="What it is.")
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = Field(
        None, description="Seat, ISO 3166-1 code of two letters."
    )
    site: Url | None = Field(None, description="Its site.")
    evidence: tuple[Evidence, ...] = Field((), strict=False, description="Where it was read.")
