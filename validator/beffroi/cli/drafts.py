"""What the commands that draft a standard have in common: where it goes, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from beffroi.cli.options import answer, as_json, not_empty

if TYPE_CHECKING:
    from beffroi.standards.drafting import Draft

Command = TypeVar("Command", bound=Callable[..., Any])
PRINTED = Path("-")


def folder_option(command: Command) -> Command:
    """`-o`, `--output`, the folder of a catalogue, as `output`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(file_okay=False, readable=False, allow_dash=True),
        callback=not_empty,
        metavar="DIR",
        show_default="the catalogue of beffroi.yaml, or this folder",
        help="A folder with standards, or one to begin: the draft is written to DIR/standards/ID.",
    )(command)


def id_option(command: Command) -> Command:
    """`--id`, as `name`."""
    return click.option("--id", "name", metavar="ID", help="The id of the standard, its folder's name.")(command)


def root_of(output: Path | None) -> Path:
    """The folder of the catalogue that a draft goes into: the one given, the project's own, or the current one."""
    from beffroi.catalogue.projects import catalogues_of_project, here

    return output or next(iter(catalogues_of_project(here())), None) or Path()


def finish(draft: Draft, output: Path | None, form: str, lang: str) -> None:
    """Write a draft and tell of it, or print its files. Raises `CannotWrite`."""
    from beffroi.showing import drafted
    from beffroi.standards.drafting import place_for, write

    printed = output == PRINTED
    folder = None if printed else place_for(draft.id, root_of(output))
    if folder:
        write(draft, folder)
    if form == "json":
        answer(as_json(drafted.values(draft, folder)), None)
    else:
        answer(drafted.text(draft, folder, lang) if folder else drafted.printed(draft), None)
