"""Commands whose help can be cut off or refused like any other output."""

from __future__ import annotations

from typing import Any

import click

from beffroi.cli.streams import printing


class HelpfulCommand(click.Command):
    """A command; click prints the help while it makes the context, and would tell a closed pipe by the exit code 1."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Understand the options, or print the help or the version."""
        with printing():
            return super().make_context(*arguments, **options)


class HelpfulGroup(HelpfulCommand, click.Group):
    """A group of commands."""
