"""`beffroi project new`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import day, today_option
from beffroi.cli.options import answer, as_json, catalogue_option, charter_option, format_option, lang_option, not_empty

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.declaring.answers import Answers
    from beffroi.declaring.beginning import Order
    from beffroi.declaring.interviewing import Interview
    from beffroi.errors import BeffroiError
    from beffroi.model.report import Subject
    from beffroi.showing.interview import Written


@click.command("new", cls=HelpfulCommand)
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@charter_option
@click.option(
    "--answers",
    type=click.Path(readable=False),
    callback=not_empty,
    metavar="FILE",
    help="Ask nothing: take the answers of a YAML file, a part of a beffroi.yaml, or lines like /project/phase: pilot.",
)
@click.option("--force", is_flag=True, help="Replace a beffroi.yaml that is there.")
@catalogue_option
@format_option()
@lang_option
@today_option
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    charter: str | None,
    answers: Path | None,
    force: bool,  # noqa: FBT001 - click passes flags so
    catalogue: Catalogue,
    form: str,
    lang: str,
    today: datetime | None,
) -> None:
    """Declare a project: an interview that asks only what applies, and writes beffroi.yaml.

    The charter decides what is asked. What is left open stands in the file as a comment. An interview that is broken
    off goes on where it ended, when the command is given again.
    """
    from beffroi.declaring.beginning import Order

    order = Order(folder=folder, lang=lang, today=day(today), force=force)
    order.refuse_existing()
    written = declared(order, charter, answers, catalogue)
    answer(told(written, form, lang), None)


def told(written: Written, form: str, lang: str) -> str:
    """What was written, as text or JSON."""
    from beffroi.showing import interview as showing

    return as_json(showing.values(written)) if form == "json" else showing.text(written, lang)


def declared(order: Order, name: str | None, answers: Path | None, catalogue: Catalogue) -> Written:
    """Lead the interview, or take the answers of a file; write the declaration, and judge it."""
    from beffroi.cli.writing import write_whole
    from beffroi.declaring.answers import KEPT, read_answers
    from beffroi.declaring.beginning import begun, chosen, complete
    from beffroi.declaring.writing import written
    from beffroi.showing.interview import Written
    from beffroi.standards.drafting import parents_of

    kept = order.folder / KEPT
    known = read_answers(answers) if answers else going_on(kept)
    charter, named = chosen((name, known.charter), catalogue)
    interview = begun(charter, order, known)
    with parents_of(order.file):
        interview = complete(interview, answers) if answers else led(interview, named, kept)
        write_whole(order.file, written(interview, named))
    if not answers:
        kept.unlink(missing_ok=True)
    project = judged_now(order, name, catalogue)
    return Written(place=order.file.as_posix(), interview=interview, charter=named, project=project)


def judged_now(order: Order, charter: str | None, catalogue: Catalogue) -> Subject | BeffroiError:
    """How the project is judged that was written, or why it cannot be: the declaration is there all the same."""
    from beffroi.declaring.judged import judged
    from beffroi.errors import BeffroiError
    from beffroi.settings import Settings

    settings = Settings(lang=order.lang, today=order.today)
    try:
        return judged(order.file.as_posix(), settings, catalogue, charter=charter).project
    except BeffroiError as error:
        return error


def going_on(kept: Path) -> Answers:
    """The answers that an interview was broken off with, or none. Raises `NoTerminal` where nobody can be asked."""
    from beffroi.cli.interview import NoTerminal, is_terminal
    from beffroi.declaring.answers import Answers, read_answers

    if not is_terminal():
        raise NoTerminal("no-terminal")
    return read_answers(kept, whole=False) if kept.is_file() else Answers(given={}, answers={})


def led(interview: Interview, charter: str, kept: Path) -> Interview:
    """The interview when it was led to its end; raises `Interrupted` where it is broken off, its answers kept."""
    from beffroi.cli.interview import conducted
    from beffroi.cli.writing import write_whole
    from beffroi.declaring.answers import as_kept
    from beffroi.errors import Interrupted
    from beffroi.showing import interview as showing

    note = showing.about_kept(interview)

    def keep(now: Interview) -> None:
        write_whole(kept, as_kept(charter, now.answers, note))

    resumed = kept.as_posix() if kept.is_file() else None
    click.echo(showing.opening(interview, resumed, interview.lang), nl=False)
    try:
        return conducted(interview, keep)
    except (click.Abort, KeyboardInterrupt) as stopped:
        if not kept.is_file():
            raise
        raise Interrupted("interview-kept", where=kept.as_posix()) from stopped
