"""The markers that cite works, and the list of all works with who cites them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from .citing import Cites, back_links
from .markers import Block, later
from .onpage import OnPage
from .render import Renderer


class Works(OnPage):
    """The functions that cite, for one page: `cited` are its works in order, `compared` the tables
    of words on it.

    `pages` says what all written pages cite: known once all of them are expanded.
    """

    def __init__(self, renderer: Renderer, here: str, pages: Iterable[Cites] = ()) -> None:
        super().__init__(renderer, here)
        self.cited: list[str] = []
        self.compared: list[str] = []
        self.pages = pages

    def cite(self, *keys: str, at: str | None = None) -> Markup:
        for key in keys:
            self.guide.known("reference", key, self.library.references)
            if key not in self.cited:
                self.cited.append(key)
        numbers = [(self.cited.index(key) + 1, key) for key in keys]
        return self._render("cite.html", numbers=numbers, at=at).rstrip()

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
    def references(self) -> Block:
        return self._block("references.html", links=back_links(self.guide, self.pages))
