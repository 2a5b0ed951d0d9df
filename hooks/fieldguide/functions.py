"""What a marker may call: `model`, `cite`, `comparison` and so on, bound to one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from . import audit, fields, memory, rulings
from .addresses import address, relative
from .citing import Cites, back_links
from .downloads import Downloads
from .markers import Block, arguments, later
from .render import Renderer, clause, date, quantity, thousands
from .selections import NotKnown
from .views import SPECTRUM


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


class Functions(Downloads):
    """The functions for the page at `here`; `cited` are the works it cites, in order.

    `pages` says what all written pages cite: known once all of them are expanded.
    """

    def __init__(self, renderer: Renderer, here: str, pages: Iterable[Cites] = ()) -> None:
        super().__init__(renderer, here)
        self.cited: list[str] = []
        self.compared: list[str] = []
        self.pages = pages

    def vocabulary(self) -> dict[str, Callable[..., object]]:
        """All functions by the name a marker uses: the public methods, inherited ones too."""
        names = (name for name in dir(type(self)) if not name.startswith("_"))
        return {name: getattr(self, name) for name in names if name != "vocabulary"}

    # Inline

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

    def part(self, model: str, part: str) -> str:
        (record,) = self.guide.pick("models", [model])
        self.guide.known("part", part, self.library.parts)
        return self.library.label("states", self.guide.state(record, part)).lower()

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

    def verdict(self, model: str, definition: str) -> str:
        (record,) = self.guide.pick("models", [model])
        self.guide.known("definition", definition, self.library.definitions)
        return rulings.ruling(self.guide, record, self.library.definitions[definition]).label

    def debate(self, key: str) -> Mention:
        (debate,) = self.guide.pick("debates", [key])
        return Mention(
            self._link("debates", key, debate.question),
            short=lambda: self._link("debates", key, debate.short),
            topic=lambda: self.library.label("debate-topics", debate.topic),
            reviewed=lambda: date(debate.reviewed),
        )

    def term(self, key: str, text: str | None = None) -> Markup:
        self.guide.known("term", key, self.library.glossary)
        entry = self.library.glossary[key]
        return self._render("term.html", entry=entry, text=text or entry.term).rstrip()

    def cite(self, *keys: str, at: str | None = None) -> Markup:
        for key in keys:
            self.guide.known("reference", key, self.library.references)
            if key not in self.cited:
                self.cited.append(key)
        numbers = [(self.cited.index(key) + 1, key) for key in keys]
        return self._render("cite.html", numbers=numbers, at=at).rstrip()

    def count(self, collection: str, **filters: object) -> str:
        return thousands(len(self.guide.choose(collection, **filters)))

    # Blocks

    def comparison(self, key: str) -> Block:
        self.guide.known("comparison", key, self.library.comparisons)
        table = self.library.comparisons[key]
        self.compared.append(key)
        notes = [n for row in table.rows for cell in row.cells.values() for n in cell.sources]
        for source in notes:
            if source not in self.cited:
                self.cited.append(source)
        return self._block("comparison.html", table=table, cited=self.cited)

    @later
    def catalogue(
        self,
        *,
        access: str | None = None,
        step: str | None = None,
        family: str | None = None,
        modality: str | None = None,
        language: str | None = None,
        developer: str | None = None,
        licence: str | None = None,
    ) -> Block:
        filters = arguments(
            access=access,
            step=step,
            family=family,
            modality=modality,
            language=language,
            developer=developer,
            licence=licence,
        )
        return self._block("catalogue.html", models=self.guide.choose("models", **filters))

    @later
    def parts_grid(self, models: Sequence[str] | None = None) -> Block:
        chosen = (
            self.guide.choose("models") if models is None else self.guide.pick("models", models)
        )
        return self._block("parts_grid.html", models=chosen)

    @later
    def parts_table(self) -> Block:
        return self._block("parts_table.html")

    @later
    def licence_table(
        self, licences: Sequence[str] | None = None, *, category: str | None = None
    ) -> Block:
        if licences is not None:
            chosen = self.guide.pick("licences", licences)
        else:
            chosen = self.guide.choose("licences", **arguments(category=category))
        return self._block("licence_table.html", licences=chosen)

    @later
    def shipping_table(self, licences: Sequence[str]) -> Block:
        chosen = self.guide.pick("licences", licences)
        return self._block("shipping_table.html", licences=chosen)

    @later
    def tools_table(self, *, category: str | None = None) -> Block:
        chosen = self.guide.choose("tools", **arguments(category=category))
        return self._block("tools_table.html", tools=chosen, by_category=category is None)

    @later
    def organisations_table(self) -> Block:
        return self._block("organisations_table.html")

    @later
    def glossary(self) -> Block:
        return self._block("glossary.html")

    @later
    def references(self) -> Block:
        return self._block("references.html", links=back_links(self.guide, self.pages))

    @later
    def states_table(self) -> Block:
        return self._block("states_table.html")

    @later
    def evidence_table(self) -> Block:
        return self._block("evidence_table.html")

    @later
    def definitions_list(self) -> Block:
        return self._block("definitions_list.html")

    @later
    def definitions_table(self) -> Block:
        return self._block("definitions_table.html")

    @later
    def disagreements(self) -> Block:
        return self._block("disagreements.html")

    def debates_map(self) -> Block:
        return self._block("debates_map.html")

    @later
    def audit_table(self) -> Block:
        fields, parts = audit.coverage(self.library)
        context = {"facts": len(audit.facts(self.library)), "latest": audit.latest(self.library)}
        return self._block("audit_table.html", fields=fields, parts=parts, **context)

    @later
    def determined_table(self) -> Block:
        found = audit.determined(self.library)
        return self._block("determined_table.html", determined=found)

    @later
    def claims_table(self, says: str) -> Block:
        known = {claim.says for model in self.library.models.values() for claim in model.claims}
        self.guide.known("claim", says, known)
        rows = [
            (model, claim)
            for model in self.guide.choose("models")
            for claim in model.claims
            if claim.says == says
        ]
        return self._block("claims_table.html", says=says, rows=rows)

    @later
    def shortlists(self) -> Block:
        return self._block("shortlists.html")

    @later
    def conflicts_table(self) -> Block:
        return self._block("conflicts_table.html", facts=audit.conflicts(self.library))

    @later
    def memory_table(self, models: Sequence[str], tokens: int = 8_000) -> Block:
        needs = [
            need
            for model in self.guide.pick("models", models)
            for need in memory.needs(model, self.library.precisions, (tokens,))
        ]
        return self._block("memory_table.html", needs=needs, tokens=tokens)

    @later
    def memory_checks(self) -> Block:
        return self._block("memory_checks.html", checked=memory.checked(self.library))

    def memory_error(self) -> str:
        typical, largest = map(memory.per_cent, memory.error(self.library))
        number = len(memory.checked(self.library))
        differ = f"half differ by at most {typical}, all by at most {largest}"
        return f"{number} published figures: {differ}"

    @later
    def lookup(self) -> Block:
        return self._block("lookup.html")

    @later
    def choose(self) -> Block:
        return self._block("choose.html", step=self.renderer.choosing.start)

    @later
    def cost(self) -> Block:
        return self._block("cost.html")

    @later
    def worksheet(self) -> Block:
        return self._block("worksheet.html")

    @later
    def compare(self) -> Block:
        return self._block("compare.html")

    @later
    def what_if(self) -> Block:
        return self._block("what_if.html")

    @later
    def figures(self) -> Block:
        return self._block("figures.html")

    @later
    def newest(self, number: int = 8) -> Block:
        return self._block("newest.html", models=self.guide.newest(number))

    @later
    def changes(self, number: int = 5) -> Block:
        latest = sorted(self.library.changes.values(), key=lambda change: change.date)[-number:]
        return self._block("changes.html", changes=latest[::-1])

    @later
    def fields(self, record: str) -> Block:
        shapes = fields.shapes()
        if record not in shapes:
            raise NotKnown("record", record, shapes)
        return self._block("fields.html", record=record, tables=fields.tables(shapes[record]))

    # Helpers

    def _link(self, collection: str, key: str, text: str) -> Markup:
        href = relative(address(collection, key), self.here)
        return Markup('<a href="{}">{}</a>').format(href, text)

    def _licence(self, key: str | None) -> Markup | str:
        if key in self.library.licences:
            return self._link("licences", str(key), self.library.licences[str(key)].short)
        return "no licence" if key else "licence not known"
