"""The markers that list records of the library in a table: those asked for, or all of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .markers import Block, later
from .onpage import OnPage


class Listings(OnPage):
    """The functions that list records, for one page."""

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
        filters = _given(
            access=access,
            step=step,
            family=family,
            modality=modality,
            language=language,
            developer=developer,
            licence=licence,
        )
        chosen = self.guide.choose("models", **filters)
        if filters:
            return self._block("models_table.html", models=chosen, filters=filters)
        return self._block("catalogue.html", models=chosen)

    @later
    def newest(self, number: int = 8) -> Block:
        return self._block("newest.html", models=self.guide.newest(number))

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
    def states_table(self) -> Block:
        return self._block("states_table.html")

    @later
    def licence_table(
        self, licences: Sequence[str] | None = None, *, category: str | None = None
    ) -> Block:
        if licences is not None:
            chosen = self.guide.pick("licences", licences)
        else:
            chosen = self.guide.choose("licences", **_given(category=category))
        return self._block("licence_table.html", licences=chosen)

    @later
    def shipping_table(self, licences: Sequence[str]) -> Block:
        chosen = self.guide.pick("licences", licences)
        return self._block("shipping_table.html", licences=chosen)

    @later
    def tools_table(self, *, category: str | None = None) -> Block:
        chosen = self.guide.choose("tools", **_given(category=category))
        return self._block("tools_table.html", tools=chosen, by_category=category is None)

    @later
    def organisations_table(self) -> Block:
        return self._block("organisations_table.html")

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
    def glossary(self) -> Block:
        return self._block("glossary.html")


def _given(**filters: Any) -> dict[str, Any]:
    """Those of many filters for which there is a value."""
    return {name: value for name, value in filters.items() if value is not None}
