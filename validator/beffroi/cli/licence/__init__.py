"""`beffroi licence`: one module a command, found by its name and imported when it is called."""

from __future__ import annotations

import click

from beffroi.cli.groups import Modules


@click.group("licence", cls=Modules, package=__name__)
def licence() -> None:
    """Tell what a licence is, what it asks, who accepts it, and what may be made of what.

    A licence may be given as people write it: by its id, another name, a title, or a web address.
    None of the answers is legal advice.
    """
