"""`beffroi hook`: one module a hook, found by its name and imported when it is called."""

from __future__ import annotations

import click

from beffroi.cli.groups import Modules


@click.group("hook", cls=Modules, package=__name__)
def hook() -> None:
    """What pre-commit calls: check what has changed, say nothing when all is well, and little when not.

    The hooks of .pre-commit-hooks.yaml call these; docs/pre-commit.md tells how to use them.
    """
