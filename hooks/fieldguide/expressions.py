"""What stands in a marker, evaluated in a sandbox.

An expression is a call of one of the functions in `vocabulary`, with plain words and numbers as
arguments, and attributes of its result: nothing else is let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from .problems import did_you_mean
from .selections import NotKnown

_ALLOWED: Final = (
    *(nodes.Call, nodes.Name, nodes.Const, nodes.Getattr, nodes.List, nodes.Keyword),
    nodes.TemplateData,  # What jinja wraps around an expression.
)


@dataclass(frozen=True)
class Fault:
    """Why a marker fails, and how to mend it."""

    message: str
    hint: str = ""


_env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def evaluate(source: str, vocabulary: Mapping[str, Callable[..., object]]) -> Markup | Fault:
    """The HTML that an expression gives, or why it gives none."""
    expression = source.strip()
    shown = " ".join(expression.split())
    if not expression:
        return Fault("the marker is empty", "Write a call into it, or delete it")
    try:
        call, names = _read(expression)
        if call is None:
            return Fault(
                f"`{shown}` is more than a marker may be",
                'Use one call, such as `{{ model("olmo-2").released }}`',
            )
        for name in names:
            if name not in vocabulary:
                return Fault(f"unknown marker `{name}`", did_you_mean(name, vocabulary))
        result = _value(call, vocabulary)
        if isinstance(result, Undefined):
            return _unknown(result)
        if callable(result) and not hasattr(result, "__html__"):
            return Fault(f"`{shown}` is not called", f"Write `{shown}(…)`")
        return result if isinstance(result, Markup) else escape(result)
    except NotKnown as error:
        return Fault(str(error), error.hint)
    except TemplateSyntaxError as error:
        return Fault(f"`{shown}` cannot be read ({error.message})")
    except RecursionError:
        return Fault("the marker is nested too deeply", "Use one call")
    except (TemplateError, TypeError, AttributeError, ValueError, LookupError, NameError) as error:
        return Fault(f"`{shown}` fails: {_plain(error)}")


@lru_cache(maxsize=10_000)
def _read(expression: str) -> tuple[nodes.Expr | None, list[str]]:
    """An expression, if it is one that is allowed, and the names in it."""
    tree = _env.parse("{{ " + expression + " }}")
    if not _allowed(tree):
        return None, []
    return tree.body[0].nodes[0], [name.name for name in tree.find_all(nodes.Name)]  # type: ignore[attr-defined]


def _value(node: nodes.Expr, vocabulary: Mapping[str, Callable[..., object]]) -> Any:
    """The value of an expression that is allowed: compiling it would take ten times as long."""
    if isinstance(node, nodes.Name):
        return vocabulary[node.name]
    if isinstance(node, nodes.Getattr):
        return _env.getattr(_value(node.node, vocabulary), node.attr)
    if isinstance(node, nodes.Call):
        function = _value(node.node, vocabulary)
        values = [_value(argument, vocabulary) for argument in node.args]
        return function(*values, **{k.key: _value(k.value, vocabulary) for k in node.kwargs})
    if isinstance(node, nodes.List):
        return [_value(item, vocabulary) for item in node.items]
    return node.as_const()


def _allowed(tree: nodes.Template) -> bool:
    """Whether this is one call, or attributes of one, and nothing hidden or of Python's own."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], nodes.Output):
        return False
    (*others, root) = tree.body[0].nodes
    if others or not isinstance(root, nodes.Call | nodes.Getattr | nodes.Name):
        return False
    if any(not isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Expr)):
        return False
    if any(call.dyn_args or call.dyn_kwargs for call in tree.find_all(nodes.Call)):
        return False
    if inf in (const.value for const in tree.find_all(nodes.Const)):
        return False
    attributes = [node.attr for node in tree.find_all(nodes.Getattr)]
    return not any(name.startswith("_") or hasattr(Markup, name) for name in attributes)


def _unknown(result: Undefined) -> Fault:
    """An attribute that the result of a call does not have."""
    name = str(result._undefined_name)
    known = getattr(result._undefined_obj, "_facts", ())
    return Fault(f"unknown attribute `{name}`", did_you_mean(name, known))


def _plain(error: Exception) -> str:
    """Python's words for a wrong call, without the names of our functions."""
    text = re.sub(r"\b[\w.]*\.(\w+)\(\)", r"\1()", str(error))
    return text.replace("fieldguide.", "")
