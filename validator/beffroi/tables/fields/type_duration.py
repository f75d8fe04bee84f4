"""`duration`: ISO 8601 as XML Schema's duration, such as `P1Y2M` or `PT15M`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Field

DURATION = re.compile(
    r"(-)?P(?=.)(?:([0-9]{1,999})Y)?(?:([0-9]{1,999})M)?(?:([0-9]{1,999})D)?"
    r"(?:T(?=.)(?:([0-9]{1,999})H)?(?:([0-9]{1,999})M)?(?:([0-9]{1,999}(?:\.[0-9]{1,999})?)S)?)?"
)
REFERENCES = tuple(datetime(year, month, 1, tzinfo=UTC) for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)))
SECONDS_A_DAY = 86400


@dataclass(frozen=True, slots=True)
class Duration:
    """Months and seconds, partly ordered: one is less than another when it ends earlier from each of the four reference
    dates of XML Schema (3.2.6.2); `P1M` is neither less than `P30D` nor equal to it nor greater.
    """

    months: int
    seconds: Fraction

    def ends(self) -> tuple[Fraction, ...]:
        """Where it ends, in seconds from each reference date."""
        return tuple(days_of(start, self.months) * SECONDS_A_DAY + self.seconds for start in REFERENCES)

    def __lt__(self, other: Duration) -> bool:
        return all(one < two for one, two in zip(self.ends(), other.ends(), strict=True))

    def __le__(self, other: Duration) -> bool:
        return self == other or self < other

    def __gt__(self, other: Duration) -> bool:
        return other < self

    def __ge__(self, other: Duration) -> bool:
        return other <= self


def days_of(start: datetime, months: int) -> int:
    """How many days `months` months from `start`, the first of a month, are (400 years are 146097 days)."""
    cycles, rest = divmod(months, 4800)
    year, month = divmod(start.year * 12 + start.month - 1 + rest, 12)
    return cycles * 146097 + (start.replace(year=year, month=month + 1) - start) // timedelta(days=1)


def reader(field: Field) -> Reader:
    """Read a `Duration`."""
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        match = DURATION.fullmatch(text)
        if not match:
            return wrong
        years, months, days, hours, minutes = (int(part or 0) for part in match.groups()[1:6])
        seconds = Fraction(match[7] or 0) + minutes * 60 + hours * 3600 + days * SECONDS_A_DAY
        sign = -1 if match[1] else 1
        return Duration(sign * (years * 12 + months), sign * seconds)

    return Reader(read=read, canonical=lambda value: f"{value.months} months {value.seconds} seconds")


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
