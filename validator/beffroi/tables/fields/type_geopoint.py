"""`geopoint`: longitude, then latitude (WGS 84), as `lon, lat`, as an array or as an object `{lon, lat}`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields.contract import BASIC, FieldType, Reader, not_of_type, unknown_format

if TYPE_CHECKING:
    from beffroi.model.standard import Field

NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
PAIR = re.compile(rf"({NUMBER})\s*,\s*({NUMBER})")


def pair(text: str) -> tuple[Any, Any] | None:
    """`lon, lat`."""
    match = PAIR.fullmatch(text)
    return (match[1], match[2]) if match else None


def array(text: str) -> tuple[Any, Any] | None:
    """`[lon, lat]`."""
    value = parsed(text)
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else None


def keyed(text: str) -> tuple[Any, Any] | None:
    """`{"lon": …, "lat": …}`."""
    value = parsed(text)
    return (value["lon"], value["lat"]) if isinstance(value, dict) and set(value) == {"lon", "lat"} else None


def parsed(text: str) -> Any:
    """The JSON value, or `None`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


NOTATIONS: dict[str, Callable[[str], tuple[Any, Any] | None]] = {"default": pair, "array": array, "object": keyed}
WRITTEN = {"default": "{1}, {0}", "array": "[{1}, {0}]", "object": '{{"lon": {1}, "lat": {0}}}'}


def reader(field: Field) -> Reader:
    """Read a pair of `Decimal`, longitude and latitude in degrees."""
    notation = field.format if field.format in NOTATIONS else "default"
    parts = NOTATIONS[notation]
    wrong = not_of_type(field, expected=f"geopoint-{notation}")

    def read(text: str) -> Any:
        found = parts(text)
        if found is None or not all(is_number(part) for part in found):
            return wrong
        longitude, latitude = (Decimal(str(part)) for part in found)
        if abs(longitude) <= 180 and abs(latitude) <= 90:
            return longitude, latitude
        if abs(latitude) <= 180 and abs(longitude) <= 90:
            return not_of_type(field, "swapped-coordinates", WRITTEN[notation].format(*found))
        return not_of_type(field, "beyond-the-globe")

    return Reader(
        read=read,
        canonical=lambda value: f"{value[0].normalize():f},{value[1].normalize():f}",
        defects=() if field.format in NOTATIONS else unknown_format(field),
    )


def is_number(part: Any) -> bool:
    """A number as JSON or the pair notation gives it."""
    if isinstance(part, str):
        return re.fullmatch(NUMBER, part) is not None
    return isinstance(part, int | float) and not isinstance(part, bool) and abs(part) < 1000


TYPE = FieldType(reader=reader, constraints=BASIC, formats=tuple(NOTATIONS))
