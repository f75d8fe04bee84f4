"""Tables of an unfriendly shape, each in a size: what takes long must grow with the size, and no faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Schema = dict[str, Any]
Maker = Callable[[Path, int], Schema]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A shape: what its size counts, the smaller of the two sizes to time, and its maker, which gives its schema."""

    id: str
    counts: str
    size: int
    make: Maker

    @property
    def tells(self) -> str:
        """The shape in words, as its maker describes it."""
        words = (self.make.__doc__ or "").rstrip(".")
        return f"{words[0].lower()}{words[1:]}"


def field(name: str, type: str = "string", **constraints: Any) -> dict[str, Any]:  # noqa: A002 - the word of the specification
    """A field of a schema."""
    return {"name": name, "type": type, "constraints": constraints}


def put(path: Path, header: str, lines: Iterable[str]) -> None:
    """Write a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(f"{line}\n" for line in lines)


def every_row_wrong(path: Path, rows: int) -> Schema:
    """Three wrong cells in every row, all different."""
    put(path, "id,amount,day,kind", (f"{n},{n} €,{n % 28 + 1}/01/{n % 9999},k{n}" for n in range(rows)))
    return {"fields": [field("id"), field("amount", "number"), field("day", "date"), field("kind", enum=["a", "b"])]}


def every_value_distinct(path: Path, rows: int) -> Schema:
    """Valid cells of every kind, no two the same."""
    put(path, "id,code,amount,when", (f"{n},C{n:012},{n}.{n % 97},{2000 + n % 7999}-01-01" for n in range(rows)))
    fields = [
        field("id", "integer"),
        field("code", pattern="C\\d{12}", unique=True),
        field("amount", "number", minimum=0),
    ]
    return {"fields": [*fields, field("when", "date")], "primaryKey": ["id"]}


def distinct_bad(path: Path, values: int) -> Schema:
    """One column whose values are all wrong and all different, each near to one that is listed."""
    put(path, "id,town", (f"{n},Valbrun{n}" for n in range(values)))
    return {"fields": [field("id"), field("town", enum=["Valbrune", "Brehan", "Nogent"])]}


def wide(path: Path, columns: int) -> Schema:
    """Many columns, 200 rows."""
    names = [f"c{n}" for n in range(columns)]
    put(path, ",".join(names), (",".join(str(row * n) for n in range(columns)) for row in range(200)))
    return {"fields": [field(name, "integer", minimum=0) for name in names]}


def huge_cell(path: Path, megabytes: int) -> Schema:
    """One quoted cell of many megabytes, with line breaks."""
    put(path, "id,note", ['1,"' + ("texte, " * 142 + "fin\n") * 1_000 * megabytes + '"', "2,x"])
    return {"fields": [field("id", "integer"), field("note")]}


def ragged(path: Path, rows: int) -> Schema:
    """A cell too many or too few in every row."""
    put(path, "a,b,c", ("1,2,3,4" if n % 2 else "1,2" for n in range(rows)))
    return {"fields": [field("a", "integer"), field("b", "integer"), field("c", "integer")]}


def one_bad_pattern(path: Path, rows: int) -> Schema:
    """A pattern that takes for ever where a regex engine tries again and again: refused, or bounded."""
    put(path, "id,code", (f"{n},{'a' * 40}!" for n in range(rows)))
    return {"fields": [field("id"), field("code", pattern="(a+)+b")]}


SHAPES = {
    shape.id: shape
    for shape in (
        Shape(id="every-row-wrong", counts="rows", size=200_000, make=every_row_wrong),
        Shape(id="every-value-distinct", counts="rows", size=500_000, make=every_value_distinct),
        Shape(id="distinct-bad", counts="values", size=50_000, make=distinct_bad),
        Shape(id="wide", counts="columns", size=2_000, make=wide),
        Shape(id="huge-cell", counts="megabytes", size=50, make=huge_cell),
        Shape(id="ragged", counts="rows", size=200_000, make=ragged),
        Shape(id="bad-pattern", counts="rows", size=100_000, make=one_bad_pattern),
    )
}
