"""The shapes of the API's answers: what each file below `api/v1/` holds, field by field.

JSON Schema, the OpenAPI description and the page about the API are made from these shapes, and the
tests hold every file against them. `api` fills them with plain values: making an object of each
would take longer than all the rest. Every field is always there; null stands for "not known".

Version 1 promises that no field goes, and that none changes its name or its meaning. Fields and
files may be added.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from . import records as r
from .records.values import (
    AccessId,
    LanguageId,
    LicenceId,
    LicenceOrNone,
    ModalityId,
    ModelId,
    OrganisationId,
    PartId,
    ReferenceId,
    StateId,
    TermId,
)

VERSION: Final = "1.0"

Outcome = Literal["met", "undetermined", "not-met"]
Address = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
DefinitionId = Annotated[r.Id, r.Ref("definitions")]
ModelIds = tuple[ModelId, ...]


class Answer(r.Shape):
    """What has a page of its own."""

    id: r.Id = Field(description="Its id: the same in all files and addresses.")
    page: Address = Field(description="Address of its page.")


# Models


class State(r.Shape):
    state: StateId = Field(description="Released, partial, withheld, not applicable or unknown.")
    licence: LicenceOrNone | None = Field(
        description="The licence that applies: its own, or that of its kind. `none` if it is out "
        "without one. A part that is not out may have one too: that of its kind."
    )


class Part(State):
    gated: bool = Field(description="Whether a download needs a request or acceptance.")
    basis: Literal["refused", "not-found"] | None = Field(
        description="Of a withheld part: the maker refuses it, or people who looked found none."
    )
    derived_from: PartId | None = Field(description="The part from whose state this one follows.")
    note: r.Text | None = Field(description="A few words of explanation.")
    evidence: tuple[r.Evidence, ...] = Field(description="Where it was read; none if unknown.")


class Finding(r.Shape):
    outcome: Outcome = Field(description="What came of one requirement.")
    reason: r.Text = Field(description="Why, as a clause that begins in lower case.")
    part: PartId | None = Field(description="The part that it turned on.")
    licence: LicenceOrNone | None = Field(description="The licence that it turned on.")


class Verdict(r.Shape):
    outcome: Outcome = Field(
        description="Whether the definition counts the model as open: whether it reaches the rung "
        "`open_from`."
    )
    rung: r.Id | None = Field(
        description="The highest rung that is surely met; null if none is, not even the lowest."
    )
    label: r.Line = Field(description="The verdict in words, as on the pages.")
    possible: r.Id | None = Field(
        description="The highest rung that the facts not known leave open; `rung` if it is settled."
    )


class RungFindings(r.Shape):
    rung: r.Id = Field(description="Id of the rung.")
    findings: tuple[Finding, ...] = Field(description="What came of each thing that it asks.")


class Reasoned(Verdict):
    rungs: tuple[RungFindings, ...] = Field(
        description="Every rung with its findings, lowest first."
    )


class Ruling(Verdict):
    model: ModelId = Field(description="The model.")
    definition: DefinitionId = Field(description="The definition.")
    version: r.Line = Field(description="The definition’s version.")
    reasons: tuple[Finding, ...] = Field(
        description="Why the model is not (or not surely) open by it; if it is, why it is not on "
        "the next rung. Empty on the highest."
    )


class ModelBase(Answer):
    name: r.Line = Field(description="The maker’s name for it.")
    family: Annotated[r.Id, r.Ref("families")] = Field(description="The family it belongs to.")
    developers: tuple[OrganisationId, ...] = Field(
        description="Who made it; the first is shown as its maker."
    )
    description: r.Text = Field(description="What it is, in a few sentences.")
    released: r.Date | None = Field(
        description="First public release: day, month or year (2024-11-26, 2024-11 or 2024)."
    )
    input: tuple[ModalityId, ...] = Field(description="What goes in.")
    output: tuple[ModalityId, ...] = Field(description="What comes out.")
    languages: tuple[LanguageId, ...] = Field(
        description="Languages that its maker says it was made for; empty if not known."
    )
    language_count: r.Count | None = Field(
        description="How many languages its maker counts, at least, where not all are named."
    )
    access: AccessId = Field(description="The widest route offered.")
    based_on: ModelIds = Field(description="Models it was made from.")
    sizes: tuple[r.Size, ...] = Field(description="One entry a size, in the record’s order.")
    licence: LicenceOrNone | None = Field(
        description="The licence of the weights; null if it is not known, or if nothing is out."
    )
    links: r.Links = Field(description="Where to find it.")
    references: tuple[ReferenceId, ...] = Field(description="Works about it.")
    dated: r.Date | None = Field(
        description="The newest date at which anything was read for it: how fresh the record is."
    )
    record: Address = Field(description="Address of the whole record, with evidence.")


class Model(ModelBase):
    parts: dict[PartId, State] = Field(description="Each of the parts, by its id.")
    verdicts: dict[DefinitionId, Verdict] = Field(description="By the definition’s id.")
    claims: tuple[r.Line, ...] = Field(
        description="What the maker calls it: open-source, open-weights, open-access, open or "
        "open-science."
    )


class ModelRecord(ModelBase):
    parts: dict[PartId, Part] = Field(description="Each of the parts, by its id.")
    verdicts: dict[DefinitionId, Reasoned] = Field(description="By the definition’s id.")
    claims: tuple[r.Claim, ...] = Field(description="What the maker calls it, and where.")
    evidence: dict[r.Line, tuple[r.Evidence, ...]] = Field(
        description="Where the other facts were read, by field: developers, released, access, "
        "parameters, context, architecture (layers, heads and widths), licences, based_on, "
        "languages."
    )


# Licences, tools, organisations


class Licence(Answer):
    name: r.Line = Field(description="Official name.")
    short: r.Line = Field(description="Name for narrow places.")
    spdx: r.Line | None = Field(description="Id in the SPDX licence list, where it has one.")
    hub_tag: r.Line | None = Field(
        description="The Hugging Face hub’s tag that means this text alone, where not its id here."
    )
    publisher: OrganisationId | None = Field(description="Who wrote it.")
    category: Annotated[r.Id, r.Ref("licence-categories")] = Field(description="Kind of terms.")
    family: Annotated[r.Id, r.Ref("licence-families")] | None = Field(
        description="Versions of one licence share a family."
    )
    version: r.Line | None = Field(description="Version.")
    dated: r.Date | None = Field(description="Date of the text.")
    text: r.Url | None = Field(description="Address of the text.")
    osi_approved: bool = Field(description="Approved by the Open Source Initiative.")
    fsf_libre: bool = Field(description="Free by the Free Software Foundation.")
    open_definition: bool = Field(description="Listed as conformant by the Open Definition.")
    summary: r.Text = Field(description="What it allows, asks and forbids, in our words.")
    read: Literal["whole", "part", "not"] = Field(description="How much of the text we read.")
    terms: dict[TermId, r.Term] = Field(
        description="What the text says, by term; a term that is not there was not read for. "
        "`size-threshold` has the number from which more is asked, and its unit."
    )
    model_count: int = Field(description="How many models have their weights under it.", ge=0)
    record: Address = Field(description="Address of the whole record, with evidence.")


class LicenceRecord(Licence):
    weights_of: ModelIds = Field(description="Models whose weights are under it, by name.")
    parts_of: ModelIds = Field(description="Models of which only other parts are under it.")
    evidence: tuple[r.Evidence, ...] = Field(description="Where text and approvals were read.")


class Tool(Answer):
    name: r.Line = Field(description="Its name.")
    maker: OrganisationId = Field(description="Who makes it.")
    category: Annotated[r.Id, r.Ref("tool-categories")] = Field(description="What it is.")
    summary: r.Text = Field(description="What it does, in our words.")
    source: Literal["open", "partly-open", "closed"] | None = Field(
        description="Whether its own code is public."
    )
    licence: LicenceId | None = Field(description="Licence of its code.")
    platforms: tuple[Annotated[r.Id, r.Ref("platforms")], ...] = Field(description="Where it runs.")
    interfaces: tuple[Annotated[r.Id, r.Ref("interfaces")], ...] = Field(
        description="How it is used."
    )
    formats: tuple[Annotated[r.Id, r.Ref("formats")], ...] = Field(
        description="File formats it reads."
    )
    needs: r.Line | None = Field(description="What it needs.")
    best_for: r.Line | None = Field(description="What it is best for.")
    links: r.ToolLinks = Field(description="Where to find it.")
    evidence: dict[r.Line, tuple[r.Evidence, ...]] = Field(description="By field.")


class Organisation(Answer):
    name: r.Line = Field(description="Its name.")
    type: Annotated[r.Id, r.Ref("organisation-types")] = Field(description="What it is.")
    country: r.Line | None = Field(description="Seat: ISO 3166-1 code of two letters.")
    site: r.Url | None = Field(description="Its site.")
    models: ModelIds = Field(description="Models it made, alone or with others.")
    tools: tuple[Annotated[r.Id, r.Ref("tools")], ...] = Field(description="Tools it makes.")
    licences: tuple[LicenceId, ...] = Field(description="Licences it wrote.")
    evidence: tuple[r.Evidence, ...] = Field(description="Where it was read.")
