"""Reports on their way out: in which formats, to the screen or into files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beffroi.cli.options import not_empty
from beffroi.model.levels import Level
from beffroi.reports import format_of, known_formats, renderer

if TYPE_CHECKING:
    from beffroi.model.report import Report

Targets = list[tuple[str, Path]]
"""Formats, each with the output that it goes to."""
FORMATS = ("text", *(each for each in known_formats() if each != "text"))


class Detail(StrEnum):
    """How much is printed."""

    QUIET = "quiet"
    USUAL = "usual"
    VERBOSE = "verbose"


SCREEN = Path("-")
"""The output that is no file."""
SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file in which GitHub Actions collects what its page shows of a job."""


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format` and `--output`, each of which may be given several times; together they are `targets`."""

    @wraps(command)
    def with_targets(*arguments: Any, forms: Sequence[str], outputs: Sequence[Path], **given: Any) -> Any:
        return command(*arguments, targets=targets_of(forms, outputs), **given)

    options = (
        click.option(
            "-f",
            "--format",
            "forms",
            multiple=True,
            type=click.Choice(FORMATS),
            help="The format of the report; several with as many --output. Without it: that of the file that --output "
            "names, github in GitHub Actions, or else text.",
        ),
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            type=click.Path(dir_okay=False, readable=False),
            callback=paths,
            help="Write the report to a file, whole or not at all; - is the screen. May be repeated.",
        ),
    )
    for each in reversed(options):
        each(with_targets)
    return with_targets


def paths(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[Path, ...]:
    """The files of `--output`; an empty name, as an unset variable leaves it, is a mistake."""
    return tuple(path for each in given if (path := not_empty(context, parameter, each)))


def targets_of(forms: Sequence[str], outputs: Sequence[Path]) -> Targets:
    """Which format goes where. Raises `UsageError` where that cannot be told."""
    if not outputs and len(forms) <= 1:
        return [(forms[0] if forms else usual_format(), SCREEN)]
    if not forms:
        return [(usual_format() if each == SCREEN else format_of(each.name) or "text", each) for each in outputs]
    if len(forms) != len(outputs):
        told = _(
            "--format is given {forms} times and --output {outputs} times; "
            "give each format a file of its own, in the same order, and - for the screen"
        )
        raise click.UsageError(told.format(forms=len(forms), outputs=len(outputs)))
    return list(zip(forms, outputs, strict=True))


def usual_format() -> str:
    """The format for the screen where none was asked for: what GitHub Actions shows beside the lines, or else text."""
    return "github" if "github" in FORMATS and in_github_actions() else "text"


def in_github_actions() -> bool:
    """Whether this is a step of GitHub Actions."""
    return bool(os.environ.get("GITHUB_ACTIONS") and os.environ.get("GITHUB_WORKFLOW"))


def publish(report: Report, targets: Targets, detail: Detail = Detail.USUAL, fail_on: Level = Level.MUST) -> None:
    """Render the report once for each output: printed, or written whole to a file.

    `detail` is for the screen: a quiet run prints what fails at the level `fail_on`, and nothing when all is well.

    What machines read is UTF-8 whatever the terminal's encoding. In GitHub Actions, a summary is added to the job's.
    Raises `CannotWrite`.
    """
    for form, output in targets:
        if output != SCREEN or form != "text":
            deliver(report, form, output)
        elif detail is not Detail.QUIET or report.exit_code(fail_on):
            show(report, detail, fail_on)
    if in_github_actions() and (summary := os.environ.get(SUMMARY)):
        add_summary(report, Path(summary))


def deliver(report: Report, form: str, output: Path) -> None:
    """Print the report in one format, or write it to a file; what is printed is UTF-8."""
    from beffroi.cli.streams import print_out
    from beffroi.cli.writing import encoded, write_whole

    rendered = renderer(form)(report)
    if output != SCREEN:
        write_whole(output, rendered)
    else:
        print_out(rendered if isinstance(rendered, bytes) else encoded(rendered))


def show(report: Report, detail: Detail, fail_on: Level) -> None:
    """Print the report as text."""
    from beffroi.cli.streams import print_out
    from beffroi.excusing.narrowing import failing
    from beffroi.reports.text import render

    if detail is Detail.QUIET:
        report = failing(report, fail_on)
    print_out(render(report, colour=wants_colour(), verbose=detail is Detail.VERBOSE))


def add_summary(report: Report, summary: Path) -> None:
    """Add the report to the summary of a job in GitHub Actions; raises `CannotWrite`."""
    from beffroi.cli.writing import append

    rendered = renderer("markdown")(report)
    append(summary, rendered if isinstance(rendered, str) else rendered.decode())


def quietly(detail: Detail) -> Detail:
    """How much a hook prints: little, unless more was asked for."""
    return Detail.QUIET if detail is Detail.USUAL else detail


def wants_colour() -> bool:
    """Colours only on a terminal, and never against NO_COLOR (no-color.org)."""
    if sys.stdout is None or not sys.stdout.isatty():
        return False
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
