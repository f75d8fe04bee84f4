"""The group of commands that `beffroi` is."""

from __future__ import annotations

import click

from beffroi.cli.charter import charter
from beffroi.cli.check import check
from beffroi.cli.completion import completion
from beffroi.cli.explain import explain
from beffroi.cli.help import HelpfulGroup
from beffroi.cli.hook import hook
from beffroi.cli.licence import licence
from beffroi.cli.project import project
from beffroi.cli.standard import standard
from beffroi.version import __version__


@click.group(cls=HelpfulGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="beffroi", message="beffroi %(version)s")
def cli() -> None:
    """Validate open data against the standards of a municipality.

    Exit codes: 0 nothing at or above --fail-on; 1 such findings; 2 usage or configuration; 3 could not check;
    70 a defect of beffroi itself.
    """


cli.add_command(charter)
cli.add_command(check)
cli.add_command(completion)
cli.add_command(explain)
cli.add_command(hook)
cli.add_command(licence)
cli.add_command(project)
cli.add_command(standard)
