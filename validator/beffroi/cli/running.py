"""Runs the command: every way in which it can end becomes an exit code, and one line with what to do."""

from __future__ import annotations

import contextlib
import os
import sys
from types import TracebackType

import click

from beffroi.cli.command import cli
from beffroi.cli.completion import VARIABLE, complete
from beffroi.cli.help import spoken
from beffroi.cli.language import asked_language
from beffroi.cli.signals import orderly_signals
from beffroi.cli.speaking import speaking
from beffroi.cli.streams import settled_streams
from beffroi.errors import BeffroiError, CannotRead, Interrupted
from beffroi.visible import visible

DEFECT = 70
"""The exit code of a defect of beffroi itself (EX_SOFTWARE of sysexits.h): 1 would be a verdict."""


def run() -> int:
    """Carry out the command line; the exit code."""
    with orderly_signals(), settled_streams(), Defects(), speaking(asked_language(sys.argv)):
        try:
            if VARIABLE in os.environ:
                return complete(cli)
            return cli.main(standalone_mode=False) or 0
        except click.ClickException as error:
            return tell_usage(error)
        except (click.Abort, KeyboardInterrupt):
            return tell(Interrupted("interrupted"))
        except BeffroiError as error:
            return tell(error)
        except OSError as error:
            return tell(refusal(error))


class Defects:
    """A block in which an exception that nobody expected is shown with its traceback, and has its own exit code."""

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or error is None or issubclass(kind, SystemExit | KeyboardInterrupt):
            return
        sys.excepthook(kind, error, trace)
        sys.exit(DEFECT)


def tell(error: BeffroiError) -> int:
    """Tell what stopped the run; its exit code."""
    lang = asked_language(sys.argv)
    place = f"{visible(error.where)}: " if error.where else ""
    with contextlib.suppress(OSError):
        click.echo(f"beffroi: {place}{error.message(lang)}\n  → {error.hint(lang)}", err=True)
    return error.exit_code


def tell_usage(error: click.ClickException) -> int:
    """Tell how the command is to be called; the exit code."""
    if isinstance(error, click.BadParameter) and error.param is not None:
        error.param = spoken(error.param)
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            error.show()
    return error.exit_code


def refusal(error: OSError) -> BeffroiError:
    """What the system refused, where no other place has told it."""
    return CannotRead.because(error, os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "")
