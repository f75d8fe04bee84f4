"""A progress bar for long work, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from beffroi.visible import visible

PATIENCE = 1.0
STEPS = 1000


@contextmanager
def shown_progress() -> Iterator[Callable[[str, float], None] | None]:
    """A function to call with a file's name and the part of it that was read; nothing is shown in the first second."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = Bar()
    try:
        yield bar.advance
    finally:
        bar.close()


class Bar:
    """One bar at a time, for the file being read."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._name: str | None = None
        self._bar: Any = None

    def advance(self, name: str, part: float) -> None:
        """Show how far the file of that name has been read."""
        if name != self._name:
            self.close()
            self._name = name
        if self._bar is None:
            if time.monotonic() - self._start < PATIENCE or part >= 1:
                return
            self._bar = click.progressbar(length=STEPS, label=visible(name)[-40:], file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(max(int(part * STEPS) - self._bar.pos, 0))

    def close(self) -> None:
        """End the bar, if one is shown."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
        self._bar = None
