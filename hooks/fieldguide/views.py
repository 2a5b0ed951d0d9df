"""What a table, a grid or a page shows, as plain rows; no HTML here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from markupsafe import Markup

from . import records as r
from .addresses import report
from .assess import licence_of, state_of
from .citations import bibliography
from .judged import SPECTRUM
from .library import Library
from .selections import Of, Selections, grouped

WORDS: Final = frozenset({"text", "audio"})  # Modalities that have a language.
GROUPS: Final = {"code": "Code", "data": "Data", "document": "Documents"}


@dataclass(frozen=True)
class Maker:
    """An organisation and what it made."""

    organisation: r.Organisation
    models: list[r.Model]
    tools: list[r.Tool]
    licences: list[r.Licence]


class Guide(Selections):
    """A library with everything that is computed from it; made once per build.

    `edit_root` is the forge's address for editing files of the project, `base` that of the site:
    both end in a slash. Without `base`, addresses in files for programs begin at the site's root.
    `works` is a file that keeps formatted works between runs.
    """

    def __init__(
        self, library: Library, edit_root: str = "", base: str = "", works: Path | None = None
    ) -> None:
        super().__init__(library)
        self.edit_root = edit_root
        self.base = base
        self._works = works

    @cached_property
    def bibliography(self) -> Mapping[str, Markup]:
        return bibliography(self.library.references, self._works)

    @cached_property
    def _by_licence(self) -> Mapping[str, list[tuple[r.Model, set[str]]]]:
        """Models by the licence of any of their parts, with the parts."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for key, model in self.library.models.items():
            for part, fact in model.parts.items():
                licence = licence_of(model, part, self.library)
                if licence and fact.state in ("released", "partial"):
                    found[licence][key].add(part)
        models = self.library.models
        return {
            licence: [(models[key], parts) for key, parts in each.items()]
            for licence, each in found.items()
        }

    def models_under(self, licence: str) -> tuple[list[r.Model], list[r.Model]]:
        """The models whose weights are under a licence, and those of which only other parts are."""
        each = sorted(self._by_licence.get(licence, []), key=lambda pair: pair[0].name.casefold())
        weights = [model for model, parts in each if "weights" in parts]
        return weights, [model for model, parts in each if "weights" not in parts]

    @cached_property
    def derived(self) -> Mapping[str, list[str]]:
        """Models by the model they were made from."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, model in self.library.models.items():
            for base in model.based_on:
                found[base].append(key)
        return found

    @cached_property
    def vias(self) -> Counter[str]:
        """How many pieces of evidence were read in which source."""
        found = Counter(p.via for model in self.library.models.values() for p in model.pieces())
        for name in ("licences", "tools", "organisations", "licence-changes"):
            for record in self.library.collections[name].values():
                each = r.references(record)
                found.update(via for loc, _, via in each if loc[-1] == "via")
        return found

    def edit(self, path: str) -> str:
        """The address at which a file below the project's root is edited."""
        return self.edit_root + path

    def report(self, form: str, title: str, **fields: str) -> str:
        """The address of one of the forge's forms for issues: see `addresses.report`."""
        return report(self.edit_root, form, title, **fields)

    def path(self, collection: str, key: str) -> str:
        """The file of a record, below the project's root."""
        return self.library.paths[(collection, key)]

    # Models

    def maker(self, model: r.Model) -> r.Organisation:
        return self.library.organisations[model.developers[0]]

    def licence(self, model: r.Model, part: str = "weights") -> str | None:
        """The licence that applies to a part: an id, `none`, or None where it is not known."""
        return licence_of(model, part, self.library)

    def state(self, model: r.Model, part: str) -> str:
        return state_of(model, part)

    def modality(self, model: r.Model) -> str:
        """`Text, image → text`, in the order of the vocabulary: the same values read the same."""
        known = self.library.words("modalities")

        def side(words: Iterable[str]) -> str:
            return ", ".join(word.label.lower() for key, word in known.items() if key in words)

        text = f"{side(model.kind.input)} → {side(model.kind.output)}"
        return text[0].upper() + text[1:]

    def languages(self, model: r.Model) -> list[str]:
        """The names of its languages, in their order in the alphabet."""
        return sorted(self.library.label("languages", key) for key in model.languages)

    def has_words(self, model: r.Model) -> bool:
        """Whether text or speech goes in or comes out, so that there is a language to ask for."""
        return not WORDS.isdisjoint((*model.kind.input, *model.kind.output))

    def parts_by_group(self) -> list[tuple[str, list[r.PartWord]]]:
        """The vocabulary of parts in three groups: label and parts."""
        words = self.library.parts.values()
        return [(label, [w for w in words if w.kind == kind]) for kind, label in GROUPS.items()]

    def family(self, model: r.Model) -> list[r.Model]:
        """The other models of its family, oldest first."""
        return [m for m in self._families[model.family] if m is not model]

    @cached_property
    def _families(self) -> Mapping[str, list[r.Model]]:
        """The models of each family, oldest first."""
        models = self.library.models.values()
        ordered = sorted(models, key=lambda m: (m.released or "9999", m.name.casefold()))
        return grouped(ordered, lambda m: [m.family])

    def newest(self, number: int) -> list[r.Model]:
        """The models released last, newest first; only those dated to the day."""
        dated = [
            m for m in self.library.models.values() if len(m.released or "") == len("2024-11-26")
        ]
        return sorted(dated, key=lambda m: (m.released or "", m.name), reverse=True)[:number]

    def examples(self, rung: r.Rung, number: int = 4) -> list[r.Model]:
        """Models on one step: the well-known ones first, then those with the most known parts."""
        on_it = [
            m for m in self.library.models.values() if self.verdict(m, SPECTRUM).reached is rung
        ]
        known = {key: place for place, key in enumerate(self.spectrum.examples)}
        last = len(known)
        return sorted(
            on_it, key=lambda m: (known.get(m.id, last), -len(m.parts), m.name.casefold())
        )[:number]

    def relatives(self, family: str) -> list[r.Licence]:
        """The licences of a family, oldest first."""
        members = [x for x in self.library.licences.values() if x.family == family]
        return sorted(members, key=lambda x: (x.dated or "9999", x.name))

    def licence_changes(self, *, family: str = "", licence: str = "") -> list[r.LicenceChange]:
        """Changes of licence in a family of models, or from or to a licence; oldest first."""
        found = [
            change
            for change in self.library.licence_changes.values()
            if change.family == family or (licence and licence in (change.before, change.after))
        ]
        return sorted(found, key=lambda change: change.date)

    def differs(self, licences: Iterable[r.Licence], term: str) -> bool:
        """Whether licences answer a term differently, as far as they were read for it."""
        said = [x.terms[term] for x in licences if term in x.terms]
        return len({(one.answer, one.number) for one in said}) > 1

    def maker_row(self, key: str) -> Maker:
        """An organisation with what it made; models newest first."""
        models, tools, licences = self._made_by
        organisation = self.library.organisations[key]
        return Maker(organisation, models[key], tools[key], licences[key])

    @cached_property
    def _made_by(self) -> tuple[Of[r.Model], Of[r.Tool], Of[r.Licence]]:
        """What each organisation made."""
        library = self.library
        models = sorted(library.models.values(), key=lambda m: m.released or "", reverse=True)
        return (
            grouped(models, lambda m: m.developers),
            grouped(library.tools.values(), lambda t: [t.maker]),
            grouped(library.licences.values(), lambda x: [x.publisher]),
        )

    def makers(self) -> list[Maker]:
        """All organisations, by name."""
        rows = [self.maker_row(key) for key in self.library.organisations]
        return sorted(rows, key=lambda row: row.organisation.name.casefold())
