"""A whole site's content, made before anything is written: what the adapter asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from .articles import Written, expand_all
from .exports import exports, of_catalogues
from .library import Library
from .pages import Page, pages
from .problems import Problem, ProblemsFound
from .render import Renderer
from .survey import survey
from .views import SPECTRUM, Guide


class Site:
    """Library, written pages and generated pages of the project at `root`.

    `edit_root` is the forge's address for editing files of the project. Making it raises
    `ProblemsFound` with everything that is wrong in data, templates and written pages.
    """

    def __init__(self, root: Path, edit_root: str = "") -> None:
        library, problems = survey(root)
        self.guide = Guide(library, edit_root)
        self.renderer = Renderer(root, self.guide)
        problems += self.renderer.check()
        if SPECTRUM not in library.definitions and ("definitions", SPECTRUM) not in library.broken:
            path = f"data/definitions/{SPECTRUM}.yml"
            problems.append(Problem(path, 1, 1, "the file is missing", "Restore it"))
        if problems:
            raise ProblemsFound([*problems, *_written_problems(root, library, self.renderer)])
        self.written: Mapping[str, Written] = expand_all(root, self.renderer)
        self.pages: list[Page] = list(pages(self.guide))

    @cached_property
    def exports(self) -> Mapping[str, str]:
        """Files for other programs: path on the site, and text."""
        return dict([*exports(self.guide.library), *of_catalogues(self.guide)])

    @cached_property
    def _html(self) -> Mapping[str, str]:
        return _generated(self.pages, self.renderer)

    def render(self) -> None:
        """Renders every generated page: a template can fail on one record, and that must show
        before anything is written. Raises `ProblemsFound`."""
        _ = self._html, self.exports

    def html(self, page: Page) -> str:
        """The content of a generated page."""
        return self._html[page.address]

    def markdown(self, path: str, default: str) -> str:
        """The Markdown of a written page with slots for its markers; `default` for other pages."""
        page = self.written.get(path)
        return page.expanded.markdown if page else default

    def fill(self, path: str, html: str) -> str:
        """Puts the markers' HTML into a written page's converted Markdown."""
        page = self.written.get(path)
        return page.expanded.fill(html) if page else html


def _generated(made: list[Page], renderer: Renderer) -> dict[str, str]:
    """The content of all generated pages by address. Raises `ProblemsFound`."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for page in made:
        try:
            found[page.address] = page.html(renderer)
        except ProblemsFound as faulty:
            problems += faulty.problems
    if problems:
        raise ProblemsFound(problems)
    return found


def _written_problems(root: Path, library: Library, renderer: Renderer) -> list[Problem]:
    """What is wrong in the written pages themselves, where data or templates are broken too.

    What only follows from the broken data is left out: it goes away with its cause. Where a whole
    collection or the spectrum is broken, that would be nearly everything.
    """
    if library.unread or SPECTRUM not in library.definitions:
        return []
    try:
        expand_all(root, renderer)
    except ProblemsFound as found:
        broken = {f"`{key}`" for _, key in library.broken}
        return [
            problem
            for problem in found.problems
            if problem.path.startswith("content/")
            and not any(key in problem.message for key in broken)
        ]
    return []
