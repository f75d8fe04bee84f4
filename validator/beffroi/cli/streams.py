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


@contextmanager
def settled_streams() -> Iterator[None]:
    """A block in which no letter is too strange to be printed, and behind which nothing is left that cannot be."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            if unflushed(stream):
                silence(stream)


@contextmanager
def ended_by_closed_pipe() -> Iterator[None]:
    """A block that ends the run without a word when nobody reads its output any more (`| head -1`)."""
    try:
        yield
    except BrokenPipeError:
        sys.exit(CLOSED_PIPE)


def print_out(content: str | bytes) -> None:
    """Print text in the terminal's encoding, or bytes as they are; raises `CannotWrite`, or `BrokenPipeError`."""
    if sys.stdout is None:
        raise CannotWrite("output-failed", reason=os.strerror(errno.EBADF))
    try:
        click.echo(content, nl=False, color=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite("output-failed", reason=error.strerror or str(error)) from error


def output_failed() -> OSError | None:
    """Why standard output does not take what was printed, if it does not."""
    return unflushed(sys.stdout)


def unflushed(stream: TextIO | None) -> OSError | None:
    """What keeps a stream from passing on what it holds."""
    try:
        if stream is not None and not stream.closed:
            stream.flush()
    except OSError as error:
        return error
    return None


def silence(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, so that Python does not complain of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
