"""Written pages with their markers expanded and their frame put around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from . import markers
from .allowlist import Converter, converter
from .articles import FOLDER, Article, Opened, address_of
from .citing import Cites
from .functions import Functions
from .markers import Block, Expanded
from .problems import Problem, ProblemsFound
from .render import Renderer

WORDS_A_MINUTE: Final = (
    220  # Silent reading of English prose is near 240 words a minute (Brysbaert 2019).
)
_TITLE: Final = re.compile(r"^# .+\n", re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """One written page, ready for Markdown: `path` is below `content/`, `address` on the site."""

    path: str
    address: str
    article: Article
    expanded: Expanded
    cites: Cites


class Pages(Mapping[str, Written]):
    """The pages by path, each with its markers expanded when it is first asked for.

    Asking for one raises `ProblemsFound` with what is wrong in it. `convert` is the site
    generator's Markdown, otherwise that of its settings.
    """

    def __init__(
        self, opened: Opened, renderer: Renderer, convert: Converter | None = None
    ) -> None:
        self._opened, self._renderer = opened, renderer
        self._convert = convert or converter(renderer.root)
        self._articles = {path: article for path, (article, *_) in opened.bodies.items()}
        self._pages: dict[str, Written] = {}
        self._cites = _Cites(self)

    def __getitem__(self, path: str) -> Written:
        if path not in self._pages:
            self._pages[path] = _expand(
                path,
                *self._opened.bodies[path],
                self._renderer,
                self._convert,
                self._articles,
                self._cites,
            )
        page = self._pages[path]
        if page.expanded.problems:
            raise ProblemsFound(page.expanded.problems)
        return page

    def __iter__(self) -> Iterator[str]:
        return iter(self._opened.bodies)

    def __len__(self) -> int:
        return len(self._opened.bodies)

    def article(self, path: str) -> Article:
        """The front matter of a page."""
        return self._articles[path]

    def check(self, *, whole: bool = True) -> None:
        """Expands all. Raises `ProblemsFound` with all that is wrong.

        Unless `whole`, large tables and pictures wait until they are asked for, and with them what
        is wrong in them.
        """
        problems = list(self._opened.problems)
        for path in self:
            try:
                page = self[path]
            except ProblemsFound as found:
                problems += found.problems
        for page in self._pages.values() if whole else ():
            before = len(page.expanded.problems)
            try:
                _ = page.expanded.slots
            except ProblemsFound as found:
                problems += found.problems
            problems += page.expanded.problems[before:]
        if problems:
            raise ProblemsFound(problems)


class _Cites(Iterable[Cites]):
    """What the pages cite that could be expanded: known when all are."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def __iter__(self) -> Iterator[Cites]:
        for path in self._pages:
            with suppress(ProblemsFound):
                yield self._pages[path].cites


def _expand(
    path: str,
    article: Article,
    body: str,
    line: int,
    renderer: Renderer,
    convert: Converter,
    articles: dict[str, Article],
    pages: Iterable[Cites],
) -> Written:
    """Markers and frame: byline under the title; bottom line, sources and read next at the end."""
    here = address_of(path)
    functions = Functions(renderer, here, pages)
    expanded = markers.expand(body, f"{FOLDER}/{path}", functions.vocabulary(), line)
    expanded.problems += convert.check(expanded, f"{FOLDER}/{path}", line)

    def block(template: str, **context: object) -> str:
        made = partial(renderer, template, here, article=article, **context)
        return "\n" + expanded.add(lambda: Block(made())) + "\n"

    text = expanded.markdown
    if article.kind == "explainer":
        minutes = max(1, round(len(body.split()) / WORDS_A_MINUTE))
        head = block("article_head.html", minutes=minutes)
        text = _TITLE.sub(lambda title: title[0] + head, text, count=1)
    if article.bottom_line:
        text += "\n\n## Bottom line\n" + block("bottom_line.html")
    if functions.cited:
        text += "\n\n## Sources\n" + block("sources.html", cited=functions.cited)
    if article.related:
        related = []
        for other in article.related:
            if other not in articles:
                hint = "Give a path below content/, such as understand/spectrum.md"
                problem = Problem(f"{FOLDER}/{path}", 1, 1, f"no page `{other}` to read next", hint)
                expanded.problems.append(problem)
            else:
                found = articles[other]
                related.append(
                    {
                        "address": address_of(other),
                        "title": found.title,
                        "description": found.description,
                    }
                )
        text += "\n\n## Read next\n" + block("related.html", related=related)
    expanded.markdown = text
    cites = Cites(article.title, here, tuple(functions.cited), tuple(functions.compared))
    return Written(path, here, article, expanded, cites)
