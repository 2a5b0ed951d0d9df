"""The core's modules import only those before them, and nothing of MkDocs, the clock or the net."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import fieldguide
import samples

HOOKS = samples.ROOT / "hooks"
CORE = HOOKS / "fieldguide"
# Modules of Python that would let the clock, the network, chance or the machine in.
OUTSIDE = {
    *("asyncio", "ftplib", "getpass", "http", "locale", "os", "platform", "random", "secrets"),
    *("shutil", "socket", "ssl", "subprocess", "tempfile", "threading", "time", "uuid", "zoneinfo"),
}
MADE_OF_NAMES = {"uuid.UUID", "uuid.uuid5"}  # Of that module the two that ask nothing.
OUTSIDE_NAMES = {"urllib.request", "urllib.error", "requests", "httpx", "urllib3"}
COMMANDS = {"terminal", "revisions"}  # What only the commands use may ask the environment, and git.
CLOCK = {"now", "today", "utcnow", "fromtimestamp"}


def listed(docstring: str | None) -> list[str]:
    """The modules in order, as their package's docstring states it."""
    found = re.findall(r"[a-z]+(?:,\s+[a-z]+){8,}", docstring or "")
    assert len(found) == 1, "the docstring must list the modules once, with commas"
    return re.split(r",\s+", found[0])


def order() -> list[str]:
    """All modules in order; those of a package within the core before the package itself."""
    modules = []
    for name in listed(fieldguide.__doc__):
        if (CORE / name).is_dir():
            docstring = ast.get_docstring(_tree(CORE / name / "__init__.py"))
            modules += [f"{name}.{inner}" for inner in listed(docstring)]
        modules.append(name)
    return modules


def place(core: Path, module: str) -> Path:
    """The file of a module: a package's is its `__init__`."""
    path = core.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_name(f"{path.name}.py")


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What a module imports, in full, and in which line; of the core itself with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            dots, module = "." * node.level, node.module or ""
            for alias in node.names:
                separator = "." if module else ""
                yield f"{dots}{module}{separator}{alias.name}", node.lineno


def siblings(core: Path, file: Path, known: list[str]) -> Iterator[tuple[str, int]]:
    """Modules of the core that the module in `file` imports."""
    here = file.parent.relative_to(core).parts
    for name, line in imported(_tree(file)):
        if name.startswith("."):
            dots = len(name) - len(name.lstrip("."))
            path = [*here[: len(here) + 1 - dots], *name[dots:].split(".")]
        elif name.startswith("fieldguide."):
            path = name.split(".")[1:]
        else:
            continue
        inner = ".".join(path[:2])
        yield (inner if inner in known else path[0]), line


def forward(core: Path) -> list[str]:
    """Imports that point forward, or to nothing that is listed."""
    modules, found = order(), []
    for number, module in enumerate(modules):
        file = place(core, module)
        for name, line in siblings(core, file, modules):
            if name not in modules[:number]:
                found.append(f"{file.relative_to(core).as_posix()}:{line} imports {name}")
    return found


def test_the_docstring_lists_every_module() -> None:
    modules = {place(CORE, module) for module in order()}
    unlisted = {CORE / "__init__.py", CORE / "__main__.py"}
    assert sorted(modules | unlisted) == sorted(CORE.rglob("*.py"))


def test_modules_import_only_those_before_them() -> None:
    assert forward(CORE) == []


@pytest.mark.parametrize(
    ("module", "line", "name"),
    [
        ("problems", "from . import cli", "cli"),
        ("source", "from .library import load", "library"),
        ("markers", "import fieldguide.pages", "pages"),
        ("views", "def f():\n    from fieldguide.build import Site", "build"),
        ("assess", "from .assess import Outcome", "assess"),
        ("charts", "from .gone import x", "gone"),
        ("records.values", "from .shapes import Record", "records.shapes"),
        ("records.values", "from . import shapes", "records.shapes"),
        ("records.licences", "from fieldguide.records.tools import Tool", "records.tools"),
        ("records.shapes", "from . import Model", "records"),
        ("records.shapes", "from ..records import Model", "records"),
        ("records.models", "from ..library import load", "library"),
        ("records.models", "from .. import views", "views"),
        ("source", "from .records.values import Id", "records.values"),
    ],
)
def test_a_forward_import_would_be_found(tmp_path: Path, module: str, line: str, name: str) -> None:
    core = Path(shutil.copytree(CORE, tmp_path / "core"))
    file = place(core, module)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n{line}\n", encoding="utf-8")
    [found] = forward(core)
    number = text.count("\n") + 1 + line.count("\n") + 1
    assert found == f"{file.relative_to(core).as_posix()}:{number} imports {name}"


@pytest.mark.parametrize("module", order())
def test_the_core_knows_nothing_of_mkdocs(module: str) -> None:
    tops = {name.split(".")[0] for name, _ in imported(_tree(place(CORE, module)))}
    assert not tops & {"mkdocs", "material", "properdocs", "pymdownx", "hook"}


def test_only_the_adapter_imports_mkdocs() -> None:
    importers = [
        file.relative_to(HOOKS).as_posix()
        for file in sorted(HOOKS.rglob("*.py"))
        if any(name.split(".")[0] == "mkdocs" for name, _ in imported(_tree(file)))
    ]
    assert importers == ["building.py", "faults.py", "generated.py", "hook.py"]


def reaches_out(tree: ast.AST) -> list[str]:
    """Imports and calls by which a module would depend on the moment or the machine."""
    found = [
        name
        for name, _ in imported(tree)
        if (name.split(".")[0] in OUTSIDE and name not in MADE_OF_NAMES)
        or any(name.startswith(outside) for outside in OUTSIDE_NAMES)
    ]
    found += [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CLOCK | {"environ", "getenv", "urlopen"}
    ]
    return found


@pytest.mark.parametrize("module", [name for name in order() if name not in COMMANDS])
def test_the_core_depends_on_neither_clock_nor_network_nor_environment(module: str) -> None:
    assert reaches_out(_tree(place(CORE, module))) == []


@pytest.mark.parametrize(
    "line",
    [
        *("import os", "from os import environ", "import time", "import socket", "import random"),
        *("from datetime import date\ndate.today()", "import urllib.request", "import requests"),
        *("from urllib.request import urlopen", "import datetime\ndatetime.datetime.now()"),
        *("import uuid", "from uuid import uuid4"),
    ],
)
def test_reaching_out_would_be_found(line: str) -> None:
    assert reaches_out(ast.parse(line))


def test_the_command_line_may_ask_the_environment() -> None:
    assert "environ" in reaches_out(_tree(CORE / "terminal.py"))


@pytest.mark.parametrize("module", [*order(), "__init__"])
def test_every_module_says_what_it_is_for(module: str) -> None:
    docstring = ast.get_docstring(_tree(place(CORE, module)))
    assert docstring
    assert docstring.splitlines()[0].endswith(".")
