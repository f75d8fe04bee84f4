"""The exceptions that stop a run. Bad data never raises: it is a finding."""

from __future__ import annotations


class BeffroiError(Exception):
    """A run cannot go on: `where` it happened, what happened (the message), and `hint`, what to do about it."""

    exit_code = 2

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.where = where
        self.hint = hint


class UnknownStandard(BeffroiError):
    """The catalogue holds no standard of that name or version."""


class UnusableFile(BeffroiError):
    """A file that defines something (a standard, a schema, a register) cannot be understood at all."""


class CannotRead(BeffroiError):
    """An input cannot be read, so nothing can be said about it."""

    exit_code = 3


class MissingLibrary(BeffroiError):
    """A rule needs a library that is not installed."""

    exit_code = 3


class NoSuchInput(BeffroiError):
    """A path that was named does not exist."""
