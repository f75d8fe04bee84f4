"""One record that is made up, and mended until it passes the checks of several columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from beffroi.standards.sampling import checks
from beffroi.standards.sampling.columns import Column, Columns, Used
from beffroi.standards.sampling.draws import Draw

if TYPE_CHECKING:
    from beffroi.standards.sampling.checks import Texts

FILLED = 0.8
"""How likely a cell is filled that may be empty."""
ROUNDS = 12
"""How often a record is mended before it is given up."""


class Record:
    """A record. `cells` are texts by field, `None` for empty ones; `fixed` are those that must stay as they are.

    Those that another record is `like` begin as they are there.
    """

    def __init__(
        self, columns: Columns, draw: Draw, fixed: Mapping[str, str | None], like: Mapping[str, str | None]
    ) -> None:
        self.columns = columns.by_name
        self.plans = columns.plans
        self.draw = draw
        self.fixed = fixed
        self.attempts = 0
        given = {**like, **fixed}
        self.cells = {
            name: given[name] if name in given else first_text(each, draw) for name, each in self.columns.items()
        }

    def value(self, name: str) -> Any:
        """The value of a cell."""
        return self.columns[name].plan.cell(self.cells[name]).value

    def assign(self, name: str, value: Any) -> bool:
        """Set a cell to a value, if it may hold it."""
        text = None if value is None or name in self.fixed else self.columns[name].written(value)
        if text is None:
            return False
        self.cells[name] = text
        return True

    def redraw(self, name: str) -> bool:
        """Fill a cell with another value, if it may be changed."""
        self.draw = self.draw.again() if self.cells[name] is not None else self.draw
        text = None if name in self.fixed else self.columns[name].text(self.draw)
        if text is None:
            return False
        self.cells[name] = text
        return True

    def may_clear(self, name: str) -> bool:
        """Whether a cell may be emptied."""
        return self.cells[name] is None or not (self.columns[name].required or name in self.fixed)

    def clear(self, name: str) -> bool:
        """Empty a cell, if that may be."""
        if not self.may_clear(name):
            return False
        self.cells[name] = None
        return True

    def breaks(self, used: Used) -> bool:
        """Whether it does not pass a check."""
        cells = tuple(self.cells[each] for each in used.columns)
        if None in cells and used.check.check.needs == "all":
            return False
        return used.check.judged(cells, self.plans) is not None

    def mended(self, used: Sequence[Used]) -> Used | None:
        """Change cells until all checks pass; one that does not, where that cannot be reached."""
        for self.attempts in range(ROUNDS):
            broken = [each for each in used if self.breaks(each)]
            if not broken:
                return None
            for each in broken:
                if self.breaks(each):
                    self.mend(each)
        return next((each for each in used if self.breaks(each)), None)

    def mend(self, used: Used) -> None:
        """Change cells so that a check may pass: as its hook knows, or by chance."""
        hook = checks.find(used.id)
        if hook and hook.mend:
            hook.mend(self, used)
            return
        if hook and hook.texts and len(used.judged) == 1:
            self.fit(used, hook.texts)
        else:
            any(self.redraw(each) and not self.breaks(used) for each in used.columns)

    def fit(self, used: Used, texts: Texts) -> None:
        """Set the one cell that a check with a condition judges to a text that probably passes."""
        (name,) = used.judged
        column = self.columns[name]
        found = (column.by(source, self.draw.again()) for source in texts(column.wanted, used.options))
        text = None if name in self.fixed else next((each for each in found if each is not None), None)
        self.cells[name] = self.cells[name] if text is None else text


def first_text(column: Column, draw: Draw) -> str | None:
    """The text of a cell: often empty where that may be, but not in the first record."""
    if not column.required and not draw.first and not draw.falls(FILLED):
        return None
    return column.text(draw)
