"""The API's answers as plain values, in the shapes that `answers` and `endpoints` declare.

Pieces of records (terms, evidence) stand in the values as they are: `written` writes them field
by field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from pydantic_core import to_json

from . import history, modeldata, recorddata
from .answers import VERSION
from .citations import csl
from .endpoints import CREDIT, ENDPOINTS, FOLDER, LICENCE, schemas
from .modeldata import Values, dated, finding
from .rulings import decisive, rulings
from .views import Guide

# The vocabularies whose ids stand in answers; `index.json` has their labels.
VOCABULARIES: Final = (
    *("parts", "states", "access", "modalities", "families", "terms", "answers", "outcomes"),
    *("licence-categories", "licence-families", "tool-categories", "organisation-types"),
    *("platforms", "interfaces", "formats"),
)
DOCUMENTATION: Final = "data/api/"


def written(value: object) -> bytes:
    """As JSON on one line. Pydantic's own writer takes a third of the time of Python's."""
    return to_json(value) + b"\n"


class _Made(Mapping[str, Values]):
    """Values by key, each made when it is first asked for."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], Values]) -> None:
        self._made: dict[str, Values | None] = dict.fromkeys(keys)
        self._make = make

    def __getitem__(self, key: str) -> Values:
        made = self._made[key]
        if made is None:
            made = self._made[key] = self._make(key)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __contains__(self, key: object) -> bool:
        return key in self._made


class Answers:
    """All answers for one guide; each is made when it is first asked for."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.library = guide.library
        self.history = history.History(guide.library)
        # Badges before names are put into them, and their widths.
        self.drawn: dict[tuple[str, str, int], tuple[str, int]] = {}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of which there is one, and the schemas: path below the site's root, text."""
        guide = self.guide
        lists = {
            "models": list(self.models.values()),
            "licences": list(self.licences.values()),
            "tools": self.tools,
            "organisations": [
                recorddata.organisation(guide, o, self.makers[o.id])
                for o in _sorted(self.library.organisations)
            ],
            "definitions": [recorddata.definition(guide, d) for d in guide.definitions],
            "verdicts": list(self._verdicts()),
            "glossary": [recorddata.term(guide, t) for t in _sorted(self.library.glossary)],
            "changes": self._changes(),
        }
        works = [csl(work) for work in _sorted(self.library.references)]
        counts = {name: len(items) for name, items in lists.items()} | {"references": len(works)}
        yield f"{FOLDER}index.json", written(self._index(counts))
        for name, items in lists.items():
            head = {"version": VERSION, "dated": self.dated, "count": len(items)}
            yield f"{FOLDER}{name}.json", written({**head, "items": items})
        yield f"{FOLDER}references.json", written([{"author": (), **work} for work in works])
        for endpoint, schema in schemas():
            yield f"{FOLDER}{endpoint.schema}", written(schema)

    @cached_property
    def dated(self) -> str:
        """The newest date in the data: of a source that was read, or of a change."""
        library = self.library
        dates = [values["dated"] for values in self.models.values()]
        dates += [change.date for change in library.changes.values()]
        dates += [change.date for change in library.licence_changes.values()]
        dates += library.history
        pieces = [piece for licence in library.licences.values() for piece in licence.evidence]
        pieces += [p for tool in library.tools.values() for e in tool.evidence.values() for p in e]
        return max(filter(None, [*dates, dated(pieces)]), default="")

    def _index(self, counts: dict[str, int]) -> Values:
        files = [{"path": e.path, "about": e.about, "schema": e.schema} for e in ENDPOINTS]
        return {
            "version": VERSION,
            "dated": self.dated,
            "licence": LICENCE,
            "credit": CREDIT,
            "site": self.guide.base,
            "documentation": self.guide.base + DOCUMENTATION,
            "counts": counts,
            "files": files,
            "vocabularies": {
                name: {key: word.label for key, word in self.library.words(name).items()}
                for name in VOCABULARIES
            },
        }

    @cached_property
    def models(self) -> Mapping[str, Values]:
        """What `models.json` has of each model, by id."""
        return _Made(
            [model.id for model in _sorted(self.library.models)],
            lambda key: modeldata.short(self.guide, self.library.models[key]),
        )

    def model(self, key: str) -> Values:
        """The whole record of a model, for a file of its own."""
        return modeldata.whole(self.guide, self.library.models[key], self.models[key])

    def _verdicts(self) -> Iterator[Values]:
        for key, values in self.models.items():
            for ruling in rulings(self.guide, self.library.models[key]):
                definition = ruling.definition
                yield {
                    "model": key,
                    "definition": definition.id,
                    "version": definition.version,
                    **values["verdicts"][definition.id],
                    "reasons": list(map(finding, decisive(ruling))),
                }

    # Everything else

    @cached_property
    def licences(self) -> dict[str, Values]:
        """What `licences.json` has of each licence, by id."""
        licences = _sorted(self.library.licences)
        return {licence.id: recorddata.licence(self.guide, licence) for licence in licences}

    def licence(self, key: str) -> Values:
        """The whole record of a licence, for a file of its own."""
        weights, parts = self.guide.models_under(key)
        return {
            **self.licences[key],
            "weights_of": [model.id for model in weights],
            "parts_of": [model.id for model in parts],
            "evidence": self.library.licences[key].evidence,
        }

    @cached_property
    def tools(self) -> list[Values]:
        """What `tools.json` has."""
        return [recorddata.tool(self.guide, tool) for tool in _sorted(self.library.tools)]

    @cached_property
    def makers(self) -> dict[str, dict[str, list[str]]]:
        """What each organisation made, by id."""
        library = self.library
        made: dict[str, dict[str, list[str]]] = {
            key: {"models": [], "tools": [], "licences": []} for key in library.organisations
        }
        for model in _sorted(library.models):
            for key in model.developers:
                made[key]["models"].append(model.id)
        for tool in _sorted(library.tools):
            made[tool.maker]["tools"].append(tool.id)
        for licence in _sorted(library.licences):
            if licence.publisher:
                made[licence.publisher]["licences"].append(licence.id)
        return made

    def _changes(self) -> list[Values]:
        library, told, change = self.library, self.history, recorddata.change
        found = [change(c, "site", "models", "licences", "tools") for c in library.changes.values()]
        found += [change(c, "licence", "models") for c in library.licence_changes.values()]
        found += [history.values(told, one) for day in told.days.values() for one in day]
        return sorted(found, key=lambda change: (change["date"], change["id"]))


def _sorted(records: Any) -> list[Any]:
    return [record for _, record in sorted(records.items())]
