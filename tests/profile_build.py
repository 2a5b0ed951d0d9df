"""Where a build's time goes. Not a test; `make profile` runs it.

    python tests/profile_build.py [NUMBER]

Builds a copy of the guide, with so many made-up models added, under Python's own profiler. Prints
the processor time by module and template of ours and by library, then our most costly functions. A
profiled build takes several times as long; read the shares, not the seconds. What is written in C
(`len`, the YAML parser's core) counts for whoever called it.
"""

from __future__ import annotations

import pstats
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

import synthetic
from copies import Copy, environment

LINES: Final = 25
# Processor time: what else the machine does is left out.
BUILD: Final = """
import cProfile, sys, time
from mkdocs.__main__ import cli
profile = cProfile.Profile(time.process_time)
profile.runcall(cli, ["build", "--quiet"], standalone_mode=False)
profile.dump_stats(sys.argv[1])
"""
Function = tuple[str, int, str]  # File, line, name; the file of what is in C is `~`.


def place(file: str, root: Path) -> str:
    """What a file belongs to: a module or template of ours, or a library."""
    path = Path(file)
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    parts = path.parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    if path.suffix == ".html":
        return f"template {path.name}"
    return "Python itself" if path.is_absolute() or file.startswith("<") else file


def by_place(stats: dict[Function, Any], root: Path) -> Counter[str]:
    """Seconds of each place's own; what is in C counts for its callers."""
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.items():
        if file == "~":
            for (caller, _, _), (_, _, seconds, _) in callers.items():
                spent[place(caller, root)] += seconds
        else:
            spent[place(file, root)] += own
    return spent


def ours(stats: dict[Function, Any], root: Path) -> list[tuple[float, int, str]]:
    """Our functions: seconds with all that they called, number of calls, name."""
    found = []
    for (file, line, name), (_, calls, _, total, _) in stats.items():
        path = Path(file)
        if path.is_relative_to(root):
            found.append((total, calls, f"{name}  {path.relative_to(root).as_posix()}:{line}"))
    return sorted(found, reverse=True)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with tempfile.TemporaryDirectory(prefix="profile_") as folder:
        copy = Copy(Path(folder, "guide"))
        synthetic.add(copy.root, number)
        result = Path(folder, "stats")
        variables = environment(PYTHONPATH=str(copy.root / "hooks"))
        build = [sys.executable, "-c", BUILD, str(result)]
        if subprocess.run(build, cwd=copy.root, env=variables, check=False).returncode:
            sys.exit("The build failed.")
        stats: dict[Function, Any] = pstats.Stats(str(result)).stats  # type: ignore[attr-defined]
        root = copy.root
        spent = by_place(stats, root)
        whole = sum(spent.values())
        print(f"{whole:.1f} s profiled, {number:,} made-up models\n\nown time, by place:")
        for name, seconds in spent.most_common(LINES):
            print(f"{seconds:8.2f} s {seconds / whole:6.1%}  {name}")
        print("\nour functions, with all that they call:")
        for seconds, calls, name in ours(stats, root)[:LINES]:
            print(f"{seconds:8.2f} s {seconds / whole:6.1%} {calls:9,} ×  {name}")


if __name__ == "__main__":
    main()
