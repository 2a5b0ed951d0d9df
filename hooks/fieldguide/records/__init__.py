"""What a record may say: the shape of every file in `data/`.

Each field's description is the contributor's documentation: the field reference on the site is made
from it. Ids that point to other records are marked with `Ref`, and the library checks them. One
module a kind, each importing only those before it:

values, shapes, words, models, licences, tools, definitions, texts, debates, questions, history,
index
"""

from __future__ import annotations

from .debates import Debate, Finding, Holder, Position, Stance
from .definitions import APPROVERS, Definition, LicenceTest, Requirement, Rung
from .history import TOLD, Day, Moved, ToldKind
from .index import FILES, FOLDERS, NEEDED, SCHEMAS
from .licences import Licence, LicenceChange, Term
from .models import ARCHITECTURE, Claim, Kind, Licences, Links, Model, PartFact, Size, Sources
from .questions import Choice, Question
from .shapes import Evidence, EvidenceList, Record, Shape, hints, needs, references
from .texts import (
    Cell,
    Change,
    Column,
    Comparison,
    GlossaryTerm,
    Name,
    Reference,
    Row,
    SideBySide,
)
from .tools import Organisation, Tool, ToolLinks
from .values import (
    ID_SHAPE,
    NO_LICENCE,
    VIAS,
    Count,
    Date,
    Id,
    Line,
    Ref,
    Text,
    Url,
    Via,
)
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

__all__ = [
    "APPROVERS",
    "ARCHITECTURE",
    "FILES",
    "FOLDERS",
    "ID_SHAPE",
    "NEEDED",
    "NO_LICENCE",
    "SCHEMAS",
    "TOLD",
    "VIAS",
    "AnswerWord",
    "Cell",
    "Change",
    "Choice",
    "Claim",
    "Column",
    "Comparison",
    "Count",
    "Date",
    "Day",
    "Debate",
    "Definition",
    "Evidence",
    "EvidenceList",
    "Finding",
    "GlossaryTerm",
    "Holder",
    "Id",
    "Kind",
    "Licence",
    "LicenceChange",
    "LicenceTest",
    "Licences",
    "Line",
    "Links",
    "MachineKind",
    "MachineWord",
    "MemoryCheck",
    "Model",
    "Moved",
    "Name",
    "Organisation",
    "PartFact",
    "PartWord",
    "Position",
    "PrecisionWord",
    "Question",
    "Record",
    "Ref",
    "Reference",
    "Requirement",
    "Row",
    "Rung",
    "Shape",
    "ShippingStep",
    "Shortlist",
    "SideBySide",
    "Size",
    "Sources",
    "Stance",
    "Term",
    "TermWord",
    "Text",
    "ToldKind",
    "Tool",
    "ToolLinks",
    "Url",
    "UseWord",
    "Via",
    "Word",
    "hints",
    "needs",
    "references",
]
