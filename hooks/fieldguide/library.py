"""All records by collection and id, as `survey` found them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from . import records as r

T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """Everything in `data/`, by collection and id. Records do not change once loaded.

    `paths` gives the file of each record, relative to the project's root. `broken` names the
    records that exist but could not be read, so that nothing else complains of their absence;
    `unread` the collections of which nothing could be read. `answered` keeps answers to questions
    that recur, by all that they turn on beside the records that are no models.
    """

    collections: Mapping[str, Mapping[str, r.Record]]
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()
    unread: frozenset[str] = frozenset()
    answered: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, worked out once.

        The question names all that it turns on, but for the records other than models.
        """
        if question not in self.answered:
            self.answered[question] = answer()
        return cast(T, self.answered[question])

    def _all(self, name: str) -> Any:
        return self.collections.get(name, {})

    @property
    def models(self) -> Mapping[str, r.Model]:
        return cast(Mapping[str, r.Model], self._all("models"))

    @property
    def licences(self) -> Mapping[str, r.Licence]:
        return cast(Mapping[str, r.Licence], self._all("licences"))

    @property
    def tools(self) -> Mapping[str, r.Tool]:
        return cast(Mapping[str, r.Tool], self._all("tools"))

    @property
    def organisations(self) -> Mapping[str, r.Organisation]:
        return cast(Mapping[str, r.Organisation], self._all("organisations"))

    @property
    def definitions(self) -> Mapping[str, r.Definition]:
        return cast(Mapping[str, r.Definition], self._all("definitions"))

    @property
    def comparisons(self) -> Mapping[str, r.Comparison]:
        return cast(Mapping[str, r.Comparison], self._all("comparisons"))

    @property
    def debates(self) -> Mapping[str, r.Debate]:
        return cast(Mapping[str, r.Debate], self._all("debates"))

    @property
    def glossary(self) -> Mapping[str, r.GlossaryTerm]:
        return cast(Mapping[str, r.GlossaryTerm], self._all("glossary"))

    @property
    def references(self) -> Mapping[str, r.Reference]:
        return cast(Mapping[str, r.Reference], self._all("references"))

    @property
    def changes(self) -> Mapping[str, r.Change]:
        return cast(Mapping[str, r.Change], self._all("changes"))

    @property
    def history(self) -> Mapping[str, r.Day]:
        return cast(Mapping[str, r.Day], self._all("history"))

    @property
    def licence_changes(self) -> Mapping[str, r.LicenceChange]:
        return cast(Mapping[str, r.LicenceChange], self._all("licence-changes"))

    @property
    def shortlists(self) -> Mapping[str, r.Shortlist]:
        return cast(Mapping[str, r.Shortlist], self._all("shortlists"))

    @property
    def questions(self) -> Mapping[str, r.Question]:
        return cast(Mapping[str, r.Question], self._all("questions"))

    @property
    def side_by_side(self) -> Mapping[str, r.SideBySide]:
        return cast(Mapping[str, r.SideBySide], self._all("side-by-side"))

    @property
    def parts(self) -> Mapping[str, r.PartWord]:
        return cast(Mapping[str, r.PartWord], self._all("parts"))

    @property
    def terms(self) -> Mapping[str, r.TermWord]:
        return cast(Mapping[str, r.TermWord], self._all("terms"))

    @property
    def answers(self) -> Mapping[str, r.AnswerWord]:
        return cast(Mapping[str, r.AnswerWord], self._all("answers"))

    @property
    def uses(self) -> Mapping[str, r.UseWord]:
        return cast(Mapping[str, r.UseWord], self._all("uses"))

    @property
    def shipping(self) -> Mapping[str, r.ShippingStep]:
        return cast(Mapping[str, r.ShippingStep], self._all("shipping"))

    @property
    def precisions(self) -> Mapping[str, r.PrecisionWord]:
        return cast(Mapping[str, r.PrecisionWord], self._all("precisions"))

    @property
    def machine_kinds(self) -> Mapping[str, r.MachineKind]:
        return cast(Mapping[str, r.MachineKind], self._all("machine-kinds"))

    @property
    def machines(self) -> Mapping[str, r.MachineWord]:
        return cast(Mapping[str, r.MachineWord], self._all("machines"))

    @property
    def memory_checks(self) -> Mapping[str, r.MemoryCheck]:
        return cast(Mapping[str, r.MemoryCheck], self._all("memory-checks"))

    def words(self, vocabulary: str) -> Mapping[str, r.Word]:
        """A vocabulary of plain words: states, access, modalities and so on, in their order."""
        return cast(Mapping[str, r.Word], self._all(vocabulary))

    def label(self, vocabulary: str, word: str) -> str:
        """What readers see for one value of a vocabulary."""
        return self.words(vocabulary)[word].label
