"""Our own scripts and style sheets as readers get them: minified, and named by what is in them.

The name changes with the content, so a browser may keep a file for good and never shows an old one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rcssmin import cssmin
from rjsmin import jsmin

from .problems import Problem

CONTENT: Final = "content"
_MINIFIED: Final[Mapping[str, Callable[[str], str]]] = {".css": cssmin, ".js": jsmin}
# The minifier takes a backtick within `${…}` for the end of the outer text.
_NESTED: Final = re.compile(r"\$\{[^}`]*`")


@dataclass(frozen=True)
class Asset:
    """A file of the site: its path below the site's root, and its text."""

    path: str
    text: str


def survey(root: Path) -> tuple[dict[str, Asset], list[Problem]]:
    """Every script and style sheet by its path below `content/`, and what is wrong with them."""
    found: dict[str, Asset] = {}
    problems: list[Problem] = []
    folder = root / CONTENT
    for file in sorted((folder / "assets").glob("*.*")):
        if file.suffix not in _MINIFIED:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        path = file.relative_to(folder)
        if file.suffix == ".js" and (nested := _NESTED.search(text)):
            line = text.count("\n", 0, nested.start()) + 1
            column = nested.start() - text.rfind("\n", 0, nested.start())
            hint = "Make the inner one before, under a name of its own"
            place = f"{CONTENT}/{path.as_posix()}", line, column
            problems.append(Problem(*place, "a template within a template", hint))
        small = _MINIFIED[file.suffix](text) + "\n"
        digest = hashlib.sha256(small.encode()).hexdigest()[:8]
        name = path.with_name(f"{file.stem}.{digest}.min{file.suffix}").as_posix()
        found[path.as_posix()] = Asset(name, small)
    return found, problems
