"""How a run checks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO

Progress = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to check: how many samples of each finding to keep (`None`: all), in which language to report."""

    samples: int | None = 20
    lang: str = "en"
    today: date | None = None
    progress: Progress | None = None
    stdin: BinaryIO | None = None

    @property
    def generated(self) -> str:
        """When the report is made: now, or the day that was given."""
        if self.today is not None:
            return f"{self.today.isoformat()}T00:00:00Z"
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def input(self) -> BinaryIO:
        """Standard input, or what was given in its stead."""
        return self.stdin or sys.stdin.buffer
