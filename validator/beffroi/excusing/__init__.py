"""What of a report does not count, and why: rules that were left out, findings known from a baseline, waivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.deliveries import Judge
    from beffroi.excusing.baseline import Baseline
    from beffroi.model.report import Narrowing, Report


@dataclass(frozen=True, kw_only=True)
class Excuses:
    """What is asked not to count: rules by `narrowing`, what a `baseline` knows."""

    narrowing: Narrowing | None = None
    baseline: Baseline | None = None

    def applied(self, report: Report, judge: Judge, samples: int | None) -> Report:
        """The report with its excuses, those of waivers first; `samples` places are kept of each finding."""
        found = with_waivers(report, judge)
        if self.narrowing:
            from beffroi.excusing.narrowing import narrowed

            found = narrowed(found, self.narrowing)
        if self.baseline:
            from beffroi.excusing.baseline import compared

            found = compared(found, self.baseline, samples)
        return found


def with_waivers(report: Report, judge: Judge) -> Report:
    """The report with the waivers of the repositories that its files are in; nothing is read where there are none."""
    from beffroi.catalogue.projects import project_file

    folders = {Path(each.path).absolute().parent for each in report.subjects if each.delivered and each.findings}
    if not any(project_file(each) for each in folders):
        return report
    from beffroi.excusing.waiving import waived
    from beffroi.projects.repository import Repositories

    today: date = judge.settings.today or datetime.now(UTC).date()
    found = waived(report, today, Repositories(judge.repositories).around)
    return replace(found, also=report.also)
