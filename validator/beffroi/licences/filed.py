"""What the licence files of a data package say, such as LICENSE or COPYING.txt, and whether it declares another one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from beffroi.licences.recognising import licence_of_file
from beffroi.licences.register import Register
from beffroi.model.licences import Answer
from beffroi.values import dataclass

NAME = re.compile(r"(?:licen[cs]es?|copying)(?:[-_.][\w.-]*)?", re.IGNORECASE)
SUFFIXES = {"", ".md", ".txt"}
MOST = 5
"""How many files are read."""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A file by its name, and the licence that it is the text of, or names."""

    name: str
    answer: Answer


def licence_files(folder: Path, register: Register) -> tuple[Filed, ...]:
    """The licence files in a folder that are understood, at least as one of several; links are not followed."""
    found = (Filed(name=each, answer=licence_of_file(folder / each, register)) for each in named_like(NAME, folder))
    return tuple(each for each in found if each.answer.possible)


def named_like(pattern: re.Pattern[str], folder: Path) -> list[str]:
    """The first texts in a folder whose names are of that kind; none where it cannot be listed."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names alone
    except OSError:
        return []
    return [each for each in names if pattern.fullmatch(each) and Path(each).suffix.lower() in SUFFIXES][:MOST]


def contradicting(files: Sequence[Filed], declared: Sequence[Answer]) -> Iterator[Filed]:
    """The files that are of none of the licences declared; none where one file is, or where none of them is known."""
    possible = {licence for each in declared for licence in each.possible}
    if possible and not any(possible.intersection(each.answer.possible) for each in files):
        yield from files
