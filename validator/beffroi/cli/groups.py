"""Groups whose commands are the modules of a package."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import click

from beffroi.cli.help import HelpfulGroup
from beffroi.cli.speaking import speaking


class Modules(HelpfulGroup):
    """A group whose commands are the modules of `package`: `list_.py` holds `list`, as `command`."""

    def __init__(self, *arguments: Any, package: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.package = package

    @property
    def modules(self) -> dict[str, str]:
        """The modules of the package by the names of their commands."""
        names = (each.name for each in pkgutil.iter_modules(import_module(self.package).__path__))
        return {each.strip("_").replace("_", "-"): each for each in names}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names of all commands."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; only its module is imported, and its words are looked up when they are shown."""
        if cmd_name not in self.modules:
            return super().get_command(ctx, cmd_name)
        with speaking("en"):
            command: click.Command = import_module(f"{self.package}.{self.modules[cmd_name]}").command
        return command
