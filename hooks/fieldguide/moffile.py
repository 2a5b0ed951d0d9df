"""Files of the Model Openness Tool, read: one YAML file a release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from .library import Library
from .problems import Problem, did_you_mean
from .source import parse
from .validation import report_invalid

# In the tool's files these stand where a licence should, and mean that the component is not there.
_ABSENT: Final = re.compile(r"(undisclosed|(component ?)+not? ?include.*)\Z", re.IGNORECASE)


class _Shape(BaseModel):
    """Only what the verdict needs is read; other keys may stand in a file."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


# Fields that no verdict turns on: a file is judged even if they are not text.
_Text = Annotated[str | None, BeforeValidator(lambda one: one if isinstance(one, str) else None)]


class _Global(_Shape):
    name: str | None = None
    path: _Text = None


class Component(_Shape):
    name: str
    license: str | None = None
    license_path: _Text = None
    component_path: _Text = None

    @property
    def absent(self) -> bool:
        """Whether the file lists it to say that it is not there."""
        return bool(_ABSENT.match((self.license or "").strip()))


class Release(_Shape):
    name: str
    version: _Text = None
    date: _Text = None
    type: _Text = None
    origin: _Text = None
    producer: _Text = None
    repository: _Text = None
    huggingface: _Text = None
    license: dict[str, _Global] = {}
    components: tuple[Component, ...] = Field(default=(), strict=False)


class _File(_Shape):
    release: Release


@dataclass(frozen=True)
class File:
    """What was read of a file: its release, and our parts by the names of components."""

    release: Release
    names: dict[str, str]


def read(text: str, path: str, library: Library) -> tuple[File | None, list[Problem]]:
    """Reads one file of the format; None if it cannot be read, and what is wrong."""
    document = parse(text, path, plain=True)
    if document.problems:
        return None, document.problems
    try:
        release = _File.model_validate(document.value).release
    except ValidationError as error:
        report_invalid(document, _File, (), error)
        return None, document.problems
    names = {w.mof_name: key for key, w in library.parts.items() if w.mof_name is not None}
    for index, component in enumerate(release.components):
        if component.name not in names:
            document.report(
                ("release", "components", index, "name"),
                f"unknown component `{component.name}`",
                did_you_mean(component.name, names),
            )
    if document.problems:
        return None, document.problems
    return File(release, names), []
