"""`beffroi charter`: one module a command, found by its name and imported when it is called."""

from __future__ import annotations

import click

from beffroi.cli.groups import Modules


@click.group("charter", cls=Modules, package=__name__)
def charter() -> None:
    """Write, test, compare, try out and publish digital charters, and profiles of them.

    A charter is named by its id (municipal), with a version (municipal@1, @1.2, @1.2.0), or by a file.
    """
