"""Options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from beffroi.cli.language import LANG, default_language
from beffroi.cli.names import charters
from beffroi.settings import LANGUAGES

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

Command = TypeVar("Command", bound=Callable[..., Any])
ANSWERS = ("text", "json")


def not_empty(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """The path of an option; an empty one, as an unset variable leaves it, is a mistake."""
    if value == "":
        raise click.BadParameter(_("the name of the file is empty"), context, parameter)
    return None if value is None else Path(value)


def catalogue_option(command: Command) -> Command:
    """`--catalogue`, which gives the command a `Catalogue` as `catalogue`."""
    return click.option(
        "--catalogue",
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=chosen_catalogue,
        help="A folder with standards of your own, searched first. May be repeated; those of BEFFROI_CATALOGUE "
        "and of beffroi.yaml are searched next.",
    )(command)


def chosen_catalogue(
    context: click.Context, _parameter: click.Parameter, given: tuple[Path, ...]
) -> Catalogue | tuple[Path, ...]:
    """The catalogue of the folders given; only those folders while a shell completes, which may need no catalogue."""
    return given if context.resilient_parsing else catalogue_of(given)


def catalogue_of(given: tuple[Path, ...]) -> Catalogue:
    """The catalogue of the folders given, those of `BEFFROI_CATALOGUE` and of `beffroi.yaml`, and the bundled one."""
    from beffroi.catalogue import Catalogue
    from beffroi.catalogue.projects import catalogues_of_project, here

    environment = [Path(each) for each in os.environ.get("BEFFROI_CATALOGUE", "").split(os.pathsep) if each]
    return Catalogue.of(*given, *environment, *catalogues_of_project(here()))


def charter_option(command: Command) -> Command:
    """`--charter`, the charter by which projects are judged."""
    return click.option(
        "--charter",
        metavar="ID[@V]|FILE",
        shell_complete=charters,
        help="The charter for projects, in place of the one that their declaration names.",
    )(command)


def portfolio_option(command: Command) -> Command:
    """`--portfolio`, the folder with the other projects."""
    return click.option(
        "--portfolio",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder with the city's other declared projects, to look for synergies and duplicates.",
    )(command)


def lang_option(command: Command) -> Command:
    """`--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=usual_language,
        show_default="of your system",
        help="The language of the answer (also: BEFFROI_LANG).",
    )(command)


def usual_language() -> str:
    """The language that a group of commands was asked to speak, or that of the system."""
    context = click.get_current_context(silent=True)
    asked: str | None = context.meta.get(LANG) if context else None
    return asked or default_language()


def format_option(*forms: str) -> Callable[[Command], Command]:
    """`-f`, `--format`, as `form`; the first is the default."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(forms or ANSWERS),
        default=(forms or ANSWERS)[0],
        show_default=True,
        help="How to answer.",
    )


def output_option(
    help_: str = "Write the answer to a file.", *, required: bool = False
) -> Callable[[Command], Command]:
    """`-o`, `--output`, a file that is written whole or not at all."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, readable=False),
        callback=not_empty,
        help=help_,
        required=required,
    )


def answer(content: str, output: Path | None) -> None:
    """Print text, or write it whole to a file."""
    from beffroi.cli.streams import print_out
    from beffroi.cli.writing import write_whole

    if output is None:
        print_out(content)
    else:
        write_whole(output, content)


def as_json(value: Any) -> str:
    """A value of plain values as JSON, for `answer`."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
