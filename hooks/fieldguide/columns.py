"""The columns of the tables, each with its type and meaning, and where its values come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter, itemgetter
from typing import Any, Final

from . import evidence
from . import records as r
from .api import Answers
from .evidence import Column, Table, Type, safe
from .library import Library
from .modeldata import Values


def tables(answers: Answers) -> list[Table]:
    """All tables: those of records from the values of the API, and that of evidence."""
    library = answers.library
    return [
        _table("models", "Models, one a row", _models(library), answers.models.values()),
        _table("licences", "Licences, one a row", _licences(library), answers.licences.values()),
        _table("tools", "Tools, one a row", _TOOLS, answers.tools),
        evidence.table(library),
    ]


def _table(name: str, title: str, columns: tuple[Column, ...], values: Iterable[Values]) -> Table:
    of = [_written(column) for column in columns]
    return Table(name, title, columns, ([cell(value) for cell in of] for value in values))


def _written(column: Column) -> Callable[[Any], Any]:
    """What a cell says. Of ids, dates and addresses we know that they are no formula."""
    of = column.of
    if column.type == "text":
        return lambda value: safe(of(value))
    if column.type in ("ids", "texts"):
        return lambda value: safe("; ".join(of(value)))
    if column.type == "truth":
        return lambda value: "true" if of(value) else "false"
    return of


def _same(name: str, type_: Type, about: str) -> Column:
    """A field of the API, under its own name."""
    return Column(name, type_, about, itemgetter(name))


def _id(name: str) -> str:
    """A name for a column: ids have hyphens and dots, which some programs stumble over."""
    return name.replace("-", "_").replace(".", "_")


def _models(library: Library) -> tuple[Column, ...]:
    def most(field: str) -> Callable[[Values], int | None]:
        return lambda v: max((n for s in v["sizes"] if (n := getattr(s, field))), default=None)

    def least(values: Values) -> int | None:
        return min((s.parameters for s in values["sizes"] if s.parameters), default=None)

    def part(key: str, field: str) -> Callable[[Values], Any]:
        return lambda values: values["parts"][key][field]

    def verdict(key: str, field: str) -> Callable[[Values], Any]:
        return lambda values: values["verdicts"][key][field]

    states = ", ".join(library.words("states"))
    definitions = sorted(library.definitions.values(), key=lambda d: d.order)
    return (
        _same("id", "id", "Id of the model"),
        _same("name", "text", "The maker’s name for it"),
        _same("page", "address", "Address of its page"),
        _same("family", "id", "Id of its family"),
        _same("developers", "ids", "Ids of the organisations that made it"),
        _same("released", "date", "First public release"),
        _same("access", "id", f"The widest route offered: {', '.join(library.words('access'))}"),
        _same("input", "ids", "What goes in"),
        _same("output", "ids", "What comes out"),
        _same("languages", "ids", "Languages that its maker says it was made for"),
        _same("language_count", "number", "Languages its maker counts, where not all are named"),
        _same("based_on", "ids", "Ids of the models it was made from"),
        _same(
            "licence",
            "id",
            "Id of the licence of its weights, if they are out; none for no licence",
        ),
        Column(
            "sizes", "texts", "Names of its sizes", lambda v: [size.name for size in v["sizes"]]
        ),
        Column("parameters_min", "number", "Parameters of the smallest size", least),
        Column("parameters_max", "number", "Parameters of the largest size", most("parameters")),
        Column("active_max", "number", "Most parameters at work on a token", most("active")),
        Column("context_max", "number", "Longest context, in tokens", most("context")),
        *(
            Column(f"part_{_id(key)}", "id", f"{word.label}: {states}", part(key, "state"))
            for key, word in library.parts.items()
        ),
        *(
            Column(f"verdict_{_id(d.id)}", "text", f"{d.name}: the verdict", verdict(d.id, "label"))
            for d in definitions
        ),
        *(
            Column(
                f"open_{_id(d.id)}",
                "id",
                f"{d.name}: whether it counts the model as open (met, undetermined, not-met)",
                verdict(d.id, "outcome"),
            )
            for d in definitions
        ),
        _same("claims", "ids", "What its maker calls it"),
        *_links(r.Links),
        _same("dated", "date", "The newest date at which anything was read for it"),
    )


def _licences(library: Library) -> tuple[Column, ...]:
    def term(key: str, field: str) -> Callable[[Values], Any]:
        return lambda v: getattr(v["terms"][key], field) if key in v["terms"] else None

    answers = ", ".join(library.answers)
    return (
        _same("id", "id", "Id of the licence"),
        _same("name", "text", "Official name"),
        _same("short", "text", "Name for narrow places"),
        _same("page", "address", "Address of its page"),
        _same("spdx", "text", "Id in the SPDX licence list"),
        _same("publisher", "id", "Id of the organisation that wrote it"),
        _same("category", "id", "Kind of terms"),
        _same("family", "id", "Id of its family of licences"),
        _same("version", "text", "Version"),
        _same("dated", "date", "Date of the text"),
        _same("text", "address", "Address of the text"),
        _same("osi_approved", "truth", "Approved by the Open Source Initiative"),
        _same("fsf_libre", "truth", "Free by the Free Software Foundation"),
        _same("open_definition", "truth", "Listed by the Open Definition"),
        _same("read", "id", "How much of the text we read: whole, part or not"),
        *(
            Column(f"term_{_id(key)}", "id", f"{word.label}: {answers}", term(key, "answer"))
            for key, word in library.terms.items()
        ),
        Column("threshold", "number", "Where more is asked", term("size-threshold", "number")),
        Column("threshold_unit", "text", "What the number counts", term("size-threshold", "unit")),
        Column("threshold_counts", "id", "users or revenue", term("size-threshold", "counts")),
        _same("model_count", "number", "How many models have their weights under it"),
    )


def _links(shape: type[r.Shape]) -> Iterator[Column]:
    """A column for each link of a record."""
    for name, info in shape.model_fields.items():
        yield Column(name, "address", info.description or "", _link(attrgetter(name)))


def _link(of: Callable[[Any], Any]) -> Callable[[Values], Any]:
    return lambda values: of(values["links"])


_TOOLS: Final = (
    _same("id", "id", "Id of the tool"),
    _same("name", "text", "Its name"),
    _same("page", "address", "Address of its page"),
    _same("maker", "id", "Id of the organisation that makes it"),
    _same("category", "id", "What it is"),
    _same("source", "id", "Whether its code is public: open, partly-open or closed"),
    _same("licence", "id", "Id of the licence of its code"),
    _same("platforms", "ids", "Where it runs"),
    _same("interfaces", "ids", "How it is used"),
    _same("formats", "ids", "File formats it reads"),
    _same("needs", "text", "What it needs"),
    _same("best_for", "text", "What it is best for"),
    *_links(r.ToolLinks),
)
