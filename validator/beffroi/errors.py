"""The exceptions that stop a run, and their words in `errors.toml`. Bad data never raises: it is a finding."""

from __future__ import annotations

import errno
from functools import cache
from pathlib import Path
from typing import Any

from beffroi import limits
from beffroi.visible import visible


class BeffroiError(Exception):
    """A run cannot go on: `kind` names what happened, `where` it did, `details` fill the words; English as `str`."""

    exit_code = 2

    def __init__(self, kind: str, *, where: str | None = None, **details: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.where = where
        self.details = details

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: str) -> str:
        """What happened, in the language."""
        return self._text("message", lang)

    def hint(self, lang: str) -> str:
        """What to do about it, in the language."""
        return self._text("hint", lang)

    def _text(self, part: str, lang: str) -> str:
        template: str = error_words()[self.kind][part][lang]
        details = {name: told(str(value)) for name, value in self.details.items()}
        if "reason" in details:
            details["reason"] = refusal(details["reason"], lang)
        return template.format_map(details)


def told(value: str) -> str:
    """A detail as a message shows it: visible, and no longer than a line or two."""
    return visible(value if len(value) <= limits.VALUE_SHOWN else f"{value[: limits.VALUE_SHOWN]}…")


class UnknownStandard(BeffroiError):
    """The catalogue holds no standard of that name or version."""


class UnusableFile(BeffroiError):
    """A file that defines something (a standard, a schema, a register) cannot be understood at all."""


class NoSuchInput(BeffroiError):
    """A path that was named does not exist."""


class CannotSample(BeffroiError):
    """Rows that pass a standard cannot be made up."""

    exit_code = 3


class CannotWrite(BeffroiError):
    """A report cannot be written where it was asked for."""


class Interrupted(BeffroiError):
    """The person who started the run has ended it."""

    exit_code = 130


class CannotRead(BeffroiError):
    """An input cannot be read, so nothing can be said about it."""

    exit_code = 3

    @classmethod
    def because(cls, error: OSError, where: str) -> BeffroiError:
        """The error of a file that the system refuses to give; a name that is too long names nothing."""
        if error.errno == errno.ENAMETOOLONG:
            return NoSuchInput("no-such-input", where=where)
        if isinstance(error, PermissionError):
            return cls("may-not-read", where=where)
        return cls("cannot-read", where=where, reason=error.strerror or str(error))


def refusal(reason: str, lang: str) -> str:
    """What the system said when it refused something, in the language; other words stay as they are."""
    return refusals(lang).get(reason, reason)


@cache
def refusals(lang: str) -> dict[str, str]:
    """By what the system says in English, the words of another language for it."""
    import os
    import tomllib

    if lang == "en":
        return {}
    words = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))
    return {os.strerror(getattr(errno, name)): each[lang] for name, each in words.items() if hasattr(errno, name)}


@cache
def error_words() -> dict[str, Any]:
    """The words of all errors, by kind."""
    import tomllib

    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
