"""`beffroi standard`: one module a command, found by its name and imported when it is called."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click

from beffroi.cli.help import HelpfulGroup


class Modules(HelpfulGroup):
    """A group whose commands are the modules of this package: `list_.py` holds `list`, as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names of all commands."""
        return sorted(each.name.strip("_").replace("_", "-") for each in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        for each in pkgutil.iter_modules(__path__):
            if each.name.strip("_").replace("_", "-") == cmd_name:
                command: click.Command = import_module(f"{__name__}.{each.name}").command
                return command
        return super().get_command(ctx, cmd_name)


@click.group("standard", cls=Modules)
def standard() -> None:
    """Write, test, compare, recognise and publish standards.

    A standard is named by its id (bicycle-parking), with a version (bicycle-parking@1, @1.2, @1.2.0), or by a file.
    """
