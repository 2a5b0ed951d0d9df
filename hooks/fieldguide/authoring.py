"""Commands that write records, or what editors need to write them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from . import drafts, drafttext, fields, schemas
from .drafts import Draft
from .problems import Problem
from .readings import Readings
from .survey import survey
from .terminal import fail, refuse, root_option, save


@click.command()
@click.argument("kind", type=click.Choice(list(drafts.KINDS)))
@click.argument("key", metavar="ID")
@click.option("--name", help="What it is called; the id if it is left out.")
@click.option("--source", metavar="URL", help="Where you read yourself what you say of it.")
@click.option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help="As often as you like.")
@root_option
def new(kind: str, key: str, name: str | None, source: str | None, sets: tuple[str, ...],
        root: Path) -> None:  # fmt: skip
    """Write a draft of a record: commented, and valid as it stands.

    A draft says what you say and no more; the rest is unknown. What a record cannot do without is
    asked for, or taken from the options:

    fieldguide new model olmo-9 --name "OLMo 9" --source https://allenai.org/olmo
    --set family=olmo --set developers=allen-institute-for-ai --set access=weights
    --set kind.input=text --set kind.output=text
    """
    root, readings = root.resolve(), Readings()
    library, before = survey(root, readings)
    collection = drafts.KINDS[kind]
    if refused := drafts.refusal(collection, key, library):
        refuse(refused)
    draft = drafts.begun(collection, key, name)
    assign(draft, sets)
    _complete(draft, source)
    file = drafttext.place(draft, root)
    kept = file.read_bytes() if file.exists() else None
    save(file, drafttext.added(draft, root, library).encode())
    _, after = survey(root, readings)
    known = {(problem.path, problem.message) for problem in before}
    if wrong := [problem for problem in after if (problem.path, problem.message) not in known]:
        if kept is None:
            file.unlink()
        else:
            save(file, kept)
        refuse("; ".join(dict.fromkeys(map(_told, wrong))))
    path = file.relative_to(root).as_posix()
    click.echo(f"Wrote {path}. Fill it in, then run `fieldguide check`.")


def _told(problem: Problem) -> str:
    """In a line, with the command for what may be as new as the draft."""
    said = f"{problem.message}. {problem.hint}".rstrip(". ")
    unknown = re.match(r"unknown id `(.+)` in (\w+)", problem.message)
    kinds = {collection: kind for kind, collection in drafts.KINDS.items()}
    if unknown and (kind := kinds.get(unknown[2])):
        said += f" If it is new: `fieldguide new {kind} {unknown[1]}`"
    return said


def assign(draft: Draft, sets: tuple[str, ...]) -> None:
    """Sets fields by what an option says: `FIELD=VALUE`."""
    for one in sets:
        name, equals, text = one.partition("=")
        try:
            if not equals or not text.strip():
                raise ValueError(f"`{one}` does not say FIELD=VALUE")
            drafts.assign(draft, name.strip(), text)
        except ValueError as error:
            refuse(str(error))


def _complete(draft: Draft, source: str | None) -> None:
    """Asks for what the record cannot do without, evidence too; refuses where nobody answers."""
    evidence = drafts.evidence_of(source) if source else None
    missing = [name for name in draft.missing() if name != "evidence"]
    wanted = [f"--set {name}=…" for name in missing]
    if not evidence and drafts.needs_source(draft):
        wanted.append("--source URL")
    if wanted and not sys.stdin.isatty():
        refuse(f"a {draft.kind} cannot do without {', '.join(wanted)}")
    tables = dict(fields.tables(draft.shape))
    for name in missing:
        outer, _, last = name.rpartition(".")
        row = next(row for row in tables[outer] if row.name == last)
        said = click.prompt(f"{name}: {row.about.rstrip('.')} ({row.holds})")
        assign(draft, (f"{name}={said}",))
    if not evidence and drafts.needs_source(draft):
        evidence = drafts.evidence_of(click.prompt("The address where you read it yourself"))
    try:
        if evidence:
            drafts.source(draft, evidence)
    except ValueError as error:
        refuse(str(error))


@click.command("schema")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is out of date.")
@root_option
def write_schemas(only_check: bool, root: Path) -> None:
    """Write the JSON Schemas for editors, and each record's first line that names its own."""
    root = root.resolve()
    library, problems = survey(root)
    if problems:
        fail(problems)
    if only_check:
        if found := schemas.check(root, library):
            fail(found)
        click.echo("Every schema and every first line is as it should be.")
        return
    written = schemas.write(root, library)
    for path in written:
        click.echo(path)
    click.echo(f"{len(written)} files written.")
