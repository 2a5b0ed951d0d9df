"""Models and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from .shapes import Evidence, EvidenceList, Record, Shape
from .values import (
    AccessId,
    Count,
    Date,
    Id,
    LanguageId,
    LicenceOrNone,
    Line,
    ModalityId,
    ModelId,
    OrganisationId,
    PartId,
    Ref,
    ReferenceId,
    StateId,
    Text,
    Url,
)

ARCHITECTURE: Final = (  # The fields of a size that one `architecture` entry of evidence covers.
    *("layers", "hidden_size", "heads", "kv_heads", "head_dim", "kv_latent", "vocabulary"),
)


class Kind(Shape):
    input: tuple[ModalityId, ...] = Field(min_length=1, strict=False, description="What goes in.")
    output: tuple[ModalityId, ...] = Field(
        min_length=1, strict=False, description="What comes out."
    )


class Size(Shape):
    name: Line = Field(description="As the maker calls it, such as 7B.")
    parameters: Count | None = Field(None, description="All parameters, a number.")
    active: Count | None = Field(
        None, description="Parameters at work on one token (mixture of experts)."
    )
    context: Count | None = Field(None, description="Context length in tokens.")
    layers: Count | None = Field(None, description="Number of layers.")
    hidden_size: Count | None = Field(None, description="Width of the residual stream.")
    heads: Count | None = Field(None, description="Attention heads.")
    kv_heads: Count | None = Field(None, description="Key-value heads.")
    head_dim: Count | None = Field(None, description="Width of one head.")
    kv_latent: Count | None = Field(
        None, description="Numbers kept per token and layer by latent attention, instead of heads."
    )
    vocabulary: Count | None = Field(None, description="Number of tokens known.")


class PartFact(Shape):
    state: StateId = Field(description="Released, partial, withheld or not applicable.")
    licence: LicenceOrNone | None = Field(
        None, description="Licence of this part, where it has its own; `none` if it has none."
    )
    gated: bool = Field(False, description="True if download needs a request or acceptance.")
    basis: Literal["refused", "not-found"] | None = Field(
        None, description="Of a withheld part: the maker refuses it, or graders found none."
    )
    derived_from: PartId | None = Field(
        None, description="The part from whose state this one follows."
    )
    note: Text | None = Field(None, description="A few words of explanation.")
    evidence: EvidenceList = Field(description="Where it was read.")

    @model_validator(mode="after")
    def _agrees(self) -> PartFact:
        if self.basis and self.state != "withheld":
            raise ValueError("`basis` is said of withheld parts only")
        return self


class Licences(Shape):
    """Licences by kind of part, after the Model Openness Framework; `all` for the rest."""

    all: LicenceOrNone | None = Field(None, description="Of everything not named here.")
    code: LicenceOrNone | None = Field(None, description="Of all code.")
    data: LicenceOrNone | None = Field(None, description="Of all data, weights included.")
    document: LicenceOrNone | None = Field(None, description="Of all documents.")


class Claim(Shape):
    says: Literal["open-source", "open-weights", "open-access", "open", "open-science"] = Field(
        description="What the maker calls it."
    )
    words: Line | None = Field(None, description="The maker's own words, a few.")
    evidence: EvidenceList = Field(description="Where the maker says so.")


class Links(Shape):
    hub: Url | None = Field(None, description="Page on a model hub.")
    repository: Url | None = Field(None, description="Source repository.")
    paper: Url | None = Field(None, description="Paper or report.")
    announcement: Url | None = Field(None, description="The maker's announcement.")
    product: Url | None = Field(None, description="The product or service.")


class Sources(Shape):
    """Evidence for a model's own fields, one list a field."""

    developers: EvidenceList | None = Field(None, description="For `developers`.")
    released: EvidenceList | None = Field(None, description="For `released`.")
    access: EvidenceList | None = Field(None, description="For `access`.")
    parameters: EvidenceList | None = Field(None, description="For sizes and active parameters.")
    context: EvidenceList | None = Field(None, description="For context lengths.")
    architecture: EvidenceList | None = Field(None, description="For layers, heads and widths.")
    licences: EvidenceList | None = Field(None, description="For all licences in the record.")
    based_on: EvidenceList | None = Field(None, description="For `based_on`.")
    languages: EvidenceList | None = Field(
        None, description="For `languages` and `language_count`."
    )


class Model(Record):
    """One release whose parts share one answer; sizes under other terms are other records."""

    name: Line = Field(description="The maker's name for it.")
    family: Annotated[Id, Ref("families")] = Field(description="The family it belongs to.")
    developers: tuple[OrganisationId, ...] = Field(
        min_length=1, strict=False, description="Who made it; the first is shown as its maker."
    )
    description: Text = Field(description="What it is, and what is notable about its openness.")
    released: Date | None = Field(None, description="First public release.")
    kind: Kind = Field(description="Modalities in and out.")
    languages: tuple[LanguageId, ...] = Field(
        (),
        strict=False,
        description="Languages that the maker says it was made for or supports, not those it "
        "happens to know. Quote `no`.",
    )
    language_count: Count | None = Field(
        None, description="How many the maker says, at least, where it does not name them all."
    )
    access: AccessId = Field(description="The widest route that is offered.")
    based_on: tuple[ModelId, ...] = Field((), strict=False, description="Models it was made from.")
    sizes: tuple[Size, ...] = Field((), strict=False, description="One row a size.")
    licences: Licences = Field(
        Licences(), description="Default licence by kind of part; a part may name its own."
    )
    parts: dict[PartId, PartFact] = Field(
        {}, description="What is known of each part; a part not listed is unknown."
    )
    claims: tuple[Claim, ...] = Field((), strict=False, description="The maker's own word for it.")
    links: Links = Field(Links(), description="Where to find it.")
    references: tuple[ReferenceId, ...] = Field((), strict=False, description="Works about it.")
    evidence: Sources = Field(Sources(), description="Where the fields above were read.")

    @model_validator(mode="after")
    def _counted(self) -> Model:
        if len(set(self.languages)) < len(self.languages):
            raise ValueError("`languages` names one twice")
        if self.language_count and self.language_count <= len(self.languages):
            raise ValueError("`language_count` is for languages beyond those named: leave it out")
        return self

    def unsourced(self) -> Iterator[str]:
        """Names of the fields that are stated without their evidence."""
        weights = self.parts.get("weights")
        stated = {
            "released": bool(self.released),
            "access": self.access != "weights" or weights is None,
            "based_on": bool(self.based_on),
            "languages": bool(self.languages or self.language_count),
            "parameters": any(s.parameters or s.active for s in self.sizes),
            "context": any(s.context for s in self.sizes),
            "architecture": any(getattr(s, f) for s in self.sizes for f in ARCHITECTURE),
            "licences": any(self.licences.model_dump().values())
            or any(p.licence for p in self.parts.values()),
        }
        yield from (name for name, is_so in stated.items() if is_so and not self.sources(name))

    def pieces(self) -> Iterator[Evidence]:
        """All its evidence, in the order of the record."""
        for fact in self.parts.values():
            yield from fact.evidence
        for claim in self.claims:
            yield from claim.evidence
        for field in Sources.model_fields:
            yield from self.sources(field)

    def known_of_sizes(self) -> set[str]:
        """The fields that any of its sizes has."""
        return {field for size in self.sizes for field, value in vars(size).items() if value}

    def sources(self, field: str) -> tuple[Evidence, ...]:
        """The evidence for one of the record's own fields."""
        return getattr(self.evidence, field) or ()
