"""The markers of the pages about the data: what there is to take, its fields, what changed."""

from __future__ import annotations

from . import feeds, fields, openapi
from .columns import tables
from .endpoints import FOLDER
from .history import Happened
from .markers import Block, later
from .onpage import OnPage
from .render import FOLDER as TEMPLATES
from .selections import NotKnown

EXAMPLES = f"{TEMPLATES}/examples"


class Downloads(OnPage):
    """The functions that say how the data can be had, for one page."""

    @later
    def api_reference(self) -> Block:
        described = openapi.description(self.guide.base)
        shapes = openapi.shapes(described)
        return self._block("api.html", described=described, shapes=shapes, folder=FOLDER)

    @later
    def columns(self) -> Block:
        return self._block("columns.html", tables=tables(self.renderer.answers))

    @later
    def example(self, name: str) -> Block:
        """An example to copy, with the site's address in it; the tests run them."""
        files = {file.name: file for file in (self.renderer.root / EXAMPLES).glob("*")}
        if name not in files:
            raise NotKnown("example", name, files)
        text = files[name].read_text(encoding="utf-8").replace("{{ site }}", self.guide.base)
        return self._block("example.html", name=name, text=text)

    @later
    def fields(self, record: str) -> Block:
        shapes = fields.shapes()
        if record not in shapes:
            raise NotKnown("record", record, shapes)
        return self._block("fields.html", record=record, tables=fields.tables(shapes[record]))

    @later
    def changes(self, number: int = 5) -> Block:
        latest = sorted(self.library.changes.values(), key=lambda change: change.date)[-number:]
        return self._block("changes.html", changes=latest[::-1])

    @later
    def days(self, number: int = 3) -> Block:
        """The latest days on which records changed, a line each."""
        return self._block("days.html", days=self._days(number))

    @later
    def history(self, number: int = 30) -> Block:
        """The latest days on which records changed, record by record."""
        return self._block("history.html", days=self._days(number))

    @later
    def feeds(self) -> Block:
        """The addresses of the Atom feeds."""
        labels = self.library.words("families")
        there = [(key, labels[key].label) for key in feeds.families(self.renderer.answers)]
        return self._block("feeds.html", families=sorted(there, key=lambda f: f[1].casefold()))

    def _days(self, number: int) -> list[tuple[str, list[Happened]]]:
        return list(self.renderer.answers.history.days.items())[:number]

    @later
    def formats(self) -> Block:
        return self._block("formats.html")
