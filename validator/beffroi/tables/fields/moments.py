"""What the types of dates and times share: patterns of `strptime`, fixed-width layouts judged in bulk, `any`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.tables.arrays import np
from beffroi.tables.fields.contract import Reader, not_of_type
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

WIDTHS = {"d": 2, "m": 2, "Y": 4, "H": 2, "M": 2, "S": 2}
RANGES = {"d": (1, 31), "m": (1, 12), "Y": (1, 9999), "H": (0, 23), "M": (0, 59), "S": (0, 59)}
LAST_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FORMS = {
    "%Y": "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])",
    "%H": "(?:[01][0-9]|2[0-3])",
    "%M": "[0-5][0-9]",
    "%S": "[0-5][0-9]",
    "%z": "(?:Z|[+-](?:0[0-9]|1[0-3]):?[0-5][0-9])",
}
MONTHS = (
    ("(?:0[13578]|1[02])", "(?:0[1-9]|[12][0-9]|3[01])"),
    ("(?:0[469]|11)", "(?:0[1-9]|[12][0-9]|30)"),
    ("02", "(?:0[1-9]|1[0-9]|2[0-8])"),
)
"""Months with their days; 29 February is left out."""
WRITTEN_OUT = (("YYYY", "%Y"), ("AAAA", "%Y"), ("MM", "%m"), ("DD", "%d"), ("JJ", "%d"), ("HH", "%H"), ("hh", "%H"))
EXAMPLE = datetime(2024, 1, 31, 13, 5, 9, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REFERENCE = date(1972, 12, 31)
"""XML Schema compares times of day as those of this day."""
OTHER_DIGITS = re.compile(r"(?![0-9])\d")
LONGEST_MOMENT = 100


def strptime_pattern(given: str) -> tuple[str | None, tuple[Fault, ...]]:
    """The `strptime` pattern that a format means, and its defects: `YYYY-MM-DD` is not a pattern."""
    if "%" in given:
        return (given, ()) if usable(given) else (None, (fault("standard-bad-date-format", format=given),))
    pattern = given
    for words, directive in WRITTEN_OUT:
        pattern = pattern.replace(words, directive)
    pattern = re.sub(r"(?<=%H:)(mm|%m)", "%M", pattern).replace("SS", "%S").replace("ss", "%S")
    if "%" in pattern and usable(pattern):
        return pattern, (fault("standard-bad-date-format", "written-out", pattern, format=given),)
    return None, (fault("standard-bad-date-format", format=given),)


def usable(pattern: str) -> bool:
    """Whether `strptime` understands the pattern: it must read what `strftime` writes."""
    try:
        datetime.strptime(EXAMPLE.strftime(pattern), pattern)
    except (ValueError, re.error):
        return False
    return True


def by_format(field: Field, value: Callable[[datetime], Any], iso: Callable[[Field], Reader]) -> Reader:
    """Read in the field's format: by `iso` (also where it cannot be understood), as `any`, or by a pattern."""
    if field.format == "default":
        return iso(field)
    if field.format == "any":
        return by_any(field, value)
    pattern, defects = strptime_pattern(field.format)
    return by_pattern(field, pattern, value, defects) if pattern else with_defects(iso(field), defects)


def with_defects(reader: Reader, defects: tuple[Fault, ...]) -> Reader:
    """The same reader, telling what is wrong with the field."""
    return replace(reader, defects=defects)


def by_pattern(field: Field, pattern: str, value: Callable[[datetime], Any], defects: tuple[Fault, ...]) -> Reader:
    """Read with a `strptime` pattern."""
    wrong = not_of_type(field, expected="pattern", example=EXAMPLE.strftime(pattern))

    def read(text: str) -> Any:
        if OTHER_DIGITS.search(text):
            return wrong
        try:
            return value(datetime.strptime(text, pattern))
        except ValueError:
            return wrong

    layout = fixed_layout(pattern)
    return Reader(
        read=read,
        sure=None if layout is None else lambda texts: fits_layout(texts, layout),
        canonical=canonical,
        form=form_of(pattern),
        defects=defects,
    )


def by_any(field: Field, value: Callable[[datetime], Any]) -> Reader:
    """Read whatever common notation names the moment completely; `01/02/2024` is read day first."""
    from dateutil import parser

    wrong = not_of_type(field, expected=f"any-{field.type}")
    # two defaults that share no part but minute and second: a part not given shows as a difference
    first, second = datetime(1996, 1, 1), datetime(2004, 12, 30, 13)

    def read(text: str) -> Any:
        if len(text) > LONGEST_MOMENT or OTHER_DIGITS.search(text):
            return wrong
        try:
            day_first = not re.match(r"\d{4}", text)
            one, two = (
                parser.parse(text, dayfirst=day_first, default=default, tzinfos=known_zone)
                for default in (first, second)
            )
        except (ValueError, OverflowError):
            return wrong
        return value(one) if value(one) == value(two) else wrong

    return Reader(read=read, canonical=canonical, defects=(fault("standard-ambiguous-format", field=field.name),))


def known_zone(name: str | None, offset: int | None) -> int | None:
    """The offset from UTC in seconds; `EST` and its like name several, and so none."""
    if name and offset is None:
        raise ValueError(name)
    return offset


def canonical(value: Any) -> str:
    """One text for equal moments: those with a time zone are brought to UTC."""
    if isinstance(value, time):
        value = datetime.combine(REFERENCE, value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        try:
            value = value.astimezone(UTC)
        except OverflowError:  # in UTC it falls before year 1 or after year 9999
            return str(value - EPOCH)
    text: str = value.isoformat()
    return text


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A notation of fixed width: directives of `strptime` and literal bytes, each with its offset."""

    width: int
    directives: tuple[tuple[str, int], ...]
    literals: tuple[tuple[int, int], ...]


def fixed_layout(pattern: str) -> Layout | None:
    """The layout of a `strptime` pattern; `None` where widths vary."""
    directives, literals, width = [], [], 0
    for token in re.findall(r"%.?|.", pattern, re.DOTALL):
        if token.startswith("%"):
            if token[1:] not in WIDTHS:
                return None
            directives.append((token[1:], width))
            width += WIDTHS[token[1:]]
        elif token.isspace() or not token.isascii():
            return None
        else:
            literals.append((ord(token), width))
            width += 1
    return Layout(width=width, directives=tuple(directives), literals=tuple(literals))


def form_of(pattern: str) -> str | None:
    """A regular expression of moments that surely exist; `None` for directives that it does not know."""
    tokens = re.findall(r"%.?|.", pattern, re.DOTALL)
    directives = [token for token in tokens if token.startswith("%")]
    if not set(directives) <= set(FORMS) | {"%d", "%m"} or any(directives.count(each) > 1 for each in directives):
        return None
    months = MONTHS if "%m" in directives and "%d" in directives else (("(0[1-9]|1[0-2])", "(0[1-9]|1[0-9]|2[0-8])"),)
    choices = []
    for month, day in months:
        known = {**FORMS, "%m": month, "%d": day}
        choices.append("".join(known.get(token) or re.escape(token) for token in tokens))
    return f"(?:{'|'.join(choices)})"


def fits_layout(texts: Texts, layout: Layout) -> Mask:
    """Where the text has the layout and names a day that surely exists: 29 February is left to the exact reader."""
    fits, matrix = texts.matrix(layout.width)
    good = np.ones(len(matrix), dtype=bool)
    for byte, place in layout.literals:
        good &= matrix[:, place] == byte
    parts: dict[str, np.ndarray] = {}
    for letter, place in layout.directives:
        digits = matrix[:, place : place + WIDTHS[letter]].astype(np.int32) - ord("0")
        good &= ((digits >= 0) & (digits <= 9)).all(axis=1)
        parts[letter] = digits @ (10 ** np.arange(WIDTHS[letter])[::-1])
        low, high = RANGES[letter]
        good &= (parts[letter] >= low) & (parts[letter] <= high)
    if "d" in parts:
        good &= parts["d"] <= (np.array(LAST_DAYS)[np.clip(parts["m"], 0, 12)] if "m" in parts else 28)
    fits = fits.copy()
    fits[fits] = good
    return fits
