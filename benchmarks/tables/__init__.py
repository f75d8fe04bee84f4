"""Makers of the tables that are checked: always the same for a seed and a number of rows, in a constant memory."""

from benchmarks.tables.grants import GRANTS, Made, grants, small
from benchmarks.tables.keys import KEYS, numbered_keys
from benchmarks.tables.linked import references
from benchmarks.tables.shapes import SHAPES, Shape
from benchmarks.tables.workbook import workbook

__all__ = ["GRANTS", "KEYS", "SHAPES", "Made", "Shape", "grants", "numbered_keys", "references", "small", "workbook"]
