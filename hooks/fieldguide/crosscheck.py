"""Records held against each other: what each file for itself cannot show."""

from __future__ import annotations

from collections.abc import Mapping

from . import records as r
from .gathered import Gathered
from .problems import Problem, did_you_mean
from .source import Document, Loc


class CrossCheck:
    """Reports what is wrong among the records that were `found`."""

    def __init__(self, found: Gathered) -> None:
        self.found = found

    def all(self) -> None:
        """Ids that point nowhere, names used twice, facts without evidence."""
        there = {(name, key) for name, found in self.found.collections.items() for key in found}
        for (name, key), (document, loc) in self.found.where.items():
            record = self.found.collections[name][key]
            if not self.found.needs[(name, key)] <= there:
                self._points_nowhere(record, document, loc)
            if isinstance(record, r.Model | r.Tool):
                for fact in record.unsourced():
                    document.report(
                        (*loc, fact),
                        f"`{fact}` is stated without evidence",
                        f"Add `evidence: {{{fact}: [{{url: …, via: …}}]}}`, or leave it out",
                        key=True,
                    )
            if isinstance(record, r.Licence):
                for term, said in record.terms.items():
                    self._answer_fits(document, (*loc, "terms", term, "answer"), term, said)
            if isinstance(record, r.MemoryCheck):
                self._size_is_known(document, (*loc, "size"), record)
        self._needed()
        self._names()
        self._circles()

    def _points_nowhere(self, record: r.Record, document: Document, loc: Loc) -> None:
        for inner, ref, target in r.references(record):
            known = self.found.collections.get(ref.collection, {})
            broken = (
                ref.collection,
                target,
            ) in self.found.broken or ref.collection in self.found.unread
            if broken or self.found.resolves((inner, ref, target)):
                continue
            document.report(
                (*loc, *inner),
                f"unknown id `{target}` in {ref.collection}",
                _hint(target, known, ref),
                key=inner[-1] == target and document.is_key((*loc, *inner)),
            )

    def _answer_fits(self, document: Document, loc: Loc, term: str, said: r.Term) -> None:
        library = self.found.library()
        kind, answer = library.terms.get(term), library.answers.get(said.answer)
        if kind and answer and kind.group not in answer.groups:
            fits = ", ".join(a for a, word in library.answers.items() if kind.group in word.groups)
            document.report(loc, f"`{said.answer}` does not answer `{term}`", f"Use one of {fits}")

    def _size_is_known(self, document: Document, loc: Loc, check: r.MemoryCheck) -> None:
        model = self.found.library().models.get(check.model)
        names = [size.name for size in model.sizes] if model else []
        if model and check.size not in names:
            hint = did_you_mean(check.size, names) or f"Use one of {', '.join(names)}"
            document.report(loc, f"`{check.model}` has no size `{check.size}`", hint)

    def _needed(self) -> None:
        """Words that were taken out, though pages are made with them."""
        for name, keys in r.NEEDED.items():
            for key in keys:
                there = key in self.found.collections[name] or (name, key) in self.found.broken
                if not there and name not in self.found.unread:
                    message = f"`{key}` is missing, which pages are made with"
                    path = f"data/{r.FILES[name][0]}"
                    self.found.problems.append(Problem(path, 1, 1, message, "Restore it"))

    def _circles(self) -> None:
        """A definition that asks for itself, be it by way of others, cannot be judged."""
        definitions = self.found.library().definitions
        asked = {
            key: {r.definition for rung in d.rungs for r in rung.requires if r.definition}
            for key, d in definitions.items()
        }
        for key in asked:
            seen, ahead = set[str](), set(asked[key])
            while ahead - seen:
                seen |= ahead
                ahead = set().union(*(asked.get(one, ()) for one in seen))
            if key in seen:
                document, loc = self.found.where[("definitions", key)]
                hint = "Ask for a definition that does not lead back here"
                document.report((*loc, "rungs"), f"`{key}` asks for itself", hint, key=True)
                self.found.broken.add(("definitions", key))
        for collection, key in self.found.broken & {("definitions", key) for key in definitions}:
            del self.found.collections[collection][key]

    def _names(self) -> None:
        """Two records of a kind may not share a name: readers could not tell them apart."""
        for name in ("models", "licences", "tools", "organisations"):
            seen: dict[str, str] = {}
            for key, record in self.found.collections[name].items():
                label = str(getattr(record, "name", "")).casefold()
                if label in seen:
                    document, loc = self.found.where[(name, key)]
                    document.report(
                        (*loc, "name"), f"`{seen[label]}` has the same name", "Keep one of the two"
                    )
                seen.setdefault(label, key)


def _hint(target: str, known: Mapping[str, r.Record], ref: r.Ref) -> str:
    """What an id that points nowhere may have meant: one called like that, or one written so."""
    called = [k for k, x in known.items() if getattr(x, "name", x.id).casefold() == target]
    if called:
        return f"Did you mean `{called[0]}`?"
    return did_you_mean(target, [*known, *ref.besides]) or _where_to_add(ref.collection)


def _where_to_add(collection: str) -> str:
    if collection in r.FOLDERS:
        return f"Add data/{collection}/<id>.yml, or correct the id"
    return f"Add it to data/{r.FILES[collection][0]}, or correct the id"
