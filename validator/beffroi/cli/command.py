"""The group of commands that `beffroi` is."""

from __future__ import annotations

from typing import Any

import click

from beffroi.cli.check import check
from beffroi.cli.streams import ended_by_closed_pipe
from beffroi.version import __version__


class Commands(click.Group):
    """Ends as a closed pipe asks, which click would tell by the exit code 1."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Understand the options, or print the help."""
        with ended_by_closed_pipe():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out a command."""
        with ended_by_closed_pipe():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="beffroi", message="beffroi %(version)s")
def cli() -> None:
    """Validate open data against the standards of a municipality.

    Exit codes: 0 nothing at or above --fail-on; 1 such findings; 2 usage or configuration; 3 could not check;
    70 a defect of beffroi itself.
    """


cli.add_command(check)
