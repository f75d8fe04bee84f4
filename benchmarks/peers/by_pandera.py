"""Validate a table with pandera and Polars: TABLE SCHEMA. Prints its rows and how many failures were found.

As its guide for Polars has it: a `DataFrame`, so that values are looked at and not only the types of columns, and
`lazy`, so that all failures are collected. Polars makes numbers and dates of the cells first; the rest becomes null.
pandera's own `coerce` leaves a column with one wrong cell as text, whose bounds it then cannot look at.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pandera.polars as pa  # type: ignore[import-not-found, unused-ignore]
import polars as pl  # type: ignore[import-not-found, unused-ignore]

TYPES = {"number": pl.Float64, "date": pl.Date}
CASTS = {
    "number": lambda name: pl.col(name).cast(pl.Float64, strict=False),
    "date": lambda name: pl.col(name).str.to_date("%Y-%m-%d", strict=False),
}


def bound(field: dict[str, Any], value: Any) -> Any:
    """A bound as a value of its column."""
    return date.fromisoformat(value) if field["type"] == "date" else value


def checks(field: dict[str, Any]) -> list[Any]:
    """The constraints of a field; a yes-or-no answer is one of its words."""
    constraints = field.get("constraints", {})
    words = constraints.get("enum") or field.get("trueValues", []) + field.get("falseValues", [])
    makers: dict[str, Callable[[Any], Any]] = {
        "pattern": lambda pattern: pa.Check.str_matches(f"^(?:{pattern})$"),
        "maxLength": lambda length: pa.Check.str_length(max_value=length),
        "minimum": lambda least: pa.Check.ge(bound(field, least)),
        "maximum": lambda most: pa.Check.le(bound(field, most)),
    }
    found = [make(constraints[name]) for name, make in makers.items() if name in constraints]
    return found + ([pa.Check.isin(words)] if words else [])


def column(field: dict[str, Any], key: list[str]) -> Any:
    """A field as a column."""
    required = field.get("constraints", {}).get("required", False)
    kind = TYPES.get(field["type"], pl.String)
    return pa.Column(kind, checks(field), nullable=not required, unique=field["name"] in key)


def failures(schema: Any, table: Any) -> int:
    """How many failures there are."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as found:
        return int(found.failure_cases.height)
    return 0


def main(path: str, schema_path: str) -> None:
    """Validate."""
    with open(schema_path, encoding="utf-8") as file:
        given = json.load(file)
    casts = [CASTS[field["type"]](field["name"]) for field in given["fields"] if field["type"] in CASTS]
    table = pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True).with_columns(casts)
    schema = pa.DataFrameSchema({field["name"]: column(field, given["primaryKey"]) for field in given["fields"]})
    print(json.dumps({"rows": table.height, "errors": failures(schema, table)}))


main(*sys.argv[1:])
