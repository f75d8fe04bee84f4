"""The command `beffroi`: turns options into calls, prints, exits."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from beffroi.cli.check import check
from beffroi.cli.language import asked_language
from beffroi.errors import BeffroiError, Interrupted
from beffroi.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="beffroi", message="beffroi %(version)s")
def cli() -> None:
    """Validate open data against the standards of a municipality.

    Exit codes: 0 nothing at or above --fail-on; 1 such findings; 2 usage or configuration; 3 could not check.
    """


cli.add_command(check)


def main() -> None:
    """Run the command; errors that a person can mend are told in one line, with what to do."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        stop(Interrupted("interrupted"))
    except BeffroiError as error:
        stop(error)


def stop(error: BeffroiError) -> NoReturn:
    """Tell what stopped the run, and end with its exit code."""
    lang = asked_language(sys.argv)
    place = f"{error.where}: " if error.where else ""
    click.echo(f"beffroi: {place}{error.message(lang)}\n  → {error.hint(lang)}", err=True)
    sys.exit(error.exit_code)
