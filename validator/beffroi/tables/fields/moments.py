"""What the types of dates and times share: patterns of `strptime`, fixed-width layouts judged in bulk, `any`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from beffroi.model.faults import Fault, fault
from beffroi.tables.fields.contract import Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

WIDTHS = {"d": 2, "m": 2, "Y": 4, "H": 2, "M": 2, "S": 2}
RANGES = {"d": (1, 28), "m": (1, 12), "Y": (1, 9999), "H": (0, 23), "M": (0, 59), "S": (0, 59)}
WRITTEN_OUT = (("YYYY", "%Y"), ("AAAA", "%Y"), ("MM", "%m"), ("DD", "%d"), ("JJ", "%d"), ("HH", "%H"), ("hh", "%H"))
EXAMPLE = datetime(2024, 1, 31, 13, 5, 9, tzinfo=UTC)


def strptime_pattern(given: str) -> tuple[str | None, tuple[Fault, ...]]:
    """The `strptime` pattern that a format means, and its defects: `fmt:` is old, `YYYY-MM-DD` is not a pattern."""
    pattern = given.removeprefix("fmt:")
    if "%" in pattern:
        return pattern, () if usable(pattern) else (fault("standard-bad-date-format", format=given),)
    for words, directive in WRITTEN_OUT:
        pattern = pattern.replace(words, directive)
    pattern = re.sub(r"(?<=%H:)(mm|%m)", "%M", pattern).replace("SS", "%S").replace("ss", "%S")
    if "%" in pattern and usable(pattern):
        return pattern, (fault("standard-bad-date-format", "written-out", pattern, format=given),)
    return None, (fault("standard-bad-date-format", format=given),)


def usable(pattern: str) -> bool:
    """Whether `strptime` understands the pattern: it must read what `strftime` writes."""
    try:
        datetime.strptime(EXAMPLE.strftime(pattern), pattern)  # noqa: DTZ007
    except (ValueError, re.error):
        return False
    return True


def by_pattern(field: Field, pattern: str, value: Callable[[datetime], Any], defects: tuple[Fault, ...]) -> Reader:
    """Read with a `strptime` pattern."""
    wrong = not_of_type(field, expected="pattern", example=EXAMPLE.strftime(pattern))

    def read(text: str) -> Any:
        try:
            return value(datetime.strptime(text, pattern))  # noqa: DTZ007
        except ValueError:
            return wrong

    layout = fixed_layout(pattern)
    return Reader(
        read=read,
        sure=None if layout is None else lambda texts: fits_layout(texts, layout),
        canonical=isoformat,
        defects=defects,
    )


def by_any(field: Field, value: Callable[[datetime], Any]) -> Reader:
    """Read whatever common notation names the moment completely; `01/02/2024` is read day first."""
    from dateutil import parser

    wrong = not_of_type(field, expected=f"any-{field.type}")
    first, second = datetime(1996, 1, 1), datetime(2004, 12, 30)  # noqa: DTZ001 - a part not given shows as a difference

    def read(text: str) -> Any:
        try:
            day_first = not re.match(r"\d{4}", text)
            one, two = (parser.parse(text, dayfirst=day_first, default=default) for default in (first, second))
        except (ValueError, OverflowError):
            return wrong
        return value(one) if value(one) == value(two) else wrong

    return Reader(read=read, canonical=isoformat, defects=(fault("standard-ambiguous-format", field=field.name),))


def isoformat(value: Any) -> str:
    """One text for equal moments: those with a time zone are brought to UTC."""
    if getattr(value, "tzinfo", None) is not None and isinstance(value, datetime):
        value = value.astimezone(UTC)
    text: str = value.isoformat()
    return text


Layout = tuple[int, tuple[tuple[str, int], ...], tuple[tuple[int, int], ...]]


def fixed_layout(pattern: str) -> Layout | None:
    """Width, directives with their offsets, and literal bytes with theirs; `None` where widths vary."""
    directives, literals, width, index = [], [], 0, 0
    while index < len(pattern):
        if pattern[index] == "%":
            letter = pattern[index + 1 : index + 2]
            if letter not in WIDTHS:
                return None
            directives.append((letter, width))
            width += WIDTHS[letter]
            index += 2
            continue
        if pattern[index].isspace() or not pattern[index].isascii():
            return None
        literals.append((ord(pattern[index]), width))
        width += 1
        index += 1
    return width, tuple(directives), tuple(literals)


def fits_layout(texts: Texts, layout: Layout) -> Mask:
    """Where the text has the layout and every part is in a range that is valid in any month."""
    width, directives, literals = layout
    fits, matrix = texts.matrix(width)
    good = np.ones(len(matrix), dtype=bool)
    for byte, place in literals:
        good &= matrix[:, place] == byte
    parts: dict[str, np.ndarray] = {}
    for letter, place in directives:
        digits = matrix[:, place : place + WIDTHS[letter]].astype(np.int32) - ord("0")
        good &= ((digits >= 0) & (digits <= 9)).all(axis=1)
        parts[letter] = digits @ (10 ** np.arange(WIDTHS[letter])[::-1])
        low, high = RANGES[letter]
        good &= (parts[letter] >= low) & (parts[letter] <= (31 if letter == "d" else high))
    if "d" in parts:
        good &= (parts["d"] <= 28) | last_days(parts)
    fits = fits.copy()
    fits[fits] = good
    return fits


def last_days(parts: dict[str, np.ndarray]) -> Mask:
    """Where a 29th, 30th or 31st surely exists: never in February, which the exact reader judges."""
    if "m" not in parts:
        return np.zeros(len(parts["d"]), dtype=bool)
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    return parts["d"] <= lengths[np.clip(parts["m"], 0, 12)]
