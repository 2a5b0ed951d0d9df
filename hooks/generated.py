"""The pages and files that the data generates, as MkDocs and its theme want them."""

from __future__ import annotations

from functools import cached_property
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from fieldguide import pages
from fieldguide.frames import Link

if TYPE_CHECKING:
    from building import Building


class Own:
    """What a generated page has of its own: all that a frame needs."""

    def __init__(self, made: pages.Page, building: Building) -> None:
        self._made, self._building = made, building
        self.title = escape(made.title)  # The theme prints titles as they are.
        self.url = made.address
        self.canonical_url = building.base and building.base + made.address
        self.edit_url = building.forge and building.forge + made.source
        self.previous_page = self._near(made.previous)
        self.next_page = self._near(made.next)

    @cached_property
    def meta(self) -> dict[str, Any]:
        texts = {"title": self.title, "description": escape(self._made.description)}
        return {**texts, "hide": self._made.hide}

    @cached_property
    def content(self) -> str:
        return self._building.site.html(self._made)

    @cached_property
    def toc(self) -> list[Any]:
        links = [Link(f"#{h.id}", h.text) for h in pages.headings(self.content)]
        return [SimpleNamespace(level=1, url=f"#{self._made.key}", children=links)]

    def _near(self, address: str | None) -> Any:
        near = self._building.made(address)
        return near and SimpleNamespace(title=escape(near.title), url=near.address)


class GeneratedPage(Page):
    """A page of MkDocs' whose HTML comes from a template, with no Markdown in between."""

    def __init__(self, made: pages.Page, building: Building) -> None:
        config, name = building.config, f"{made.address.rstrip('/')}.md"
        file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        own = Own(made, building)
        super().__init__(own.title, file, config)
        self._made, self._building = made, building
        self.edit_url, self.meta, self.markdown = own.edit_url or None, own.meta, ""
        above = building.files.get_file_from_path(made.parent)
        if above and above.page:
            self.parent = above.page.parent if above.page.is_index else above.page

    @property
    def present_anchor_ids(self) -> set[str]:
        return {heading.id for heading in pages.headings(self._building.site.html(self._made))}

    def complete(self) -> GeneratedPage:
        """The page with its content and neighbours, as a full render wants it."""
        made, building = self._made, self._building
        self.content = building.site.html(made)
        tokens = [
            {"level": h.level, "id": h.id, "name": h.text, "children": []}
            for h in pages.headings(self.content)
        ]
        self.toc = get_toc([{"level": 1, "id": made.key, "name": self.title, "children": tokens}])
        for side in ("previous", "next"):
            if near := building.made(getattr(made, side)):
                setattr(self, f"{side}_page", GeneratedPage(near, building))
        return self


class Everything(Files):
    """The files of a build. Of what the hook writes, they have what a written page links to."""

    def __init__(self, files: Files, building: Building) -> None:
        super().__init__(files)
        self._building = building

    def get_file_from_path(self, path: str) -> File | None:
        building = self._building
        if made := building.made(f"{path.removesuffix('.md')}/"):
            return GeneratedPage(made, building).file
        found = super().get_file_from_path(path)
        if found is None and path in building.site.exports:
            return File.generated(building.config, path, content="")
        return found
