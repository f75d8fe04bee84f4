"""`beffroi standard`: one module a command, found by its name and imported when it is called."""

from __future__ import annotations

import click

from beffroi.cli.groups import Modules


@click.group("standard", cls=Modules, package=__name__)
def standard() -> None:
    """Write, test, compare, recognise and publish standards.

    A standard is named by its id (bicycle-parking), with a version (bicycle-parking@1, @1.2, @1.2.0), or by a file.
    """
