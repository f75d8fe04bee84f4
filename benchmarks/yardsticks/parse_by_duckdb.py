"""Read a table with DuckDB, every cell as text, and look at all of it: TABLE."""

import sys

import duckdb  # type: ignore[import-not-found, unused-ignore]

table = duckdb.read_csv(sys.argv[1], all_varchar=True, header=True, quotechar='"')
lengths = ", ".join(f'sum(length("{column}"))' for column in table.columns)
print(table.aggregate(f"count(*), {lengths}").fetchall())
