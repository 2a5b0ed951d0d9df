"""The markers that stand in a sentence: a record by its name, one of its facts, a count, a term."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from . import rulings
from .judged import SPECTRUM
from .onpage import OnPage
from .render import clause, date, quantity, thousands


class Mention:
    """A record named in a text: prints as its linked name; its facts are attributes."""

    def __init__(self, link: Markup, **facts: Callable[[], Markup | str | Callable[[str], Markup]]):
        self._link = link
        self._facts = facts

    def __getattr__(self, name: str) -> Markup | str | Callable[[str], Markup]:
        facts = self.__dict__.get("_facts", {})
        if name not in facts:
            raise AttributeError(name)
        return facts[name]()  # type: ignore[no-any-return]

    def __html__(self) -> str:
        return self._link

    __str__ = __html__


class Facts(OnPage):
    """The functions that name a record or say something of it, for one page."""

    def model(self, key: str) -> Mention:
        (model,) = self.guide.pick("models", [key])
        guide, size = self.guide, max(model.sizes, key=lambda s: s.parameters or 0, default=None)
        return Mention(
            self._link("models", key, model.name),
            name=lambda: model.name,
            released=lambda: date(model.released),
            developer=lambda: self._link(
                "organisations", model.developers[0], guide.maker(model).name
            ),
            parameters=lambda: quantity(size and size.parameters),
            context=lambda: thousands(size and size.context),
            licence=lambda: self._licence(guide.licence(model)),
            licence_code=lambda: self._licence(guide.licence(model, "inference-code")),
            access=lambda: self.library.label("access", model.access),
            step=lambda: guide.verdict(model, SPECTRUM).label,
        )

    def licence(self, key: str) -> Mention:
        (licence,) = self.guide.pick("licences", [key])
        limit = licence.terms.get("size-threshold")
        approvals = {
            "OSI": licence.osi_approved,
            "FSF": licence.fsf_libre,
            "Open Definition": licence.open_definition,
        }
        words = [body for body, approved in approvals.items() if approved]

        def term(name: str) -> Markup:
            self.guide.known("term", name, self.library.terms)
            said = licence.terms.get(name)
            if said is None:
                return Markup("not known")
            label = self.library.answers[said.answer].label.lower()
            return escape(f"{label} ({clause(said.clause)})" if said.clause else label)

        return Mention(
            self._link("licences", key, licence.short),
            name=lambda: licence.name,
            category=lambda: self.library.label("licence-categories", licence.category),
            approval=lambda: ", ".join(words) or "none",
            threshold=lambda: (
                f"{thousands(limit.number)} {limit.unit}"
                if limit and limit.number
                else "no size threshold known"
            ),
            term=lambda: term,
        )

    def tool(self, key: str) -> Mention:
        (tool,) = self.guide.pick("tools", [key])
        return Mention(
            self._link("tools", key, tool.name),
            name=lambda: tool.name,
            licence=lambda: self._licence(tool.licence),
            maker=lambda: self._link(
                "organisations", tool.maker, self.library.organisations[tool.maker].name
            ),
            best_for=lambda: tool.best_for or "not known",
        )

    def organisation(self, key: str) -> Mention:
        (organisation,) = self.guide.pick("organisations", [key])
        return Mention(
            self._link("organisations", key, organisation.name), name=lambda: organisation.name
        )

    def definition(self, key: str) -> Mention:
        (definition,) = self.guide.pick("definitions", [key])
        return Mention(
            self._link("definitions", key, definition.name),
            name=lambda: definition.name,
            publisher=lambda: definition.publisher,
            version=lambda: definition.version,
            dated=lambda: date(definition.dated),
            met=lambda: thousands(self.guide.open_count(definition)),
        )

    def debate(self, key: str) -> Mention:
        (debate,) = self.guide.pick("debates", [key])
        return Mention(
            self._link("debates", key, debate.question),
            short=lambda: self._link("debates", key, debate.short),
            topic=lambda: self.library.label("debate-topics", debate.topic),
            reviewed=lambda: date(debate.reviewed),
        )

    def part(self, model: str, part: str) -> str:
        (record,) = self.guide.pick("models", [model])
        self.guide.known("part", part, self.library.parts)
        return self.library.label("states", self.guide.state(record, part)).lower()

    def verdict(self, model: str, definition: str) -> str:
        (record,) = self.guide.pick("models", [model])
        self.guide.known("definition", definition, self.library.definitions)
        return rulings.ruling(self.guide, record, self.library.definitions[definition]).label

    def count(self, collection: str, **filters: object) -> str:
        return thousands(len(self.guide.choose(collection, **filters)))

    def term(self, key: str, text: str | None = None) -> Markup:
        self.guide.known("term", key, self.library.glossary)
        entry = self.library.glossary[key]
        return self._render("term.html", entry=entry, text=text or entry.term).rstrip()

    def _licence(self, key: str | None) -> Markup | str:
        if key in self.library.licences:
            return self._link("licences", str(key), self.library.licences[str(key)].short)
        return "no licence" if key else "licence not known"
