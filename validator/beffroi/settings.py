"""How a run checks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import BinaryIO

from beffroi.errors import CannotRead
from beffroi.values import dataclass

LANGUAGES = ("en", "fr")
"""The languages of reports and of messages."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to check: how many samples of each finding to keep (`None`: all), in which language to report.

    `jobs` is how many parts of a table may be judged at once (0: as many as there are cores); it changes no result.
    `excerpt` is how many rows of each table are kept for formats that show them.
    """

    samples: int | None = 20
    lang: str = "en"
    today: date | None = None
    progress: Progress | None = None
    stdin: BinaryIO | None = None
    jobs: int = 0
    excerpt: int = 0

    def __post_init__(self) -> None:
        """Raises `ValueError` for what cannot be meant."""
        if self.lang not in LANGUAGES:
            raise ValueError(f"there is no language {self.lang!r}; expected one of: {', '.join(LANGUAGES)}")
        if self.samples is not None and self.samples < 0:
            raise ValueError(f"{self.samples} samples cannot be kept; expected 0 or more, or None for all")
        if self.jobs < 0:
            raise ValueError(f"{self.jobs} parts cannot be judged at once; expected 1 or more, or 0 for one a core")

    @property
    def generated(self) -> str:
        """When the report is made: now, or the day that was given."""
        if self.today is not None:
            return f"{self.today.isoformat()}T00:00:00Z"
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def input(self) -> BinaryIO:
        """Standard input, or what was given in its stead; raises `CannotRead` where it is closed."""
        if self.stdin is not None:
            return self.stdin
        if sys.stdin is None:
            raise CannotRead("no-input", where="-")
        return sys.stdin.buffer
