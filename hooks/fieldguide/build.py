"""A whole site's content, made before anything is written: what the adapter asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from jinja2 import BytecodeCache

from . import askable, plain, texts
from .allowlist import Converter
from .articles import open_all
from .expansion import Pages
from .exports import exports, of_pages, of_records, one_of_pages, one_of_records
from .judged import SPECTRUM
from .library import Library
from .pages import Page, pages, steps
from .problems import Problem, ProblemsFound
from .readings import Readings
from .render import Renderer
from .survey import survey
from .views import Guide

ASSETS: Final = "assets/"


class Site:
    """Library, written pages and generated pages of the project at `root`.

    `edit_root` is the forge's address for editing files of the project, `base` the site's own.
    Making it raises `ProblemsFound` with everything that is wrong in data, templates and written
    pages. Unless it is made `whole`, that goes for data and templates only: written pages, the path
    to a shortlist and what is wrong in them wait until they are asked for, or until `complete`.
    `convert` is the site generator's Markdown, otherwise that of its settings; `cache` is a folder
    for what is kept between runs; `readings` and `compiled` templates are what an earlier site
    left. `full` makes every piece of every page anew, for comparison.
    """

    def __init__(
        self,
        root: Path,
        edit_root: str = "",
        base: str = "",
        *,
        cache: Path | None = None,
        readings: Readings | None = None,
        compiled: BytecodeCache | None = None,
        convert: Converter | None = None,
        whole: bool = True,
        full: bool = False,
    ) -> None:
        if cache and not readings:
            readings = Readings(cache / "records.jsonl")
        self.readings = readings
        library, problems = survey(root, readings)
        works = cache / "works.jsonl" if cache and not full else None
        self.guide = Guide(library, edit_root, base, works)
        self.renderer = Renderer(root, self.guide, full=full, compiled=compiled)
        problems += self.renderer.check()
        if SPECTRUM not in library.definitions and ("definitions", SPECTRUM) not in library.broken:
            path = f"data/definitions/{SPECTRUM}.yml"
            problems.append(Problem(path, 1, 1, "the file is missing", "Restore it"))
        self.written = Pages(open_all(root), self.renderer, convert)
        self._whole = whole
        if problems:
            raise ProblemsFound([*problems, *_written_problems(self.written, library)])
        self.record_pages: list[Page] = list(pages(self.guide))
        self._made: dict[str, bytes] = {}  # Half as large as texts with a dash or a quote.
        self._exported: dict[str, str | bytes] = {}
        self._exports = exports(self.renderer.answers)
        if whole:
            self.complete()

    def complete(self) -> None:
        """Makes what waited, but for large tables. Raises `ProblemsFound`."""
        problems: list[Problem] = []
        try:
            _ = self.steps
        except ProblemsFound as found:
            problems += found.problems
        try:
            self.written.check(whole=self._whole)
        except ProblemsFound as found:
            problems += found.problems
        if problems:
            raise ProblemsFound(problems)

    @cached_property
    def steps(self) -> list[Page]:
        """The pages of the path to a shortlist. Raises `ProblemsFound`."""
        choosing = self.renderer.choosing
        if problems := askable.check(choosing, self.renderer.root):
            raise ProblemsFound(problems)
        return list(steps(choosing))

    @property
    def pages(self) -> list[Page]:
        """All generated pages."""
        return [*self.record_pages, *self.steps]

    @cached_property
    def exports(self) -> Mapping[str, str | bytes]:
        """Files for other programs of which there is one: path on the site, and content."""
        self._exported.update(self._exports)
        return self._exported

    def beside(self) -> Iterator[tuple[str, bytes]]:
        """Files beside records and pages, made as they are asked for: path, and content."""
        yield from of_records(self.renderer.answers)
        yield from of_pages(self.written.values(), self.guide)
        for page in self.pages:
            if page.collection in plain.BESIDE:
                yield f"{page.address}index.md", self._beside(page)

    def _beside(self, page: Page) -> bytes:
        return texts.of_record(self.html(page), page.address, self.guide).encode()

    def other(self, path: str) -> str | bytes | None:
        """One of these files, if there is one at that path."""
        if path.startswith(ASSETS):  # Browsers ask for what was there a moment ago.
            return None
        found = one_of_records(self.renderer.answers, path)
        found = one_of_pages(self.written.values(), self.guide, path) if found is None else found
        if found is None and path.endswith("/index.md"):
            found = next(
                (
                    self._beside(page)
                    for page in self.record_pages
                    if page.collection in plain.BESIDE and f"{page.address}index.md" == path
                ),
                None,
            )
        while found is None and path not in self._exported:
            made = next(self._exports, None)
            if made is None:
                return None
            self._exported[made[0]] = made[1]
        return self._exported[path] if found is None else found

    def render(self) -> None:
        """Renders every generated page: a template can fail on one record, and that must show
        before anything is written. Raises `ProblemsFound`."""
        problems: list[Problem] = []
        for page in self.pages:
            try:
                self._made[page.address] = page.html(self.renderer).encode()
            except ProblemsFound as faulty:
                problems += faulty.problems
        if problems:
            raise ProblemsFound(problems)

    def html(self, page: Page) -> str:
        """The content of a generated page. Raises `ProblemsFound` if it was not rendered before."""
        made = self._made.get(page.address)
        return page.html(self.renderer) if made is None else made.decode()

    def markdown(self, path: str, default: str) -> str:
        """The Markdown of a written page with slots for its markers; `default` for other pages."""
        page = self.written.get(path)
        return page.expanded.markdown if page else default

    def fill(self, path: str, html: str) -> str:
        """Puts the markers' HTML into a written page's converted Markdown.

        Raises `ProblemsFound` for what is wrong in tables that waited until now.
        """
        page = self.written.get(path)
        if page is None:
            return html
        filled = page.expanded.fill(html)
        if page.expanded.problems:
            raise ProblemsFound(page.expanded.problems)
        return filled


def _written_problems(written: Pages, library: Library) -> list[Problem]:
    """What is wrong in the written pages themselves, where data or templates are broken too.

    What only follows from the broken data is left out: it goes away with its cause. Where a whole
    collection or the spectrum is broken, that would be nearly everything.
    """
    if library.unread or SPECTRUM not in library.definitions:
        return []
    try:
        written.check()
    except ProblemsFound as found:
        broken = {f"`{key}`" for _, key in library.broken}
        return [
            problem
            for problem in found.problems
            if problem.path.startswith("content/")
            and not any(key in problem.message for key in broken)
        ]
    return []
