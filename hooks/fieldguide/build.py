"""A whole site's content, made before anything is written: what the adapter asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .articles import Written, expand_all
from .exports import exports
from .library import Library, survey
from .pages import Page, pages
from .problems import Problem, ProblemsFound
from .render import Renderer
from .views import Guide


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
        if problems:
            raise ProblemsFound([*problems, *_written_problems(root, library, self.renderer)])
        self.written: Mapping[str, Written] = expand_all(root, self.renderer)
        self.pages: list[Page] = list(pages(self.guide))
        self.exports: dict[str, str] = dict(exports(library))

    def render(self) -> dict[str, str]:
        """The content of every generated page, by address.

        Done before anything is written: a template can fail on a single record. Raises
        `ProblemsFound` with each failure once.
        """
        made, problems = {}, set()
        for page in self.pages:
            try:
                made[page.address] = page.html(self.renderer)
            except ProblemsFound as found:
                problems |= set(found.problems)
        if problems:
            raise ProblemsFound(problems)
        return made

    def markdown(self, path: str, default: str) -> str:
        """The Markdown of a written page with slots for its markers; `default` for other pages."""
        page = self.written.get(path)
        return page.expanded.markdown if page else default

    def fill(self, path: str, html: str) -> str:
        """Puts the markers' HTML into a written page's converted Markdown."""
        page = self.written.get(path)
        return page.expanded.fill(html) if page else html


def _written_problems(root: Path, library: Library, renderer: Renderer) -> list[Problem]:
    """What is wrong in the written pages themselves, where data or templates are broken too.

    What only follows from the broken data is left out: it goes away with its cause.
    """
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
