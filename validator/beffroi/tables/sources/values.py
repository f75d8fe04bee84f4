"""How a native value (of a workbook, of Parquet, of JSON) is written as the text that the rules judge."""

from __future__ import annotations

import base64
import math
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from json.encoder import encode_basestring
from types import NoneType
from typing import TYPE_CHECKING, Any

from beffroi.tables.arrays import np

if TYPE_CHECKING:
    import numpy.typing as npt

PLAIN = (1e-7, 1e21)
"""Between these, a number is written without an exponent."""


class Number(str):
    """A number by the exact text that stands in the file."""

    __slots__ = ()


def text_of(value: Any) -> str | None:
    """The text of a native value; `None` for an absent one."""
    write = WRITERS.get(type(value))
    if write is None:
        write = next((WRITERS[each] for each in type(value).__mro__ if each in WRITERS), str)
    return write(value)


def texts_of(column: Sequence[Any]) -> Sequence[str | None]:
    """The texts of native values, each distinct one written once; an empty text, as of an empty cell, is absent."""
    kinds = set(map(type, column))
    if kinds <= {str, NoneType}:
        return [value or None for value in column] if "" in column else column
    if kinds == {float}:
        return float_texts(column)
    others = kinds - {str}
    if len(others) > 1 or not others <= WRITTEN_ONCE:  # 1, 1.0 and True are equal, and not written alike
        return [None if value == "" else text_of(value) for value in column]
    known: dict[Any, str | None] = {value: text_of(value) for value in set(column)}
    known[""] = None
    return [known[value] for value in column]


def float_texts(column: Sequence[float]) -> list[str | None]:
    """The texts of numbers; most are written by Python as they should be."""
    texts = [text[:-2] if text.endswith(".0") else text for text in map(repr, column)]
    return [
        float_text(value) if "e" in text or "n" in text else text for value, text in zip(column, texts, strict=True)
    ]


def is_native(value: Any) -> bool:
    """Whether a value is a real date or boolean, whose notation is not the writer's choice."""
    return isinstance(value, bool | date)


def native_cells(columns: Iterable[Sequence[Any]], first: int = 0) -> dict[int, npt.NDArray[np.bool_]]:
    """Which cells hold a real date or boolean, for each column that has one; columns are counted from `first`."""
    return {
        number: np.fromiter(map(is_native, column), dtype=bool, count=len(column))
        for number, column in enumerate(columns, start=first)
        if any(issubclass(kind, bool | date) for kind in set(map(type, column)))
    }


def float_text(value: float) -> str:
    """The shortest text that gives the number back: `12`, not `12.0`; digits, not `4.99e+13`; `NaN`, `INF`."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    shortest = repr(value).removesuffix(".0")
    return unfolded(shortest) if "e" in shortest else shortest


def unfolded(text: str) -> str:
    """`1.5e+16` written out, unless it is very large or very small."""
    low, high = PLAIN
    return format(Decimal(text), "f") if low <= abs(float(text)) < high else text


def decimal_text(value: Decimal) -> str:
    """A decimal with the decimals it has, without an exponent."""
    return format(value, "f")


def moment_text(value: datetime | time) -> str:
    """ISO 8601 with `T`, with a fraction of a second only where there is one, `Z` for UTC."""
    text = value.isoformat()
    if value.microsecond:
        whole, fraction = text.split(".")
        text = f"{whole}.{fraction[:6].rstrip('0')}{fraction[6:]}"
    return text.replace("+00:00", "Z")


def duration_text(value: timedelta) -> str:
    """ISO 8601: `P1DT12H`."""
    import isodate

    text: str = isodate.duration_isoformat(value)
    return text


def bytes_text(value: bytes) -> str:
    """Base64 (RFC 4648)."""
    return base64.b64encode(value).decode("ascii")


def json_text(value: Any) -> str:
    """Compact JSON, every number as it was written."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode_basestring(str(key))}:{json_text(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(json_text(each) for each in value) + "]"
    if value is None:
        return "null"
    text = text_of(value) or ""
    return text if isinstance(value, Number | bool | int | float | Decimal) else encode_basestring(text)


WRITTEN_ONCE = {bool, int, datetime, date, time, timedelta}
"""Types whose equal values are written alike; 0.0 and -0.0 are not."""
WRITERS: Mapping[type, Callable[[Any], str | None]] = {
    NoneType: lambda _: None,
    str: lambda value: value,
    Number: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: float_text,
    Decimal: decimal_text,
    datetime: moment_text,
    date: date.isoformat,
    time: moment_text,
    timedelta: duration_text,
    bytes: bytes_text,
    uuid.UUID: str,
    dict: json_text,
    list: json_text,
    tuple: json_text,
}
