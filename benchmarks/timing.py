"""Times commands as whole processes, in turn, so that what else the machine does falls on all alike."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
SHOWN = 400


@dataclass(frozen=True, kw_only=True)
class Command:
    """What to run and where, how many rows it goes through, which exit codes are good, and what it must say."""

    arguments: tuple[str, ...]
    folder: Path
    rows: int = 0
    codes: frozenset[int] = frozenset({0})
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a finished process took: wall and processor seconds, and the most memory it held, in bytes."""

    seconds: float
    cpu: float
    peak: int
    rows: int
    output: str = ""

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The median of several figures, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        """The spread of figures, of which there is at least one."""
        return cls(median=median(figures), least=min(figures), most=max(figures))


class RunFailed(Exception):
    """A command that did not end in time, or not as it should."""


def killed_after(process: subprocess.Popen[bytes], seconds: float) -> threading.Timer:
    """A clock that ends the process, and the processes that it started, after so many seconds."""
    clock = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
    clock.start()
    return clock


def awaited(process: subprocess.Popen[bytes], timeout: float) -> tuple[int, float, int]:
    """The exit code of a process, its processor seconds and its peak memory; children that it awaits count too."""
    clock = killed_after(process, timeout)
    try:
        _, status, used = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        clock.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * PEAK_UNIT


def read(file: IO[bytes]) -> str:
    """What was written to a file."""
    file.seek(0)
    return file.read().decode(errors="replace").strip()


def started(command: Command, output: IO[bytes], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """The process of a command, in a group of its own."""
    return subprocess.Popen(
        command.arguments, cwd=command.folder, stdout=output, stderr=errors, start_new_session=True, env=as_installed()
    )


def as_installed() -> dict[str, str]:
    """The environment, but that Python keeps what it has compiled, as it does for installed packages."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: Command, timeout: float) -> Run:
    """Run a command to its end. Raises `RunFailed` when it takes too long or does not end as it should."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        code, cpu, peak = awaited(started(command, output, errors), timeout)
        seconds, said = time.perf_counter() - start, read(output)
        if seconds >= timeout:
            raise RunFailed(f"not done in {timeout:.0f} s")
        if code not in command.codes:
            raise RunFailed(f"exit code {code}: {' '.join(read(errors)[-SHOWN:].split())}")
    if command.says not in said:
        raise RunFailed(f"it did not say {command.says!r}")
    return Run(seconds=seconds, cpu=cpu, peak=peak, rows=command.rows, output=said)


def in_turn(commands: Sequence[Command], turns: int, timeout: float) -> Iterator[tuple[Run, ...]]:
    """Run the commands one after the other, A B A B, and give each turn when it is done."""
    for _ in range(turns):
        yield tuple(run(command, timeout) for command in commands)
