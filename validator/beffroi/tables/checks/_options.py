"""The JSON Schemas that the options of several checks share."""

from typing import Any

COLUMN = {"type": "string", "minLength": 1}
COLUMNS = {"type": "array", "items": COLUMN, "minItems": 1}


def all_of(**properties: Any) -> dict[str, Any]:
    """An object that holds every one of `properties` (name → JSON Schema) and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def field_and(**optional: Any) -> dict[str, Any]:
    """An object that names one column as `field`, and may hold `optional` (name → JSON Schema)."""
    return {
        "type": "object",
        "properties": {"field": COLUMN, **optional},
        "required": ["field"],
        "additionalProperties": False,
    }


def one_or_two_columns() -> dict[str, Any]:
    """Options of a check on a point: a column `field`, or a column `longitude` and another `latitude`."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"field": COLUMN, "longitude": COLUMN, "latitude": COLUMN},
        "oneOf": [
            {"required": ["field"], "properties": {"longitude": False, "latitude": False}},
            {"required": ["longitude", "latitude"], "properties": {"field": False}},
        ],
    }
