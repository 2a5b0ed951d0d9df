"""The files of the API, and what each answers with: `answers` has the shapes of their items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import Field, create_model
from pydantic.json_schema import models_json_schema

from . import answers as a
from . import records as r
from .records.values import GlossaryId, ReferenceId

FOLDER: Final = "api/v1/"
LICENCE: Final = "CC-BY-4.0"
CREDIT: Final = "Open Model Field Guide contributors"


class Definition(a.Answer):
    name: r.Line = Field(description="Its name.")
    short: r.Line = Field(description="Name for narrow places.")
    publisher: r.Line = Field(description="Who publishes it.")
    version: r.Line = Field(description="Its version.")
    dated: r.Date = Field(description="Date of the version.")
    about: r.Text = Field(description="What it judges.")
    formal: bool = Field(description="Whether it is a definition of others, not ours.")
    below: r.Line = Field(description="What a model is called that does not reach any rung.")
    open_from: r.Id = Field(description="The rung from which it counts a model as open.")
    rungs: tuple[r.Rung, ...] = Field(
        description="Its rungs, lowest first; each asks for more than those before it."
    )
    disputed: tuple[r.Text, ...] = Field(description="What is disputed in it, and by whom.")
    treatment: tuple[r.Text, ...] = Field(description="How we apply it where it leaves room.")
    not_judged: tuple[r.Text, ...] = Field(description="What it asks that no record can show.")
    open_licences: tuple[r.Line, ...] = Field(description="Licences that it lists as open itself.")
    references: tuple[ReferenceId, ...] = Field(description="Its text.")
    critics: tuple[ReferenceId, ...] = Field(description="Works that dispute it.")
    met: int = Field(description="How many models it counts as open.", ge=0)
    undetermined: int = Field(description="Of how many that is not determined.", ge=0)
    not_met: int = Field(description="How many it does not count as open.", ge=0)


class GlossaryTerm(a.Answer):
    term: r.Line = Field(description="The term.")
    definition: r.Text = Field(description="What it means, in a sentence or two.")
    aliases: tuple[r.Line, ...] = Field(description="Other names.")
    see: tuple[GlossaryId, ...] = Field(description="Related terms.")
    reference: ReferenceId | None = Field(description="A work to read.")


class Subject(r.Shape):
    collection: r.ToldKind = Field(description="What it is.")
    id: r.Id = Field(description="Its id.")


class MovedVerdict(r.Shape):
    definition: r.Id = Field(description="The definition.")
    before: r.Line = Field(description="The verdict until then, in words.")
    after: r.Line = Field(description="The verdict from then on.")


class Change(r.Shape):
    id: r.Id = Field(description="Id of the change.")
    date: r.Date = Field(description="When: day, month or year.")
    kind: Literal["site", "licence", "added", "changed", "removed", "verdict"] = Field(
        description="`site` for what is new in this guide, `licence` for a change of licence in "
        "the world; `added`, `changed` and `removed` for records of this guide, and `verdict` "
        "where only verdicts moved. Kinds may be added."
    )
    text: r.Text = Field(description="What changed, in a sentence or two.")
    subjects: tuple[Subject, ...] = Field(
        description="What it concerns. A record that was removed is in no other file."
    )
    fields: tuple[r.Line, ...] = Field(
        description="Of a changed record, the paths of its changed fields in the project’s files."
    )
    verdicts: tuple[MovedVerdict, ...] = Field(description="The model’s verdicts that moved.")


class CslDate(r.Shape):
    date_parts: tuple[tuple[int, ...], ...] = Field(
        alias="date-parts", description="Year, month and day, as far as they are known."
    )


class Work(r.Shape):
    """An item of CSL-JSON, which reference managers read: what is not known is not there."""

    id: r.Id = Field(description="Its id.")
    type: r.Line = Field(description="CSL type.")
    title: r.Line = Field(description="Title.")
    author: tuple[r.Name, ...] = Field(description="Authors; may be empty.")
    issued: CslDate | None = Field(None, description="Date of publication.")
    container_title: r.Line | None = Field(
        None, alias="container-title", description="Journal, book or site it appeared in."
    )
    volume: r.Line | None = Field(None, description="Volume of a journal.")
    issue: r.Line | None = Field(None, description="Issue of a journal.")
    page: r.Line | None = Field(None, description="Pages.")
    publisher: r.Line | None = Field(None, description="Publisher.")
    url: r.Url | None = Field(None, alias="URL", description="Address.")
    doi: r.Line | None = Field(None, alias="DOI", description="Digital object identifier.")


class Listed(r.Shape):
    """What all answers that list things share."""

    version: r.Line = Field(description="Version of the API; 1.x keeps every field of 1.0.")
    dated: r.Date = Field(description="The newest date in the data, not that of the build.")
    count: int = Field(description="How many items there are.", ge=0)


class Entry(r.Shape):
    path: r.Line = Field(description="Path below the address of this file; `{id}` stands for ids.")
    about: r.Line = Field(description="What the file holds.")
    json_schema: r.Line = Field(alias="schema", description="Path of its JSON Schema.")


class Index(r.Shape):
    """What there is."""

    version: r.Line = Field(description="Version of the API; 1.x keeps every field of 1.0.")
    dated: r.Date = Field(description="The newest date in the data, not that of the build.")
    licence: r.Line = Field(description="SPDX id of the licence of the data.")
    credit: r.Line = Field(description="Whom to name when you use the data.")
    site: a.Address = Field(description="Address of the site.")
    documentation: a.Address = Field(description="Address of the page that explains the API.")
    counts: dict[str, int] = Field(description="How many items each list has.")
    files: tuple[Entry, ...] = Field(description="The files of the API.")
    vocabularies: dict[str, dict[str, str]] = Field(
        description="What readers see for the ids of parts, states, modalities and so on: label "
        "by id, by vocabulary."
    )


@dataclass(frozen=True)
class Endpoint:
    """A file, or one a record where its name has `{id}`. `listed` says whether it holds a list."""

    name: str
    item: type[r.Shape]
    about: str
    listed: bool = True

    @property
    def path(self) -> str:
        """Below the API's folder."""
        return f"{self.name}.json"

    @property
    def schema(self) -> str:
        """Path of its JSON Schema, beside it: `model.schema.json` for `models/{id}.json`."""
        return f"{self.name.removesuffix('s/{id}')}.schema.json"

    @property
    def shape(self) -> Any:
        """What the whole file holds: an item, a list of items with its head, or a bare list."""
        if self.name == "references":  # As CSL-JSON has it.
            return tuple[Work, ...]
        return _list(self.name.capitalize(), self.item) if self.listed else self.item


@cache
def _list(name: str, item: Any) -> Any:
    items: Any = Annotated[tuple[item, ...], Field(description="The items, in a fixed order.")]
    return create_model(name, __base__=Listed, items=(items, ...))


ENDPOINTS: Final = (
    Endpoint("index", Index, "What there is: files, counts, licence, labels.", listed=False),
    Endpoint("models", a.Model, "Every model with its parts, sizes and verdicts."),
    Endpoint("models/{id}", a.ModelRecord, "One model with evidence and all findings.", False),
    Endpoint("licences", a.Licence, "Every licence with what its text says, term by term."),
    Endpoint("licences/{id}", a.LicenceRecord, "One licence with evidence and its models.", False),
    Endpoint("tools", a.Tool, "Every tool, with evidence."),
    Endpoint("organisations", a.Organisation, "Every maker, with what it made."),
    Endpoint("definitions", Definition, "Every definition of openness with its rules."),
    Endpoint("verdicts", a.Ruling, "Every model by every definition, with the reasons."),
    Endpoint("glossary", GlossaryTerm, "Every term of the glossary."),
    Endpoint(
        "changes", Change, "What changed, record by record, and changes of licences; by date."
    ),
    Endpoint("references", Work, "Every work that is cited, as CSL-JSON: a bare list."),
)
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Iterator[tuple[Endpoint, dict[str, Any]]]:
    """The JSON Schema of each file."""
    for endpoint in ENDPOINTS:
        _, found = definitions((endpoint,), "#/$defs/{model}")
        whole = {"$schema": DIALECT, "title": endpoint.about, **answer(endpoint, "#/$defs/")}
        yield endpoint, whole | {"$defs": found}


def answer(endpoint: Endpoint, place: str) -> dict[str, Any]:
    """The schema of a whole file, by reference to `place`."""
    if endpoint.name == "references":
        return {"type": "array", "items": {"$ref": f"{place}Work"}}
    return {"$ref": f"{place}{endpoint.shape.__name__}"}


def definitions(
    endpoints: tuple[Endpoint, ...], template: str
) -> tuple[dict[Any, Any], dict[str, Any]]:
    """The shapes of some files as JSON Schema, by name; `template` is how they refer to another."""
    shapes = [Work if e.name == "references" else e.shape for e in endpoints]
    places, whole = models_json_schema(
        [(shape, "serialization") for shape in shapes], by_alias=True, ref_template=template
    )
    found: dict[str, Any] = whole["$defs"]
    for name, schema in found.items():
        schema.pop("additionalProperties", None)  # Fields may be added.
        schema["description"] = schema.get("description", "").split("\n")[0] or name
        if name not in ("Work", "Name"):
            schema["required"] = list(schema.get("properties", {}))
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
            field.pop("default", None)
    return places, found
