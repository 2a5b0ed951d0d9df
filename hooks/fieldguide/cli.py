"""Commands for contributors; none of them needs a build."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from . import audit, checks, consistency
from .build import Site
from .mof import judge
from .problems import Problem, ProblemsFound, count
from .survey import survey


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
@click.option(
    "--fix", is_flag=True, help="Mend in the pages what is certain, and say what changed."
)
def check(root: Path, fix: bool) -> None:
    """Validate all data, templates, pages and markers, without building the site.

    Where all of that holds, prose is read with the data: names, figures and claims, terms and works
    that nothing uses. `--fix` changes nothing as long as there is anything worse.
    """
    root = root.resolve()
    try:
        site = Site(root)
        findings = consistency.check(root, site)
        if fix:
            for line in consistency.mend(root, findings):
                click.echo(f"Mended {line}")
            site = Site(root)
            findings = consistency.check(root, site)
    except ProblemsFound as found:
        _fail(found.problems)
    if findings:
        _fail([finding.problem for finding in findings])
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


@main.command("audit")
@click.option("--root", type=_FOLDER, default=".", callback=_root, help="The project's folder.")
@click.option("--sample", "number", default=10, show_default=True, help="Facts to draw.")
@click.option("--seed", default=0, show_default=True, help="Another seed draws other facts.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def show_audit(root: Path, number: int, seed: int, as_json: bool) -> None:
    """Print how complete and how well sourced the records are, and facts to check by hand."""
    library, problems = survey(root.resolve())
    if problems:
        _fail(problems)
    fields, parts = audit.coverage(library)
    verdicts = audit.determined(library)
    conflicting = audit.conflicts(library)
    drawn = audit.sample(library, number, seed)
    if as_json:
        shares = [asdict(c) | {"share": c.share} for c in (*fields, *parts)]
        found = {
            "facts": len(audit.facts(library)),
            "latest": audit.latest(library),
            "coverage": shares,
            "determined": [
                {
                    "definition": d.definition.id,
                    "met": d.met,
                    "not_met": d.not_met,
                    "undetermined": [model.id for model in d.undetermined],
                }
                for d in verdicts
            ],
            "conflicts": [_fact(fact) for fact in conflicting],
            "sample": [_fact(fact) for fact in drawn],
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(f"{len(audit.facts(library))} facts, the newest read in {audit.latest(library)}.")
    for title, rows in (("Fields of all models", fields), ("Parts of models with weights", parts)):
        click.echo(f"\n{title:32}  stated  unknown  without evidence  oldest source")
        for row in rows:
            counts = f"{row.stated:6}  {row.unknown:7}  {row.unsourced:16}"
            click.echo(f"{row.field:32}  {counts}  {row.oldest or ''}")
    click.echo(f"\n{'Verdicts on well-known models':32}     met  not met  undetermined")
    for d in verdicts:
        click.echo(f"{d.definition.short:32}  {d.met:6}  {d.not_met:7}  {len(d.undetermined):12}")
    click.echo(f"\nFacts on which a source says something else: {len(conflicting)}.")
    click.echo(f"\n{len(drawn)} facts to find again (seed {seed}):")
    for fact in drawn:
        click.echo(f"  {fact.collection}/{fact.id} {fact.field}: {fact.value}")
        for piece in fact.evidence:
            click.echo(
                f"    {piece.url} via {piece.via}{f', says {piece.says}' * bool(piece.says)}"
            )


def _fact(fact: audit.Fact) -> dict[str, object]:
    """A fact as plain data."""
    evidence = [piece.model_dump(exclude_none=True) for piece in fact.evidence]
    return asdict(fact) | {"evidence": evidence}


def _fail(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(problem.annotation() if os.environ.get("GITHUB_ACTIONS") else str(problem))
    click.echo(f"{count(problems)}.", err=True)
    sys.exit(1)
