"""`geopoint`: longitude, then latitude (WGS 84), as `lon, lat`, as an array or as an object `{lon, lat}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import numbers, structured
from beffroi.tables.fields.contract import BASIC, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def pair(text: str) -> list[Any]:
    """`lon, lat`."""
    return [part.strip() for part in text.split(",")]


def array(text: str) -> list[Any]:
    """`[lon, lat]`."""
    value = structured.parsed(text)
    return value if isinstance(value, list) else []


def keyed(text: str) -> list[Any]:
    """`{"lon": …, "lat": …}`."""
    value = structured.parsed(text)
    return [value["lon"], value["lat"]] if isinstance(value, dict) and set(value) == {"lon", "lat"} else []


NOTATIONS: dict[str, Callable[[str], list[Any]]] = {"default": pair, "array": array, "object": keyed}
WRITTEN = {"default": "{1}, {0}", "array": "[{1}, {0}]", "object": '{{"lon": {1}, "lat": {0}}}'}


def reader(field: Field) -> Reader:
    """Read a pair of `Decimal`, longitude and latitude in degrees."""
    parts = NOTATIONS[field.format]
    wrong = not_of_type(field, expected=f"geopoint-{field.format}")

    def read(text: str) -> Any:
        found = [part if isinstance(part, str) else "" if isinstance(part, bool) else str(part) for part in parts(text)]
        if len(found) != 2 or not all(NUMBER.fullmatch(part) for part in found):
            return wrong
        longitude, latitude = (Decimal(part) for part in found)
        if -180 <= longitude <= 180 and -90 <= latitude <= 90:
            return longitude, latitude
        if -180 <= latitude <= 180 and -90 <= longitude <= 90:
            return not_of_type(field, "swapped-coordinates", WRITTEN[field.format].format(*found))
        return not_of_type(field, "beyond-the-globe")

    return Reader(read=read, canonical=lambda value: ",".join(numbers.canonical(part) for part in value))


TYPE = FieldType(reader=reader, constraints=BASIC, formats=tuple(NOTATIONS))
