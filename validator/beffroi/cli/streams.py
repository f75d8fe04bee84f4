"""Standard output and standard error, which may be closed, full, a broken pipe or of a narrow encoding."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from beffroi.errors import CannotWrite

CLOSED_PIPE = 141
"""128 and the number of SIGPIPE, which Python ignores."""

STREAMS = 3
"""The file numbers of standard input, output and error lie below."""


@contextmanager
def settled_streams() -> Iterator[None]:
    """A block in which no letter is too strange to be printed, and behind which nothing is left that cannot be."""
    occupy_closed()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        settle(sys.stdout)
        settle(sys.stderr)


@contextmanager
def printing() -> Iterator[None]:
    """A block that prints and opens no files.

    A reader who has left (`| head -1`) ends the run without a word; any other refusal raises `CannotWrite`.
    """
    try:
        yield
    except BrokenPipeError:
        sys.exit(CLOSED_PIPE)
    except OSError as error:
        raise CannotWrite("output-failed", reason=error.strerror or str(error)) from error


def print_out(content: str | bytes) -> None:
    """Print text in the terminal's encoding, or bytes as they are; raises `CannotWrite`."""
    with printing():
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        click.echo(content, nl=False, color=True)


def occupy_closed() -> None:
    """Let closed streams lead nowhere, lest a file that is opened later gets their number and what libraries print."""
    while (nowhere := os.open(os.devnull, os.O_RDWR)) < STREAMS:
        pass
    os.close(nowhere)


def settle(stream: TextIO | None) -> None:
    """Flush a stream; let what it cannot pass on go nowhere, so that Python does not complain of it at its end."""
    if stream is None or stream.closed:
        return
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
