"""Commands whose help is in the language that is spoken, and can be cut off or refused like any other output."""

from __future__ import annotations

import inspect
import re
from copy import copy
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from beffroi.cli.language import LANG
from beffroi.cli.speaking import speaking
from beffroi.cli.streams import printing
from beffroi.settings import LANGUAGES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Spoken = TypeVar("Spoken", bound=click.Command | click.Parameter)
TEXTS = ("help", "short_help", "epilog", "metavar", "show_default", "options_metavar", "subcommand_metavar")
"""The attributes of commands and of their parameters that people read."""


class HelpfulCommand(click.Command):
    """A command; click prints the help while it makes the context, and would tell a closed pipe by the exit code 1."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Understand the options, or print the help or the version."""
        with printing():
            return super().make_context(*arguments, **options)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`; every run needs it, but only a help needs its words."""
        with speaking("en"):
            return super().get_help_option(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """The whole help."""
        return super(HelpfulCommand, self.spoken(ctx)).get_help(ctx)

    def get_usage(self, ctx: click.Context) -> str:
        """The line that stands above errors."""
        return super(HelpfulCommand, self.spoken(ctx)).get_usage(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        return unbroken(super(HelpfulCommand, spoken(self)).get_short_help_str(limit))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The options and commands that begin so."""
        return super(HelpfulCommand, self.spoken(ctx)).shell_complete(ctx, incomplete)

    def spoken(self, context: click.Context) -> Self:
        """This command as it is shown, `--help` being one of its options like any other."""
        shown = spoken(self)
        shown.params = [spoken(each) for each in self.get_params(context)]
        shown.add_help_option = False
        return shown


class HelpfulGroup(HelpfulCommand, click.Group):
    """A group of commands, which all speak the language that the group is asked to speak."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        language = click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=remember_language,
            help="The language of helps, and of answers (also: BEFFROI_LANG).",
        )
        self.params.append(language)


def remember_language(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    """Keep the language for the commands of a group."""
    if value is not None:
        context.meta[LANG] = value


def spoken(thing: Spoken) -> Spoken:
    """A copy of a command or of a parameter, with its texts in the language that is spoken."""
    shown = copy(thing)
    for name in TEXTS:
        if isinstance(text := getattr(shown, name, None), str):
            setattr(shown, name, in_words(text))
    if isinstance(shown, click.Parameter):
        shown.type = copy(shown.type)
        shown.type.name = _(shown.type.name)
    return shown


def in_words(text: str) -> str:
    """A help in the language that is spoken, each paragraph of it by itself."""
    return "\n\n".join(map(paragraph, re.split(r"\n\s*\n", inspect.cleandoc(text))))


def paragraph(text: str) -> str:
    """A paragraph as one line; a list, which click leaves as it is, by its rows."""
    if text.startswith("\b"):
        return "\n".join(map(row, text.splitlines()))
    return _(" ".join(text.split()))


def row(line: str) -> str:
    """A row of a list: a name, which stays, and what it means."""
    found = re.fullmatch(r"(\S+ {2,})(.+)", line)
    return f"{found[1]}{_(found[2])}" if found else line


def unbroken(text: str) -> str:
    """French spaces as they were before click took them for others, so that no line ends at them."""
    return re.sub(r" (?=[:;?!»](?:\s|$))|(?<=«) ", "\u00a0", text)
