"""Validate a table with pointblank and Polars: TABLE SCHEMA. Prints its rows and how many test units failed.

As its guide has it: a plan of steps, interrogated once. Polars makes numbers and dates of the cells first; what is
neither becomes null, and is found as such where a value is required.
"""

import json
import sys
from datetime import date
from typing import Any

import pointblank as pb  # type: ignore[import-not-found, unused-ignore]
import polars as pl  # type: ignore[import-not-found, unused-ignore]

CASTS = {
    "number": lambda name: pl.col(name).cast(pl.Float64, strict=False),
    "date": lambda name: pl.col(name).str.to_date("%Y-%m-%d", strict=False),
}


def bound(field: dict[str, Any], value: Any) -> Any:
    """A bound as a value of its column."""
    return date.fromisoformat(value) if field["type"] == "date" else value


def with_steps(plan: Any, field: dict[str, Any]) -> Any:
    """The plan with the constraints of a field; a yes-or-no answer is one of its words."""
    name, constraints = field["name"], field.get("constraints", {})
    words = constraints.get("enum") or field.get("trueValues", []) + field.get("falseValues", [])
    if constraints.get("required"):
        plan = plan.col_vals_not_null(columns=name)
    if "pattern" in constraints:
        plan = plan.col_vals_regex(columns=name, pattern=f"^(?:{constraints['pattern']})$", na_pass=True)
    if "maxLength" in constraints:
        plan = plan.col_vals_expr(pl.col(name).str.len_chars().fill_null(0) <= constraints["maxLength"])
    if "minimum" in constraints:
        plan = plan.col_vals_ge(columns=name, value=bound(field, constraints["minimum"]), na_pass=True)
    if "maximum" in constraints:
        plan = plan.col_vals_le(columns=name, value=bound(field, constraints["maximum"]), na_pass=True)
    return plan.col_vals_in_set(columns=name, set=[*words, None]) if words else plan


def main(path: str, schema_path: str) -> None:
    """Validate."""
    with open(schema_path, encoding="utf-8") as file:
        given = json.load(file)
    casts = [CASTS[field["type"]](field["name"]) for field in given["fields"] if field["type"] in CASTS]
    table = pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True).with_columns(casts)
    plan = pb.Validate(data=table)
    for field in given["fields"]:
        plan = with_steps(plan, field)
    plan = plan.rows_distinct(columns_subset=given["primaryKey"]).interrogate()
    print(json.dumps({"rows": table.height, "errors": sum(plan.n_failed().values())}))


main(*sys.argv[1:])
