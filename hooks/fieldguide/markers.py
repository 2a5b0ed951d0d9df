"""`{{ … }}` in Markdown: found, evaluated in a sandbox, and reported with its line if it fails.

Only expressions are evaluated, never blocks or comments (they collide with attribute lists), and
nothing inside code. An expression is a call of one of the functions in `vocabulary`, with plain
words and numbers as arguments, and attributes of its result: nothing else is let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from .problems import Problem, did_you_mean
from .views import NotKnown

_MARKER: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|<(pre|code)\b.*?</\2>", re.DOTALL)
_ALLOWED: Final = (
    *(nodes.Call, nodes.Name, nodes.Const, nodes.Getattr, nodes.List, nodes.Keyword),
    nodes.TemplateData,  # What jinja wraps around an expression.
)

# A slot holds the place of a marker's HTML while Markdown is converted, so that neither can change
# the other. The letters are from Unicode's private use area and mean nothing elsewhere.
SLOT: Final = re.compile("(?:<p>)?\ue000([0-9]+)\ue002\ue001(?:</p>)?|\ue000([0-9]+)\ue001")
STRANGE: Final = re.compile("[\ue000-\ue002]")


class Block(Markup):
    """HTML that stands by itself: its marker must be alone on its line."""


@dataclass
class Expanded:
    """Markdown with slots in place of markers, the HTML for each slot, and what went wrong."""

    markdown: str
    slots: list[Markup]
    problems: list[Problem]

    def fill(self, html: str) -> str:
        """Puts the HTML into the slots, once the Markdown is converted."""
        return SLOT.sub(lambda match: str(self.slots[int(match[1] or match[2])]), html)

    def add(self, html: Markup) -> str:
        """Makes a slot for `html`; returns the text that holds its place."""
        self.slots.append(html)
        block = "\ue002" if isinstance(html, Block) else ""
        return f"\ue000{len(self.slots) - 1}{block}\ue001"


def expand(
    markdown: str, path: str, vocabulary: Mapping[str, Callable[..., object]], first_line: int = 1
) -> Expanded:
    """Evaluates all markers of a page. `first_line` is the line of the file on which it begins."""
    expanded = Expanded("", [], [])
    pieces, end = [], 0
    for match in _markers(markdown):
        line = first_line + markdown.count("\n", 0, match.start())
        column = match.start() - (markdown.rfind("\n", 0, match.start()) + 1) + 1
        result = _evaluate(match[1], vocabulary)
        if not isinstance(result, Fault):
            result = _fits(result, markdown, match)
        if isinstance(result, Fault):
            fault = Problem(path, line, column, result.message, result.hint)
            expanded.problems.append(fault)
            result = escape(match[0])
        pieces += [markdown[end : match.start()], expanded.add(result)]
        end = match.end()
    expanded.markdown = "".join([*pieces, markdown[end:]])
    return expanded


@dataclass(frozen=True)
class Fault:
    """Why a marker fails, and how to mend it."""

    message: str
    hint: str = ""


def _markers(markdown: str) -> Iterator[re.Match[str]]:
    """The markers outside of code."""
    hidden = list(_code(markdown))
    for match in _MARKER.finditer(markdown):
        if not any(start <= match.start() < end for start, end in hidden):
            yield match


def _code(markdown: str) -> Iterator[tuple[int, int]]:
    """Where code stands: fenced blocks first, then spans and elements between them."""
    position, fences = 0, list(_FENCE.finditer(markdown))
    while fences:
        opening = fences.pop(0)
        yield from _spans(markdown, position, opening.start())
        fence = opening[1]
        while fences and not (fences[0][1][0] == fence[0] and len(fences[0][1]) >= len(fence)):
            fences.pop(0)
        position = fences.pop(0).end() if fences else len(markdown)
        yield opening.start(), position
    yield from _spans(markdown, position, len(markdown))


def _spans(markdown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _CODE.finditer(markdown, start, end):
        yield match.span()


def _fits(result: Markup, markdown: str, match: re.Match[str]) -> Markup | Fault:
    """Whether the result may stand where its marker stands."""
    start = markdown.rfind("\n", 0, match.start()) + 1
    end = markdown.find("\n", match.end())
    before, after = (
        markdown[start : match.start()],
        markdown[match.end() : None if end < 0 else end],
    )
    if before.lstrip().startswith("#"):
        return Fault("a marker in a heading", "Put it into the text below")
    if isinstance(result, Block) and (before.strip() or after.strip()):
        return Fault("this marker makes a block", "Give it a line of its own")
    return result


_env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _evaluate(source: str, vocabulary: Mapping[str, Callable[..., object]]) -> Markup | Fault:
    expression = source.strip()
    try:
        tree = _env.parse("{{ " + expression + " }}")
        strange = [n for n in tree.find_all(nodes.Expr) if not isinstance(n, _ALLOWED)]
        if strange or len(tree.body) != 1:
            return Fault(
                f"`{expression}` is more than a marker may be",
                'Use one call, such as `{{ model("olmo-2").released }}`',
            )
        for name in tree.find_all(nodes.Name):
            if name.name not in vocabulary:
                return Fault(f"unknown marker `{name.name}`", did_you_mean(name.name, vocabulary))
        result = _env.compile_expression(expression, undefined_to_none=False)(**vocabulary)
        if callable(result) and not hasattr(result, "__html__"):
            return Fault(f"`{expression}` is not called", f"Write `{expression}(…)`")
        return result if isinstance(result, Markup) else escape(result)
    except NotKnown as error:
        return Fault(str(error), error.hint)
    except TemplateSyntaxError as error:
        return Fault(f"`{expression}` cannot be read ({error.message})")
    except (UndefinedError, TypeError, AttributeError, ValueError, KeyError) as error:
        return Fault(f"`{expression}` fails: {_plain(error)}")


def _plain(error: Exception) -> str:
    """Python's words for a wrong call, without the names of our functions."""
    text = re.sub(r"\b[\w.]*\.(\w+)\(\)", r"\1()", str(error))
    return text.replace("fieldguide.", "")


def arguments(**given: Any) -> dict[str, Any]:
    """The arguments that were given, for functions with many optional ones."""
    return {name: value for name, value in given.items() if value is not None}
