"""Written pages as they stand in their files: front matter, checked, and body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError, model_validator

from . import files
from .problems import Problem, ProblemsFound
from .records import Date, Line, Shape, Text
from .source import parse
from .validation import report_invalid

FOLDER: Final = "content"
BESIDE: Final = (".css", ".js", ".png", ".webp", ".jpg")  # Files that may lie beside pages.
_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)


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
