"""The command `beffroi`: turns options into calls, prints, exits."""

from __future__ import annotations

import sys

import click

from beffroi.cli.check import check
from beffroi.errors import BeffroiError
from beffroi.version import __version__

INTERRUPTED = 130


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
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted: nothing was written", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except BeffroiError as error:
        place = f"{error.where}: " if error.where else ""
        click.echo(f"beffroi: {place}{error}", err=True)
        if error.hint:
            click.echo(f"  → {error.hint}", err=True)
        sys.exit(error.exit_code)
