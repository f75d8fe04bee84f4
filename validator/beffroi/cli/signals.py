"""Signals that end a run end it in order: open contexts are left, so that temporary files go."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
PATIENCE = 2.0
"""For so many seconds after a signal, another does not break off the tidying up."""


@contextmanager
def orderly_signals() -> Iterator[None]:
    """A block that signals leave by an exception; one that the caller had ignored (`nohup`, `&`) stays ignored.

    Behind the block the system's own action holds again: nothing is left to tidy up, and no traceback is to be shown.
    """
    handled = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]
    stop = Stop()
    for each in handled:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in handled:
            signal.signal(each, signal.SIG_DFL)


class Stop:
    """Leaves the run by an exception: `KeyboardInterrupt`, or `SystemExit` with 128 and the signal's number."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def __call__(self, number: int, _: FrameType | None) -> None:
        if time.monotonic() - self._last < PATIENCE:
            return
        self._last = time.monotonic()
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)
