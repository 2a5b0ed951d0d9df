"""The markers that draw: each gives a picture with what it shows, its source and its numbers."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import Any

from . import charts, findings, lineage, plot
from .charts import Bar, Chart
from .markers import Block, later
from .onpage import OnPage
from .render import Renderer, quantity


class Pictures(OnPage):
    """The functions that draw, for one page; each picture has an id of its own there."""

    def __init__(self, renderer: Renderer, here: str) -> None:
        super().__init__(renderer, here)
        self._drawn: Counter[str] = Counter()

    @later
    def spectrum(self) -> Block:
        rungs = self.guide.spectrum.rungs
        steps = [(rung, len(self.guide.choose("models", step=rung.id))) for rung in rungs]
        counts = [(rung.label, number) for rung, number in steps]
        finding = findings.spectrum(counts, len(self.library.models))
        return self._block("spectrum.html", steps=steps, finding=finding)

    @later
    def parts_chart(self) -> Block:
        bars = charts.parts(self.guide)
        return self._chart(
            "parts",
            "What is released of models with weights, part by part",
            findings.parts(bars),
            "Part of a model",
            bars,
            shares=True,
            note="Only models whose weights can be downloaded",
            records=bars[0].total,
        )

    @later
    def licence_chart(self) -> Block:
        bars = charts.licences(self.guide)
        return self._chart(
            "licences",
            "Licences of the weights, by category",
            findings.licences(bars),
            "Category of licence",
            bars,
            note="Only models whose weights can be downloaded",
        )

    @later
    def licences_over_time_chart(self) -> Block:
        bars = charts.licences_by_year(self.guide)
        return self._chart(
            "licence-years",
            "Licences of the weights by category and year of release",
            findings.licences_by_year(bars),
            "Year of release",
            bars,
            shares=True,
            counted=True,
            note="Models with weights to download and a known date; each bar is a whole year",
        )

    @later
    def tools_chart(self) -> Block:
        bars = charts.tools(self.guide)
        subject = "Tools by kind, and whether their own code is open"
        finding = findings.tools(bars)
        return self._chart("tools", subject, finding, "Kind of tool", bars, unit="tools")

    @later
    def releases_chart(self) -> Block:
        bars, definition = charts.releases(self.guide), self.guide.spectrum
        rungs = [rung.id for rung in definition.rungs]
        first = rungs.index(definition.open_from)
        return self._chart(
            "releases",
            "The catalogue’s models by year of release and step on the spectrum",
            findings.releases(bars, first + 1, definition.rungs[first].label),
            "Year of release",
            bars,
            form="columns",
            note="Models with a known date; the number in a block is its step",
        )

    @later
    def verdicts_chart(self) -> Block:
        bars = charts.verdicts(self.guide)
        return self._chart(
            "verdicts",
            "Models by each definition of openness",
            findings.verdicts(bars),
            "Definition",
            bars,
            shares=True,
            note="Not determined: a fact that the definition turns on is not known",
            records=len(self.library.models),
        )

    @later
    def sizes_chart(self) -> Block:
        rows = charts.sizes(self.guide)
        words = "; ".join(
            f"{row.label}: {len(row.models)} models, median {quantity(row.median)}" for row in rows
        )
        return self._block(
            "sizes_chart.html",
            id=self._id("sizes"),
            rows=rows,
            plot=plot.strips(rows, quantity),
            finding=findings.sizes(rows, quantity),
            description=f"One row of dots a step, from open to closed. {words}.",
        )

    @later
    def tools_map(self) -> Block:
        kinds = charts.tool_kinds(self.guide)
        finding = findings.tool_kinds(kinds, self.library.label)
        return self._block("tools_map.html", kinds=kinds, finding=finding)

    @later
    def lineage(self, family: str) -> Block:
        tree = lineage.tree(self.guide, family)
        return self._block("lineage.html", tree=tree, family=family)

    @later
    def licence_matrix(self, licence: str) -> Block:
        (record,) = self.guide.pick("licences", [licence])
        terms = [*self.library.terms.values()]
        columns = [[t for t in terms if t.group == g] for g in ("permission", "duty", "limit")]
        rows = list(zip_longest(*columns))
        finding = findings.licence(record, terms)
        return self._block("licence_matrix.html", licence=record, rows=rows, finding=finding)

    def _id(self, name: str) -> str:
        """An id that no other picture of the page has."""
        self._drawn[name] += 1
        number = self._drawn[name]
        return f"picture-{name}" + (f"-{number}" if number > 1 else "")

    def _chart(
        self,
        name: str,
        subject: str,
        finding: str,
        head: str,
        bars: list[Bar],
        *,
        unit: str = "models",
        form: str = "bars",
        records: int | None = None,
        **rest: Any,
    ) -> Block:
        total = sum(bar.total for bar in bars) if records is None else records
        chart = Chart(subject, finding, head, unit, bars, total, **rest)
        return self._block("chart.html", id=self._id(name), chart=chart, form=form)
