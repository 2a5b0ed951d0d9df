"""Which records stand where in `data/`."""

from __future__ import annotations

from typing import Final

from .debates import Debate
from .definitions import Definition
from .history import Day
from .licences import Licence, LicenceChange
from .models import Model
from .questions import Question
from .shapes import Record
from .texts import Change, Comparison, GlossaryTerm, Reference, SideBySide
from .tools import Organisation, Tool
from .words import (
    AnswerWord,
    MachineKind,
    MachineWord,
    MemoryCheck,
    PartWord,
    PrecisionWord,
    ShippingStep,
    Shortlist,
    TermWord,
    UseWord,
    Word,
)

SCHEMAS: Final = "schema"  # The folder of what editors read: made from the shapes, no records.

# Collections of one file a record (a folder), and of one file in all.
FOLDERS: Final[dict[str, type[Record]]] = {
    "models": Model,
    "licences": Licence,
    "tools": Tool,
    "definitions": Definition,
    "comparisons": Comparison,
    "debates": Debate,
    "history": Day,
}
FILES: Final[dict[str, tuple[str, type[Record]]]] = {
    "organisations": ("organisations.yml", Organisation),
    "glossary": ("glossary.yml", GlossaryTerm),
    "references": ("references.yml", Reference),
    "changes": ("changes.yml", Change),
    "licence-changes": ("licence-changes.yml", LicenceChange),
    "shortlists": ("shortlists.yml", Shortlist),
    "questions": ("questions.yml", Question),
    "side-by-side": ("side-by-side.yml", SideBySide),
    "parts": ("vocabulary/parts.yml", PartWord),
    "terms": ("vocabulary/terms.yml", TermWord),
    "answers": ("vocabulary/answers.yml", AnswerWord),
    "shipping": ("vocabulary/shipping.yml", ShippingStep),
    "precisions": ("vocabulary/precisions.yml", PrecisionWord),
    "machine-kinds": ("vocabulary/machine-kinds.yml", MachineKind),
    "machines": ("vocabulary/machines.yml", MachineWord),
    "memory-checks": ("memory-checks.yml", MemoryCheck),
    "uses": ("vocabulary/uses.yml", UseWord),
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
            "countries",
            "languages",
            "platforms",
            "interfaces",
            "formats",
            "outcomes",
            "fits",
            "may",
            "debate-topics",
        )
    },
}
# Words that pages are made with, whatever the records say.
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "states": ("released", "partial", "withheld", "unknown", "not-applicable"),
    "outcomes": ("met", "undetermined", "not-met"),
    "may": ("yes", "conditions", "no", "unknown"),
    "fits": ("fits", "barely", "not", "too-long"),
    "access": ("weights",),
    "parts": ("weights",),
    "precisions": ("q4-k-m",),
    "machine-kinds": ("plain",),
}
