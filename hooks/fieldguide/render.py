"""Our own templates: plain rows in, HTML out. Autoescaping, and no name may be undefined."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup

from . import (
    assets,
    badges,
    catalogues,
    compare,
    debates,
    history,
    linked,
    memory,
    pairs,
    plain,
    plot,
    rulings,
    shipping,
    uses,
)
from .addresses import address, host
from .api import Answers
from .assess import grounds
from .choosing import Path as Choosing
from .kept import Kept
from .problems import Problem, ProblemsFound
from .shortlist import shortlist
from .templating import Templates
from .views import Guide

FOLDER: Final = "overrides/fieldguide"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class Renderer:
    """Renders the templates in `overrides/fieldguide/` for one guide."""

    def __init__(
        self,
        root: Path,
        guide: Guide,
        *,
        full: bool = False,
        compiled: BytecodeCache | None = None,
    ) -> None:
        """With `full`, every piece of every page is rendered anew, for comparison. `compiled` keeps
        what was compiled for another renderer."""
        self.guide = guide
        self.answers = Answers(guide)
        self.root = root
        self.kept = Kept(nothing=full)
        self.assets, self._problems = assets.survey(root)
        self.env = Templates(
            loader=FileSystemLoader(root / FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled,
        )
        self.env.filters |= {
            "date": date,
            "quantity": quantity,
            "thousands": thousands,
            "host": host,
            "sentence": sentence,
            "clause": clause,
            "capital": capital,
            "listed": listed,
            "gigabytes": memory.gigabytes,
            "per_cent": memory.per_cent,
        }
        self.env.globals |= {
            name: getattr(rulings, name)
            for name in (
                "asks",
                "disagreements",
                "headline",
                "licence_words",
                "part_asked",
                "reason",
                "rulings",
            )
        } | {"rung_chart": rulings.chart, "guide_ruling": rulings.ruling}
        self.env.globals |= {
            "debate_groups": debates.grouped,
            "related_debates": debates.related,
            "works_cited": debates.cited,
            "fitting": plot.fitting,
            "answers": self.answers,
            "badges": badges,
            "catalogues": catalogues,
            "beside": plain.BESIDE,
            "history": history,
            "linked": linked,
            "compare": compare,
            "pairs": pairs,
            "quantity": quantity,
            "thousands": thousands,
            "memory": memory,
            "shipping": shipping,
            "shortlist": shortlist,
            "uses": uses,
        }
        self.env.globals |= {"guide": guide, "library": guide.library, "address": address}
        self.env.globals |= {"to": self.kept.to, "kept": self.kept, "grounds": grounds}
        self.env.globals["asset"] = self.asset

    @cached_property
    def choosing(self) -> Choosing:
        """The path of questions to a shortlist."""
        return Choosing(self.guide)

    def __call__(self, template: str, here: str, **context: Any) -> Markup:
        """Renders `template` for the page at `here`.

        Raises `ProblemsFound` with the template's file and line if it is faulty.
        """
        try:
            with self.kept.page(here):
                text = self.env.get_template(template).render(here=here, **context)
        except TemplateSyntaxError as error:
            raise self._fault(error.name or template, error.lineno, error.message) from error
        except (TemplateError, KeyError, TypeError, ValueError, AttributeError) as error:
            name, line = _template_line(error) or (template, 1)
            raise self._fault(name, line, _words(error)) from error
        return Markup(text)  # noqa: S704 (autoescaped)

    def asset(self, path: str) -> str:
        """Where a script or style sheet of ours, `path` below `content/`, stands on the site."""
        return self.assets[path].path if path in self.assets else path

    def check(self) -> list[Problem]:
        """Compiles every template, also those that no page uses, and reads those of the theme.

        What is wrong with scripts and style sheets is told along with it.
        """
        problems = list(self._problems)
        for name in self.env.list_templates(extensions=["html"]):
            try:
                self.env.get_template(name)
            except TemplateSyntaxError as error:
                fault = self._fault(error.name or name, error.lineno, error.message)
                problems.extend(fault.problems)
        for file in sorted((self.root / FOLDER).parent.rglob("*.html")):
            path = file.relative_to(self.root).as_posix()
            try:
                if not path.startswith(FOLDER):
                    self.env.parse(file.read_text(encoding="utf-8", errors="replace"))
            except TemplateSyntaxError as error:
                problems.append(_problem(path, error.lineno, error.message))
        return problems

    def _fault(self, template: str, line: int, message: str | None) -> ProblemsFound:
        return ProblemsFound([_problem(f"{FOLDER}/{template}", line, message)])


def _problem(path: str, line: int, message: str | None) -> Problem:
    return Problem(path, line, 1, f"the template fails: {(message or '').rstrip('.')}")


def _words(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template `{error.name}`"
    if isinstance(error, KeyError):
        return f"nothing is called {error}"
    return str(error)


def _template_line(error: Exception) -> tuple[str, int] | None:
    """The innermost template in the traceback, and its line."""
    place, trace = None, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            place = (file.split(f"{FOLDER}/")[-1], trace.tb_lineno)
        trace = trace.tb_next
    return place


def date(text: str | None) -> str:
    """`2024-11-26` as `26 November 2024`, `2024-11` as `November 2024`, nothing as `not known`."""
    if not text:
        return "not known"
    year, *rest = text.split("-")
    words = [year]
    if rest:
        words.insert(0, _MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def quantity(number: int | None) -> str:
    """Parameters in short: `7.3B`, `137M`; to three digits, as makers name their models."""
    if number is None:
        return "not known"
    for size, unit in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if number * 2000 >= size * 1999:  # 999.6M is 1B, not 1e+03M.
            short = max(number, size) / size
            return f"{short:.3g}{unit}" if short < 999.5 else f"{round(short)}{unit}"
    return str(number)


def thousands(number: int | None) -> str:
    """`131,072`."""
    return "not known" if number is None else f"{number:,}"


def clause(text: str) -> str:
    """`2.1.c` as `clause 2.1.c`; where in a text that is named stays as it is."""
    return f"clause {text}" if re.match(r"[0-9]|[IVX]+\b|[A-Za-z]\.", text) else text


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def capital(text: str) -> str:
    """With a capital at the start, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital at the start and one full stop at the end."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if re.search(r'[.!?]$', text) else '.'}"
