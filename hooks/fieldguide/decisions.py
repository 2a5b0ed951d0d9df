"""The markers that help readers to decide: what fits, what it costs, what the answers would be."""

from __future__ import annotations

from collections.abc import Sequence

from . import memory
from .markers import Block, later
from .onpage import OnPage


class Decisions(OnPage):
    """The functions that answer for a reader's own case, for one page."""

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
    def shortlists(self) -> Block:
        return self._block("shortlists.html")

    @later
    def compare(self) -> Block:
        return self._block("compare.html")

    @later
    def cost(self) -> Block:
        return self._block("cost.html")

    @later
    def worksheet(self) -> Block:
        return self._block("worksheet.html")

    @later
    def what_if(self) -> Block:
        return self._block("what_if.html")
