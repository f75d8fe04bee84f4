"""`beffroi completion`, and what the script that it prints asks for while somebody types."""

from __future__ import annotations

import os

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.errors import BeffroiError

PROGRAM = "beffroi"
VARIABLE = "_BEFFROI_COMPLETE"
"""By this variable a shell asks for completions, in place of a run."""
SHELLS = ("bash", "zsh", "fish")


@click.command("completion", cls=HelpfulCommand)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options and names when the Tab key is pressed.

    \b
    bash  in ~/.bashrc: eval "$(beffroi completion bash)"
    zsh   in ~/.zshrc: eval "$(beffroi completion zsh)"
    fish  in ~/.config/fish/config.fish: beffroi completion fish | source

    The names of standards, charters, licences and rules are completed too.
    """
    from click.shell_completion import get_completion_class

    from beffroi.cli.streams import print_out

    found = get_completion_class(shell)
    if found is not None:
        print_out(found(context.find_root().command, {}, PROGRAM, VARIABLE).source())


def complete(cli: click.Command) -> int:
    """Answer the shell; the exit code. Whatever is wrong, nothing is said amid the line that somebody types."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(cli, {}, PROGRAM, VARIABLE, os.environ[VARIABLE])
    except (BeffroiError, click.ClickException, OSError, KeyError, ValueError):
        return 1
