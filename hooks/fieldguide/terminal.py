"""What the commands share: the project's folder, and how problems are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from .problems import Problem, count

FOLDER: Final = click.Path(path_type=Path, exists=True, file_okay=False)
FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)


def _root(_: click.Context, __: click.Parameter, value: Path) -> Path:
    if not (value / "data").is_dir():
        raise click.BadParameter(f"{value} has no data/ folder: run this in the project's folder")
    return value


root_option: Final[Callable[[Any], Any]] = click.option(
    "--root", type=FOLDER, default=".", callback=_root, help="The project's folder."
)


def fail(problems: Iterable[Problem]) -> NoReturn:
    """Prints problems, as a forge's annotations where one runs the command, and ends."""
    listed = list(problems)
    for problem in listed:
        click.echo(problem.annotation() if os.environ.get("GITHUB_ACTIONS") else str(problem))
    click.echo(f"{count(listed)}.", err=True)
    sys.exit(1)


def refuse(message: str) -> NoReturn:
    """Says in one line why nothing was done, and ends."""
    raise click.ClickException(f"{message.rstrip('.?')}{'?' if message.endswith('?') else '.'}")


def save(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all; refuses in one line if that cannot be done."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        refuse(f"{file} cannot be written ({error.strerror})")
