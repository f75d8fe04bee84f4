"""What the commands that judge data and projects have in common: their options, and the way to a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beffroi.cli.names import rules
from beffroi.cli.options import catalogue_option, charter_option, lang_option, not_empty, portfolio_option
from beffroi.cli.publishing import Detail, Targets, publish, report_options
from beffroi.model.levels import Level
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.excusing.baseline import Baseline
    from beffroi.model.report import Narrowing, Report
    from beffroi.model.standard import Standard
    from beffroi.settings import Settings


SAMPLES = 20
"""How many places of each finding are kept where nobody asks for more."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """How a command judges and where its report goes, by its options."""

    catalogue: Catalogue
    charter: str | None
    portfolio: Path | None
    settings: Settings
    narrowing: Narrowing | None
    baseline: Path | None
    new_baseline: Path | None
    targets: Targets
    detail: Detail
    fail_on: Level
    exit_zero: bool


fail_on_option = click.option(
    "--fail-on",
    type=click.Choice([each.value for each in Level]),
    default=Level.MUST.value,
    show_default=True,
    help="The weakest level of findings that makes the exit code 1.",
)
today_option = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Judge as if it were that day."
)
OPTIONS: tuple[Callable[[Any], Any], ...] = (
    charter_option,
    portfolio_option,
    catalogue_option,
    report_options,
    lang_option,
    fail_on_option,
    click.option("--exit-zero", is_flag=True, help="End with the exit code 0 whatever is found."),
    click.option(
        "--select",
        multiple=True,
        metavar="RULE",
        shell_complete=rules,
        help="Look at this rule only. May be repeated; * is any letters.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULE",
        shell_complete=rules,
        help="Leave this rule out. May be repeated.",
    ),
    click.option(
        "--baseline",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file of --write-baseline: what it knows does not count.",
    ),
    click.option(
        "--write-baseline",
        "new_baseline",
        type=click.Path(dir_okay=False),
        callback=not_empty,
        help="Write what is found to a file, so that later only new findings count.",
    ),
    click.option(
        "-q", "--quiet", "detail", flag_value="quiet", help="Print only what fails, and nothing when all is well."
    ),
    click.option(
        "-v", "--verbose", "detail", flag_value="verbose", help="Print every place that is kept, and the ids of rules."
    ),
    click.option(
        "--max-samples",
        type=click.IntRange(min=0),
        show_default=f"{SAMPLES}; more for html and xlsx",
        help="How many places to report for each finding; totals are always exact.",
    ),
    click.option("--all", "every", is_flag=True, help="Report every place."),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        show_default="one a core",
        help="How many parts of a table to judge at once; the result is the same.",
    ),
    today_option,
)


def judging_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """All that decides how data and projects are judged and reported; together they are `run`."""

    @wraps(command)
    def with_run(  # noqa: PLR0913 - one parameter an option
        *arguments: Any,
        catalogue: Catalogue,
        charter: str | None,
        portfolio: Path | None,
        targets: Targets,
        lang: str,
        fail_on: str,
        exit_zero: bool,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        baseline: Path | None,
        new_baseline: Path | None,
        detail: str | None,
        max_samples: int | None,
        every: bool,
        jobs: int | None,
        today: datetime | None,
        **given: Any,
    ) -> Any:
        from beffroi.excusing.narrowing import narrowing
        from beffroi.reports import needs
        from beffroi.settings import Settings

        wanted, excerpt = needs(form for form, _ in targets)
        samples = None if every else max(SAMPLES, wanted) if max_samples is None else max_samples
        run = Run(
            catalogue=catalogue,
            charter=charter,
            portfolio=portfolio,
            settings=Settings(samples=samples, lang=lang, today=day(today), jobs=jobs or 0, excerpt=excerpt),
            narrowing=narrowing(select, ignore),
            baseline=baseline,
            new_baseline=new_baseline,
            targets=targets,
            detail=Detail(detail or "usual"),
            fail_on=Level(fail_on),
            exit_zero=exit_zero,
        )
        return command(*arguments, run=run, **given)

    decorated: Callable[..., Any] = with_run
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    return decorated


def day(moment: datetime | None) -> date | None:
    """The day that an option named."""
    return moment.date() if moment else None


def judge(paths: Sequence[str], run: Run, standard: Standard | None = None, also: Standard | None = None) -> int:
    """Judge what paths name and publish the report; the exit code. Raises `BeffroiError`."""
    from beffroi.checking import check_paths
    from beffroi.cli.progress import shown_progress
    from beffroi.excusing import Excuses

    samples = None if run.new_baseline else run.settings.samples
    with shown_progress() as progress:
        report = check_paths(
            paths,
            standard,
            replace(run.settings, progress=progress, samples=samples),
            catalogue=run.catalogue,
            also=also,
            charter=run.charter,
            portfolio=run.portfolio,
            excuses=Excuses(narrowing=run.narrowing, baseline=known_from(run.baseline)),
        )
    if run.new_baseline:
        report = with_new_baseline(report, run.new_baseline, run.settings.samples)
    publish(report, run.targets, run.detail, run.fail_on)
    return 0 if run.exit_zero else report.exit_code(run.fail_on)


def known_from(path: Path | None) -> Baseline | None:
    """The baseline of a file, if one is named. Raises `BeffroiError`."""
    if path is None:
        return None
    from beffroi.excusing.baseline import Baseline

    return Baseline.read(path)


def with_new_baseline(report: Report, path: Path, samples: int | None) -> Report:
    """Write the baseline of a report; the report in which all of it is known. Raises `CannotWrite`."""
    from beffroi.cli.writing import write_whole
    from beffroi.documents import parse_document
    from beffroi.excusing.baseline import Baseline, compared, written

    text = written(report)
    write_whole(path, text)
    return compared(report, Baseline(document=parse_document(text, path.as_posix())), samples)
