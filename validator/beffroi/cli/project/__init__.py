"""`beffroi project`: one module a command, found by its name and imported when it is called."""

from __future__ import annotations

import click

from beffroi.cli.groups import Modules


@click.group("project", cls=Modules, package=__name__)
def project() -> None:
    """Declare a project, check it against the charter, and pass on what was found.

    A project is declared in the file beffroi.yaml of its folder.
    """
