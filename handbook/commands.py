"""Every command, with the words of its `--help`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from beffroi.cli.command import cli
from beffroi.cli.help import HelpfulCommand
from beffroi.cli.speaking import speaking
from beffroi.showing.pages.blocks import Block, Command, Items, Paragraph, Row, Section, Table, code, plain, said
from handbook.words import words

WIDE = 10_000
"""So many letters in a line that no help is broken."""
UNBROKEN = "\b"
EVERYWHERE = {"--help", "--version"}


def blocks(lang: str) -> Iterator[Block]:
    """The command itself, then each of its commands."""
    with speaking(lang):
        context = click.Context(cli, info_name="beffroi", terminal_width=WIDE, max_content_width=WIDE)
        yield from about(context, lang)
        for each in cli.list_commands(context):
            yield section(each, context, lang)


def section(name: str, parent: click.Context, lang: str) -> Section:
    """One command, and those below it."""
    command = parent.command.get_command(parent, name)  # type: ignore[attr-defined]
    context = click.Context(command, info_name=name, parent=parent)
    below = command.list_commands(context) if isinstance(command, click.Group) else ()
    return Section(
        id=context.command_path.replace(" ", "-"),
        title=context.command_path,
        blocks=(*about(context, lang), *(section(each, context, lang) for each in below)),
    )


def about(context: click.Context, lang: str) -> Iterator[Block]:
    """What a command does, how it is called, its options."""
    command = context.command
    shown = command.spoken(context) if isinstance(command, HelpfulCommand) else command
    yield Command(command=" ".join([context.command_path, *shown.collect_usage_pieces(context)]))
    yield from map(paragraph, (shown.help or "").split("\n\n"))
    rows = tuple(row(*record) for each in shown.params if (record := option(each, context)))
    if rows:
        head = (words(lang, "option"), words(lang, "meaning"))
        yield Table(style="wide", caption="", head=head, rows=rows)


def paragraph(text: str) -> Block:
    """A paragraph of a help; a list where click is told to leave the lines alone."""
    if text.startswith(UNBROKEN):
        return Items(
            items=tuple(plain(" ".join(each.split())) for each in text.removeprefix(UNBROKEN).strip().splitlines())
        )
    return said(" ".join(text.split()))


def option(given: click.Parameter, context: click.Context) -> tuple[str, str] | None:
    """An option and what it does; nothing for arguments, and for what is the same everywhere."""
    if not isinstance(given, click.Option) or EVERYWHERE & set(given.opts):
        return None
    return given.get_help_record(context)


def row(name: str, meaning: str) -> Row:
    """An option in a table."""
    return Row(cells=((Paragraph(text=code(name)),), (Paragraph(text=plain(meaning)),)))
