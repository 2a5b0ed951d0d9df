"""What a marker may call: `model`, `cite`, `comparison` and so on, bound to one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from . import audit, fields, memory
from .citing import Cites, back_links
from .downloads import Downloads
from .inline import Inline
from .markers import Block, arguments, later
from .render import Renderer
from .selections import NotKnown


class Functions(Inline, Downloads):
    """All functions for the page at `here`; those of `Inline` stand in sentences, the others make
    blocks.

    `pages` says what all written pages cite: known once all of them are expanded.
    """

    def __init__(self, renderer: Renderer, here: str, pages: Iterable[Cites] = ()) -> None:
        super().__init__(renderer, here)
        self.compared: list[str] = []
        self.pages = pages

    def vocabulary(self) -> dict[str, Callable[..., object]]:
        """All functions by the name a marker uses: the public methods, inherited ones too."""
        names = (name for name in dir(type(self)) if not name.startswith("_"))
        return {name: getattr(self, name) for name in names if name != "vocabulary"}

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
