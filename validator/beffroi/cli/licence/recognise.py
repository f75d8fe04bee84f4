"""`beffroi licence recognise`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import files
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.model.licences import Answer

NOT_KNOWN = 3
"""The exit code where it cannot be told which licence it is."""
UNREADABLE = 2


@click.command("recognise", cls=HelpfulCommand)
@click.argument("given", metavar="FILE|TEXT|-", shell_complete=files)
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(
    context: click.Context, given: str, catalogue: Catalogue, form: str, output: Path | None, lang: str
) -> None:
    """Tell which licence a text is: a LICENSE or COPYING file, standard input (-), or words that name a licence.

    What is the name of a file is read, anything else is taken as text. A text that was altered, that holds several
    licences, or that sets further terms is told as such, and is no known licence: the exit code is then 3; it is 2
    for what cannot be read. PDF and other files that are no plain text are left alone. This is no legal advice.
    """
    from beffroi.cli.running import tell
    from beffroi.errors import BeffroiError
    from beffroi.licences.deciding import Recognised
    from beffroi.licences.recognising import recognised
    from beffroi.licences.register import Register
    from beffroi.model.licences import Outcome
    from beffroi.showing import recognised as showing

    register = Register.of(catalogue)
    try:
        text = text_given(given)
    except BeffroiError as error:
        tell(error)
        context.exit(UNREADABLE)
    found = recognised(text, register) if isinstance(text, str) else Recognised(answer=text)
    missing = found.answer.outcome is Outcome.UNKNOWN and text is given and looks_like_file(given)
    values = showing.values(found, register, lang) if form == "json" else None
    told = showing.text(found, register, lang, missing=missing) if values is None else as_json(values)
    answer(told, output)
    context.exit(0 if found.answer.outcome is Outcome.KNOWN else NOT_KNOWN)


def text_given(given: str) -> str | Answer:
    """The text that an argument gives, or the answer for what is no text; raises `CannotRead`."""
    import sys

    from beffroi.errors import CannotRead
    from beffroi.licences.recognising import LARGEST, decoded, text_of

    if given == "-":
        if sys.stdin is None:
            raise CannotRead("no-input")
        return decoded(sys.stdin.buffer.read(LARGEST + 1))
    return text_of(Path(given), follow=True) if os.path.exists(given) else given  # noqa: PTH110 - any text may be given


def looks_like_file(given: str) -> bool:
    """Whether a text may be the name of a file."""
    return " " not in given and bool(Path(given).suffix or os.sep in given) and "://" not in given
