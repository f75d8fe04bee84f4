"""How a declaration begins: to which charter, where, and with which answers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.declaring.answers import Answers
from beffroi.declaring.interviewing import NEEDED, Interview
from beffroi.errors import CannotWrite, UnusableFile
from beffroi.model.charter import Charter
from beffroi.projects.declaration import NAME
from beffroi.values import dataclass

USUAL = "municipal"
"""The charter of a city that has none of its own."""
NOT_GIVEN = {"charter", "lastUpdated"}
"""What a new declaration says by itself."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Where a declaration is to be written, in which language, on which day; what is there stays without `force`."""

    folder: Path
    lang: str
    today: date | None = None
    force: bool = False

    @property
    def file(self) -> Path:
        """The declaration."""
        return self.folder / NAME

    @property
    def day(self) -> date:
        """The day of the declaration."""
        return self.today or datetime.now(UTC).date()

    def refuse_existing(self) -> None:
        """Raise `CannotWrite` where there is a declaration that is not to be replaced, or no folder can be."""
        if os.path.lexists(self.file) and not self.force:
            raise CannotWrite("declaration-exists", where=self.file.as_posix(), file=self.file.as_posix())
        if os.path.lexists(self.folder) and not self.folder.is_dir():
            raise CannotWrite("not-a-folder", where=self.folder.as_posix())


def begun(charter: Charter, order: Order, answers: Answers) -> Interview:
    """An interview in which some questions are answered."""
    given = {key: each for key, each in answers.given.items() if key not in NOT_GIVEN}
    return Interview(charter=charter, lang=order.lang, today=order.day, given=given, answers=answers.answers)


def complete(interview: Interview, where: Path) -> Interview:
    """The interview, if a declaration can be written of it; raises `UnusableFile` where the project has no name."""
    if not interview.has(NEEDED):
        raise UnusableFile("project-without-name", where=where.as_posix())
    return interview


def chosen(names: Sequence[str | None], catalogue: Catalogue) -> tuple[Charter, str]:
    """The first charter that is named, or else the city's own if it has one, or else ours; and how to name it.

    Raises `UnknownCharter`, or `UnusableFile` where a city has several and names none of them.
    """
    charters = Charters.of(catalogue)
    name = next((each for each in names if each), None) or usual(catalogue)
    charter = charters.charter(name)
    known = charter.id in charters.ids()
    return charter, f"{charter.id}@{charter.version.partition('.')[0]}" if known else name


def usual(catalogue: Catalogue) -> str:
    """The charter that is meant where none is named."""
    own = Charters(catalogue.own).ids()
    if len(own) > 1:
        raise UnusableFile("which-charter", known=", ".join(own))
    return own[0] if own else USUAL
