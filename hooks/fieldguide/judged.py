"""All models by all definitions: each verdict, and how many models each counts as open."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property, partial
from typing import Any, Final, TypeVar, cast

from . import records as r
from .assess import assess, grounds
from .library import Library
from .verdicts import Outcome, Verdict

SPECTRUM: Final = "spectrum"
T = TypeVar("T")


class Judged:
    """A library with the verdict on each of its models."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._known: dict[Hashable, Any] = {}

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about these records, worked out once."""
        if question not in self._known:
            self._known[question] = answer()
        return cast(T, self._known[question])

    @cached_property
    def spectrum(self) -> r.Definition:
        return self.library.definitions[SPECTRUM]

    @cached_property
    def definitions(self) -> list[r.Definition]:
        """All definitions, in their order."""
        return sorted(self.library.definitions.values(), key=lambda d: d.order)

    @cached_property
    def verdicts(self) -> Mapping[str, Mapping[str, Verdict]]:
        """Each model by each definition: by definition, then by model."""
        library = self.library
        found: dict[str, dict[str, Verdict]] = {d.id: {} for d in self.definitions}
        for key, model in library.models.items():
            why = grounds(model)
            for d in self.definitions:
                question = "verdict", d.id, why
                found[d.id][key] = library.once(question, partial(assess, model, d, library))
        return found

    def open_count(self, definition: r.Definition, outcome: str = "met") -> int:
        """How many models a definition counts as open, or leaves undetermined."""
        asked = {"met": Outcome.MET, "undetermined": Outcome.UNDETERMINED}[outcome]
        return sum(v.open == asked for v in self.verdicts[definition.id].values())

    def verdict(self, model: r.Model, definition: str) -> Verdict:
        """One model by one definition."""
        return self.verdicts[definition][model.id]

    def step(self, model: r.Model) -> int:
        """The number of the step reached on the spectrum, from 1; 0 for none."""
        return self.verdict(model, SPECTRUM).place
