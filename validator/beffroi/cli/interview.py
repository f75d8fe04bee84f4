"""The interview on a terminal: one question after the other, back and forth, until all is said or enough of it."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from typing import Any

import click

from beffroi.declaring.answering import told, understood
from beffroi.declaring.choosing import Choices, choices_for
from beffroi.declaring.forms import Kind
from beffroi.declaring.interviewing import NEEDED, Interview, Prompt
from beffroi.declaring.suggesting import suggested
from beffroi.errors import BeffroiError
from beffroi.model.faults import Fault
from beffroi.showing import interview as showing

WHY, BACK, OPEN, END = "?", "<", "-", ">"
"""What has a meaning of its own, alone on a line."""
Keep = Callable[[Interview], None]


class NoTerminal(BeffroiError):
    """An interview is to be led where nobody can answer."""


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return all(each is not None and each.isatty() for each in (sys.stdin, sys.stdout))


def conducted(interview: Interview, keep: Keep) -> Interview:
    """The interview when all was asked; `keep` is called with it after each answer.

    Raises `click.Abort` where the person ends it, or leaves.
    """
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - lets people edit what they type
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return Dialogue(interview, keep).run()


class Dialogue:
    """Asks the questions of one interview, and remembers the way back."""

    def __init__(self, interview: Interview, keep: Keep) -> None:
        self.interview = interview
        self.keep = keep
        self.before: list[Interview] = []
        self.typed: dict[str, Any] = {}
        self.headed = ""

    def run(self) -> Interview:
        """Ask until nothing is open, or the person has had enough."""
        while prompt := next(self.interview.open(), None):
            if not self.step(prompt):
                break
        return self.interview

    def step(self, prompt: Prompt) -> bool:
        """Ask for one value; whether to go on."""
        choices = choices_for(prompt, self.interview)
        suggestion = self.typed.get(prompt.pointer, suggested(prompt, self.interview))
        self.show(prompt, choices)
        while True:
            line = self.read(prompt, choices, suggestion)
            if line == WHY:
                click.echo(showing.why(prompt, self.interview.lang), nl=False)
            elif line == BACK:
                self.back()
                return True
            elif line == END:
                if self.interview.has(NEEDED) and not prompt.is_needed:
                    return False
                self.complain(showing.refused(self.interview))
            elif self.take(prompt, choices, line, suggestion):
                return True

    def take(self, prompt: Prompt, choices: Choices, line: str, suggestion: Any) -> bool:
        """Take an answer, or say why it cannot be taken."""
        value = suggestion if not line else None
        if line not in {"", OPEN}:
            value = understood(line, prompt.question.form, self.interview.lang, choices)
        if isinstance(value, Fault):
            self.complain(told(value, self.interview.lang))
            return False
        if value in (None, []) and prompt.is_needed:
            self.complain(showing.refused(self.interview))
            return False
        self.before.append(self.interview)
        self.typed[prompt.pointer] = value
        self.interview = self.interview.answered(prompt.pointer, None if value == [] else value)
        self.keep(self.interview)
        return True

    def back(self) -> None:
        """Go one step back, if there is one."""
        self.headed = ""
        if self.before:
            self.interview = self.before.pop()
            self.keep(self.interview)
        else:
            self.complain(showing.no_way_back(self.interview))

    def show(self, prompt: Prompt, choices: Choices) -> None:
        """Show a question, below a heading where another thing begins."""
        whole = prompt.pointer.rpartition("/")[0]
        if prompt.within and whole != self.headed:
            click.echo(showing.heading(prompt, self.interview), nl=False)
        self.headed = whole
        click.echo(showing.question(prompt, self.interview, choices), nl=False)

    def read(self, prompt: Prompt, choices: Choices, suggestion: Any) -> str:
        """What is typed: one line, or for several texts as many as there are."""
        shown = showing.value_in_words(suggestion, self.interview.lang) if suggestion is not None else ""
        form = prompt.question.form
        first = line(f"[{shown}] > " if shown else "> ")
        if not (form.many and form.kind is Kind.TEXT and not choices) or first in {"", WHY, BACK, OPEN, END}:
            return first
        lines = [first]
        while another := line("> "):
            lines.append(another)
        return "\n".join(lines)

    def complain(self, text: str) -> None:
        """Say what cannot be, below the answer."""
        click.echo(f"  ✘ {text}")


def line(lead: str) -> str:
    """One line from the terminal, without the spaces around it. Raises `click.Abort` where it is closed."""
    typed: str = click.prompt("", default="", show_default=False, prompt_suffix=lead)
    return typed.strip()
