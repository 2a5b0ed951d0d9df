"""The markers that say how well the records are known: their evidence, what they settle."""

from __future__ import annotations

from . import audit
from .markers import Block, later
from .onpage import OnPage


class Audits(OnPage):
    """The functions that show the state of the records, for one page."""

    @later
    def evidence_table(self) -> Block:
        return self._block("evidence_table.html")

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
    def conflicts_table(self) -> Block:
        return self._block("conflicts_table.html", facts=audit.conflicts(self.library))

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
    def figures(self) -> Block:
        return self._block("figures.html")
