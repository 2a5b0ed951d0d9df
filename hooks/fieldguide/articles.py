"""A written page: its front matter checked, its markers expanded, its frame put around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError, model_validator

from . import files, markers
from .allowlist import Converter, converter
from .citing import Cites
from .functions import Functions
from .markers import Block, Expanded
from .problems import Problem, ProblemsFound
from .records import Date, Line, Shape, Text
from .render import Renderer
from .source import parse
from .validation import report_invalid

FOLDER: Final = "content"
BESIDE: Final = (".css", ".js", ".png", ".webp", ".jpg")  # Files that may lie beside pages.
WORDS_A_MINUTE: Final = (
    220  # Silent reading of English prose is near 240 words a minute (Brysbaert 2019).
)
_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_TITLE: Final = re.compile(r"^# .+\n", re.MULTILINE)


class Search(Shape):
    """What the theme's search reads in front matter."""

    exclude: bool = Field(description="Keep the page out: its table would only repeat others.")


class Article(Shape):
    """Front matter of a written page."""

    title: Line = Field(description="Title, as in the navigation and the browser's tab.")
    description: Annotated[Line, StringConstraints(min_length=50, max_length=160)] = Field(
        description="One sentence for search results and cards."
    )
    kind: Literal["explainer", "page"] = Field("page", description="Explainers get a full frame.")
    reviewed: Date | None = Field(None, description="Day of the last review of an explainer.")
    learn: tuple[Line, ...] = Field((), strict=False, description="What the reader will know.")
    bottom_line: Text | None = Field(None, description="What to remember, in a few sentences.")
    related: tuple[Line, ...] = Field((), strict=False, description="Pages to read next.")
    hide: tuple[Literal["navigation", "toc"], ...] = Field(
        (), strict=False, description="Side bars to leave out."
    )

    search: Search | None = Field(None, description="Whether the site's search leaves it out.")

    @model_validator(mode="after")
    def _whole(self) -> Article:
        if self.kind == "explainer":
            for name in ("reviewed", "learn", "bottom_line", "related"):
                if not getattr(self, name):
                    raise ValueError(f"an explainer needs `{name}`")
        return self


@dataclass(frozen=True)
class Written:
    """One written page, ready for Markdown: `path` is below `content/`, `address` on the site."""

    path: str
    address: str
    article: Article
    expanded: Expanded
    cites: Cites


def address_of(path: str) -> str:
    """`models/index.md` is at `models/`, `understand/spectrum.md` at `understand/spectrum/`."""
    *folders, name = path.removesuffix(".md").split("/")
    return "".join(f"{part}/" for part in (folders if name == "index" else [*folders, name]))


@dataclass(frozen=True)
class Opened:
    """The written pages as they were read: by path, front matter, body, and the line on which the
    body begins. `problems` has what is wrong so far."""

    bodies: Mapping[str, tuple[Article, str, int]]
    problems: list[Problem]


def open_all(root: Path) -> Opened:
    """All pages below `root/content`."""
    problems: list[Problem] = []
    bodies: dict[str, tuple[Article, str, int]] = {}
    for file in _files(root, problems):
        try:
            bodies[file.relative_to(root / FOLDER).as_posix()] = _open(file, root)
        except ProblemsFound as found:
            problems += found.problems
    return Opened(bodies, problems)


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


def _files(root: Path, problems: list[Problem]) -> list[Path]:
    """The pages below `root/content`. Whatever else is there would be published as it is, so it has
    to be of a kind that needs no reading, or that is reviewed as code."""
    folder, pages = root / FOLDER, []
    for file in sorted((folder, *folder.rglob("*"))):
        path = file.relative_to(root).as_posix()
        if file.is_symlink():
            problems.append(Problem(path, 1, 1, "a symbolic link", "Put the file here"))
        elif file.suffix == ".md":
            pages.append(file)
        elif file.is_file() and file.suffix not in BESIDE and not file.name.startswith("."):
            hint = f"Pages end in .md, other files in {', '.join(BESIDE)}"
            problems.append(Problem(path, 1, 1, "a file of this kind is not published", hint))
    return pages


def readable(file: Path, root: Path) -> str:
    """The text of a page, with `\n` at the end of lines. Raises `ProblemsFound`."""
    path = file.relative_to(root).as_posix()
    text = files.text(files.raw(file, path), path).replace("\r\n", "\n")
    if odd := files.odd(text, path):
        raise ProblemsFound([odd])
    return text


def _refused(file: Path, root: Path, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(file.relative_to(root).as_posix(), 1, 1, message, hint)])


def _open(file: Path, root: Path) -> tuple[Article, str, int]:
    """Front matter, body, and the line on which the body begins."""
    text = readable(file, root)
    front = _FRONT_MATTER.match(text)
    if not front:
        hint = "Begin it with `---`, `title: …`, `---`"
        raise _refused(file, root, "the page has no front matter", hint)
    path = file.relative_to(root).as_posix()
    document = parse("\n" + front[1], path)  # The empty line stands for the dashes.
    if document.problems:
        raise ProblemsFound(document.problems)
    try:
        article = Article.model_validate(document.value)
    except ValidationError as error:
        report_invalid(document, Article, (), error)
        raise ProblemsFound(document.problems) from error
    return article, text[front.end() :], text.count("\n", 0, front.end()) + 1


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
