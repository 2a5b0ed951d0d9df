"""Commands that compare with the world outside: drafts from it, and what it says otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from . import drafts, drafttext, hub
from .authoring import assign
from .drafts import Draft
from .hubdraft import by_hub_id, differences, from_hub
from .library import Library
from .mofdraft import from_mof
from .problems import count
from .readings import Readings
from .survey import survey
from .terminal import FILE, fail, refuse, root_option, save

_key: Final[Callable[[Any], Any]] = click.option(
    "--id", "key", help="The record's id; made from the name if it is left out."
)
_sets: Final[Callable[[Any], Any]] = click.option(
    "--set", "sets", multiple=True, metavar="FIELD=VALUE", help="What you know yourself."
)
_endpoint: Final[Callable[[Any], Any]] = click.option(
    "--endpoint", envvar="HF_ENDPOINT", metavar="URL", help="Another address of the hub."
)


@click.group("import")
def import_() -> None:
    """Write the draft of a model from what others say of it."""


@import_.command("mof")
@click.argument("file", type=FILE)
@_key
@_sets
@root_option
def import_mof(file: Path, key: str | None, sets: tuple[str, ...], root: Path) -> None:
    """From a YAML file of the Model Openness Tool."""
    library, readings = _read(root)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(f"{file} is not UTF-8: save it as UTF-8")
    draft, problems = from_mof(text, str(file), key, library)
    if draft is None:
        fail(problems)
    _write(draft, sets, root.resolve(), library, readings)


@import_.command("hub")
@click.argument("model_id")
@_key
@_sets
@_endpoint
@root_option
def import_hub(
    model_id: str, key: str | None, sets: tuple[str, ...], endpoint: str | None, root: Path
) -> None:
    """From the metadata of a model on the Hugging Face hub, such as allenai/OLMo-2-1124-7B."""
    library, readings = _read(root)
    try:
        info = hub.fetch(hub.model_id(model_id) or model_id, endpoint)
    except hub.HubError as error:
        refuse(str(error))
    known = by_hub_id(library).get(info.id.lower())
    if known and not key:
        refuse(
            f"`{info.id}` is the hub page of `{known}`: compare with `fieldguide refresh {known}`"
        )
    draft = from_hub(info, key or drafts.slug(info.id.rpartition("/")[2]), library)
    _write(draft, sets, root.resolve(), library, readings)


def _read(root: Path) -> tuple[Library, Readings]:
    readings = Readings()
    return survey(root.resolve(), readings)[0], readings


def _write(
    draft: Draft, sets: tuple[str, ...], root: Path, library: Library, readings: Readings
) -> None:
    """Writes the draft as far as it goes, and says what a person must fill in."""
    if refused := drafts.refusal(draft.collection, draft.key, library):
        refuse(f"{refused}, or choose another with --id" if "exists" in refused else refused)
    assign(draft, sets)
    file = drafttext.place(draft, root)
    save(file, drafttext.added(draft, root, library).encode())
    path = file.relative_to(root).as_posix()
    click.echo(f"Wrote {path}, unchecked. Read each value, then run `fieldguide check`.")
    _, after = survey(root, readings)
    if left := [problem for problem in after if problem.path == path]:
        click.echo(f"{count(left)} to mend before it is complete:")
        for problem in left:
            click.echo(str(problem))


@click.command()
@click.argument("models", nargs=-1)
@_endpoint
@root_option
def refresh(models: tuple[str, ...], endpoint: str | None, root: Path) -> None:
    """List where the hub's metadata disagree with records; changes nothing.

    Without MODELS, every record is compared that links to a model's page on the hub. A line has the
    record, the field, what the record says and what the hub says. Which of them is right is for a
    person to find out. As with `check`, the exit code is 0 if nothing was found and 1 otherwise.
    """
    library, problems = survey(root.resolve())
    if problems:
        fail(problems)
    if strange := [key for key in models if key not in library.models]:
        refuse(f"there is no record `{strange[0]}` in data/models/")
    compared, found = 0, 0
    for key in models or sorted(library.models):
        model = library.models[key]
        page = hub.model_id(model.links.hub)
        if page is None:
            if models:
                click.echo(f"{key}: its record links to no model's page on the hub")
            continue
        try:
            info = hub.fetch(page, endpoint)
        except hub.HubError as error:
            if error.fatal:
                click.echo(f"{compared} compared before this.", err=True)
                refuse(str(error))
            click.echo(f"{key}: {error}")
            found += 1
            continue
        compared += 1
        for field, ours, theirs in differences(model, info, library):
            click.echo(f"{key}: {field}: the record says {ours}; the hub says {theirs}")
            found += 1
    click.echo(f"{compared} compared, {found} differences.")
    if found:
        sys.exit(1)
