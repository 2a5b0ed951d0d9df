"""Commands for contributors; none of them needs a build."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from . import checks
from .build import Site
from .library import survey
from .mof import judge
from .problems import Problem, ProblemsFound, count


def _root(_: click.Context, __: click.Parameter, value: Path) -> Path:
    if not (value / "data").is_dir():
        raise click.BadParameter(f"{value} has no data/ folder: run this in the project's folder")
    return value


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def main() -> None:
    """Checks and tools for the Open Model Field Guide."""


@main.command()
@click.option("--root", type=_FOLDER, default=".", callback=_root, help="The project's folder.")
def check(root: Path) -> None:
    """Validate all data, templates, pages and markers, without building the site."""
    try:
        site = Site(root.resolve())
    except ProblemsFound as found:
        _fail(found.problems)
    library = site.guide.library
    numbers = {name: len(library.collections[name]) for name in ("models", "licences", "tools")}
    words = ", ".join(f"{number} {name}" for name, number in numbers.items())
    click.echo(f"All is well: {words}, {len(site.written)} written pages.")


@main.command("check-site")
@click.argument("folder", type=_FOLDER, default="site")
def check_site(folder: Path) -> None:
    """Check every link, anchor and id of a built site."""
    problems = checks.check(folder)
    if problems:
        _fail(problems)
    click.echo("Every link, anchor and id resolves.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--root", type=_FOLDER, default=".", callback=_root, help="The project's folder.")
def mof(files: tuple[Path, ...], root: Path) -> None:
    """Judge files of the Model Openness Tool; print one JSON object a file.

    Each has `file`, `name`, `class` (I, II, III or null), and by class the names of the
    components that are `missing`, under an `invalid` licence, or `unlicensed`; then `warnings`.
    Files that cannot be read are named with their line; the rest are judged, the exit code is 1.
    """
    library, problems = survey(root.resolve())
    if problems:
        _fail(problems)
    for file in files:
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(str(file), 1, 1, "the file is not UTF-8", "Save it as UTF-8"))
            continue
        result, wrong = judge(text, str(file), library)
        problems += wrong
        if result:
            click.echo(json.dumps(result, ensure_ascii=False))
    if problems:
        for problem in problems:
            click.echo(str(problem), err=True)
        sys.exit(1)


def _fail(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(problem.annotation() if os.environ.get("GITHUB_ACTIONS") else str(problem))
    click.echo(f"{count(problems)}.", err=True)
    sys.exit(1)
