"""What a build costs, beside other site generators. Not a test; `make bench` runs it.

    python tests/bench.py [--rounds 3] [NUMBER …]

For each number (by default 100, 1,000 and 5,000) that many made-up models are added to a copy of
the guide; the copy is built by this project and, with the same pages, by others:

- Material for MkDocs with this guide's settings, without our hook and templates;
- Zensical, which reads the same settings;
- Hugo and Eleventy, with a small layout and a list of all models.

The others get every page as HTML that is already rendered, and only wrap it; this project also
reads and checks the records, renders them, and writes the files for programs. Material and Zensical
make a search index as well; Hugo and Eleventy make none.

Builds run in turn. Each is given as the median of the rounds, in seconds of processor time (user
and system, of all processes). `cold` is without a cache, `warm` the next build after one edit. Who
is not installed is left out; `ZENSICAL`, `HUGO` and `ELEVENTY` name their commands where they are
not on the PATH. With the default numbers, the table goes into README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import rivals
import synthetic
from copies import ROOT, Copy, environment

NUMBERS: Final = (100, 1_000, 5_000)
README: Final = ROOT / "README.md"
MARKS: Final = ("<!-- bench -->\n", "<!-- /bench -->\n")
NAMES: Final = {
    "ours_cold": "this project, cold",
    "ours_warm": "this project, after one edit",
    "material": "Material for MkDocs",
    "zensical_cold": "Zensical, cold",
    "zensical_warm": "Zensical, after one edit",
    "hugo": "Hugo",
    "eleventy": "Eleventy",
}


@dataclass(frozen=True)
class Cost:
    """Of one build: processor seconds, peak memory of its largest process, size of its site."""

    seconds: float
    megabytes: float
    output: float


def measured(command: list[str], folder: Path, site: str, **variables: str) -> Cost | None:
    """Runs a build; None, and what it said, if it fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(**variables), stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace")[-600:]
            print(f"{Path(command[0]).name} failed:\n{text}", file=sys.stderr)
            return None
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    size = sum(file.stat().st_size for file in (folder / site).rglob("*") if file.is_file())
    return Cost(used.ru_utime + used.ru_stime, peak, size / 1e6)


def edit(file: Path, old: str) -> None:
    """A small change, another each time."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, f"{old} again and", 1), encoding="utf-8")


def builders(root: Path, number: int) -> dict[str, Callable[[], Cost | None]]:
    """A build by each generator that is there, by name, in the order in which they run."""
    copy = Copy(root / "ours")
    synthetic.add(copy.root, number)
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    ours = {"PYTHONPATH": str(copy.root / "hooks")}

    def cold() -> Cost | None:
        shutil.rmtree(copy.root / ".cache", ignore_errors=True)
        return measured(mkdocs, copy.root, "site", **ours)

    def warm() -> Cost | None:
        edit(copy.root / "data/models/olmo-2.yml", "The second generation")
        return measured(mkdocs, copy.root, "site", **ours)

    if not cold():
        sys.exit("This project's own build failed.")
    made = list(rivals.pages(copy))
    print(f"{number:,} made-up models: {len(made):,} pages", file=sys.stderr)
    found: dict[str, Callable[[], Cost | None]] = {"ours_cold": cold, "ours_warm": warm}

    material = root / "material"
    rivals.for_material(material, made, copy)
    found["material"] = lambda: measured(mkdocs, material, "site")
    if zensical := command("zensical"):
        other = root / "zensical"
        shutil.copytree(material, other)
        build = [zensical, "build", "--config-file", "mkdocs.yml"]
        found["zensical_cold"] = lambda: measured([*build, "--clean"], other, "site")

        def zensical_warm() -> Cost | None:
            edit(other / "docs/models/olmo-2.md", "The second generation")
            return measured(build, other, "site")

        found["zensical_warm"] = zensical_warm
    if hugo := command("hugo"):
        rivals.for_hugo(root / "hugo", made)
        found["hugo"] = lambda: measured([hugo, "--quiet"], root / "hugo", "public")
    if eleventy := command("eleventy"):
        rivals.for_eleventy(root / "eleventy", made)
        found["eleventy"] = lambda: measured([eleventy, "--quiet"], root / "eleventy", "site")
    return found


def command(name: str) -> str | None:
    """Where a generator is: named by a variable, or on the PATH."""
    return os.environ.get(name.upper()) or shutil.which(name)


def bench(number: int, rounds: int) -> dict[str, Cost]:
    """The median cost of each build."""
    with tempfile.TemporaryDirectory(prefix="bench_") as folder:
        found: dict[str, list[Cost]] = defaultdict(list)
        runs = builders(Path(folder), number)
        for turn in range(rounds):
            for name, run in runs.items():
                if cost := run():
                    found[name].append(cost)
                    seconds, megabytes = f"{cost.seconds:.1f} s", f"{cost.megabytes:.0f} MB"
                    print(f"  round {turn + 1}: {name} {seconds}, {megabytes}", file=sys.stderr)
    return {
        name: Cost(
            *(
                statistics.median(getattr(cost, field) for cost in costs)
                for field in Cost.__dataclass_fields__
            )
        )
        for name, costs in found.items()
    }


def table(results: dict[int, dict[str, Cost]]) -> str:
    """All results as Markdown; ratios are to Material."""
    numbers = list(results)
    head = " | ".join(f"{number:,}" for number in numbers)
    lines = [f"| processor seconds; of Material's | {head} | peak memory | output |"]
    lines.append("|---" * (len(numbers) + 3) + "|")
    last = results[numbers[-1]]
    for name, label in NAMES.items():
        if any(name in costs for costs in results.values()):
            cells = [_cell(costs, name) for costs in results.values()]
            size = (
                [f"{last[name].megabytes:,.0f} MB", f"{last[name].output:,.0f} MB"]
                if name in last
                else ["", ""]
            )
            lines.append("| " + " | ".join([label, *cells, *size]) + " |")
    return "\n".join(lines) + "\n"


def _cell(costs: dict[str, Cost], name: str) -> str:
    if name not in costs:
        return "failed"
    ratio = (
        f"; {costs[name].seconds / costs['material'].seconds:.2f}" if "material" in costs else ""
    )
    return f"{costs[name].seconds:.1f}{ratio}"


def write(text: str, rounds: int) -> None:
    """Puts the table between its marks in the README, with its date."""
    begin, end = MARKS
    before, _, rest = README.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    many = f"median of {rounds} rounds" if rounds > 1 else "one round"
    said = (
        f"Measured on {date.today()} with {os.cpu_count()} cores, {many}. Memory is that of the\n"
        "largest process; memory and output are those at the largest number."
    )
    README.write_text(f"{before}{begin}{text}\n{said}\n{end}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures builds beside other site generators.")
    parser.add_argument("numbers", nargs="*", type=int, help="made-up models to add")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    results = {n: bench(n, asked.rounds) for n in sorted(asked.numbers or NUMBERS)}
    made = table(results)
    print(made)
    if not asked.numbers:
        write(made, asked.rounds)
    for number, costs in results.items():
        seconds = {n: round(costs[n].seconds, 2) if n in costs else None for n in NAMES}
        print(json.dumps({"n": number, **seconds}))


if __name__ == "__main__":
    main()
