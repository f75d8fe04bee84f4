"""Read a table with pyarrow, every cell as text: TABLE."""

import sys

import pyarrow as pa
from pyarrow import csv

with open(sys.argv[1], encoding="utf-8") as file:
    columns = file.readline().strip().split(",")
parse = csv.ParseOptions(newlines_in_values=True)
convert = csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()))
print(csv.read_csv(sys.argv[1], parse_options=parse, convert_options=convert).num_rows)
