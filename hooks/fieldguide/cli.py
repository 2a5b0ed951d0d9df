"""Commands for contributors; none of them needs a build."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from . import (
    audit,
    authoring,
    checks,
    consistency,
    history,
    importing,
    recording,
    revisions,
    stored,
    telling,
)
from .build import Site
from .diff import difference
from .mof import judge
from .problems import Problem, ProblemsFound
from .survey import survey
from .terminal import FILE, FOLDER, fail, root_option


@click.group()
def main() -> None:
    """Checks and tools for the Open Model Field Guide."""


main.add_command(authoring.new)
main.add_command(authoring.write_schemas)
main.add_command(importing.import_)
main.add_command(importing.refresh)


@main.command()
@root_option
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
        site = Site(root, cache=root / stored.FOLDER)
        findings = consistency.check(root, site)
        if fix:
            for line in consistency.mend(root, findings):
                click.echo(f"Mended {line}")
            site = Site(root, cache=root / stored.FOLDER)
            findings = consistency.check(root, site)
    except ProblemsFound as found:
        fail(found.problems)
    if findings:
        fail([finding.problem for finding in findings])
    library = site.guide.library
    numbers = {name: len(library.collections[name]) for name in ("models", "licences", "tools")}
    words = ", ".join(f"{number} {name}" for name, number in numbers.items())
    click.echo(f"All is well: {words}, {len(site.written)} written pages.")


@main.command("check-site")
@click.argument("folder", type=FOLDER, default="site")
def check_site(folder: Path) -> None:
    """Check every link, anchor and id of a built site."""
    problems = checks.check(folder)
    if problems:
        fail(problems)
    click.echo("Every link, anchor and id resolves.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@root_option
def mof(files: tuple[Path, ...], root: Path) -> None:
    """Judge files of the Model Openness Tool; print one JSON object a file.

    Each has `file`, `name`, `class` (I, II, III or null), and by class the names of the
    components that are `missing`, under an `invalid` licence, or `unlicensed`; then `warnings`.
    Files that cannot be read are named with their line; the rest are judged, the exit code is 1.
    """
    library, problems = survey(root.resolve())
    if problems:
        fail(problems)
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
@root_option
@click.option("--sample", "number", default=10, show_default=True, help="Facts to draw.")
@click.option("--seed", default=0, show_default=True, help="Another seed draws other facts.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def show_audit(root: Path, number: int, seed: int, as_json: bool) -> None:
    """Print how complete and how well sourced the records are, and facts to check by hand."""
    library, problems = survey(root.resolve())
    if problems:
        fail(problems)
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


@main.command("diff")
@click.argument("old")
@click.argument("new", default="")
@root_option
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text",
    show_default=True, help="For a terminal, for a comment on a pull request, or for a program.",
)  # fmt: skip
def show_diff(old: str, new: str, root: Path, form: str) -> None:
    """List the facts and verdicts that differ between OLD and NEW.

    Each is a folder (of a project, or one like data/) or a revision in git, such as HEAD~3 or a
    tag; a folder comes first. Without NEW, OLD is compared with the files as they are now.
    """
    try:
        with revisions.state(old, root) as before, revisions.state(new or str(root), root) as after:
            found = difference(before, after)
    except revisions.NotFound as error:
        raise click.ClickException(str(error)) from None
    if form == "json":
        click.echo(json.dumps(telling.data(found), ensure_ascii=False, indent=2))
        return
    for line in (telling.markdown if form == "markdown" else telling.plain)(found):
        click.echo(line)


@main.command()
@root_option
@click.option("--all", "every", is_flag=True, help="Write all days anew, not only the latest.")
def record(root: Path, every: bool) -> None:
    """Write data/history/ from git: a file for each day on which records changed.

    Days that have a file stay as they are, but for the latest, which may not have been over.
    """
    folder = root / history.FOLDER
    known = sorted(file.stem for file in folder.glob("*.yml"))
    try:
        for day, before, after in revisions.days(root):
            if not every and day in known[:-1]:
                continue
            with revisions.state_of(before, root) as old, revisions.state_of(after, root) as new:
                text = recording.written(difference(old, new))
            file = folder / f"{day}.yml"
            if text:
                folder.mkdir(exist_ok=True)
                file.write_text(text, encoding="utf-8")
            else:
                file.unlink(missing_ok=True)
            said = f"{len(text.encode()):,} bytes" if text else "nothing to tell"
            click.echo(f"{history.FOLDER}/{day}.yml: {said}")
    except revisions.NotFound as error:
        raise click.ClickException(str(error)) from None


def _fact(fact: audit.Fact) -> dict[str, object]:
    """A fact as plain data."""
    evidence = [piece.model_dump(exclude_none=True) for piece in fact.evidence]
    return asdict(fact) | {"evidence": evidence}
