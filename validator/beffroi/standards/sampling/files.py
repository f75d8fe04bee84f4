"""Tables that are made up, as files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from beffroi.model.standard import Field
from beffroi.standards.columns import Name
from beffroi.standards.sampling.tables import Cells, MadeTable
from beffroi.tables.names import folded

JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
"""When workbooks say that they were made, so that they are the same each time."""
EXACT_DIGITS = 15
"""So many digits of a number a workbook keeps."""
GEOMETRY = "geometry"
AXES = ("longitude", "latitude")
AS_JSON = {"geojson", "object", "array"}
"""Types whose texts are JSON."""


def rows(made: MadeTable) -> Iterator[list[str]]:
    """The records as texts, empty cells as the schema writes them."""
    names = made.schema.names
    for each in made.records:
        yield [made.absent[name] if (text := each[name]) is None else text for name in names]


def to_csv(made: MadeTable, path: Path, delimiter: str = ",") -> None:
    """CSV (RFC 4180) in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(made.schema.names)
        writer.writerows(rows(made))


def to_tsv(made: MadeTable, path: Path) -> None:
    """The same with tabs."""
    to_csv(made, path, "\t")


def to_xlsx(made: MadeTable, path: Path) -> None:
    """A workbook of one sheet; numbers as numbers, all else as text."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": MOMENT})
        text = workbook.add_format({"num_format": "@"})
        sheet = workbook.add_worksheet(made.rules.name[:31])
        for column, name in enumerate(made.schema.names):
            sheet.write_string(0, column, name, text)
        for row, record in enumerate(made.records, start=1):
            for column, field in enumerate(made.schema.fields):
                given = record[field.name]
                if given is not None and is_short_number(field, given):
                    sheet.write_number(row, column, float(given))
                elif given is not None:
                    sheet.write_string(row, column, given, text)


def is_short_number(field: Field, text: str) -> bool:
    """Whether a text is a number that a workbook keeps as it is."""
    is_number = field.type in {"integer", "number"} and JSON_NUMBER.fullmatch(text)
    return bool(is_number) and sum(map(str.isdigit, text)) <= EXACT_DIGITS


def to_json(made: MadeTable, path: Path) -> None:
    """An array of objects, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(objects(made)) + "\n]\n")


def to_ndjson(made: MadeTable, path: Path) -> None:
    """An object a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{each}\n" for each in objects(made))


def objects(made: MadeTable, without: str | None = None) -> Iterator[str]:
    """Each record as a JSON object."""
    fields = [(json.dumps(each.name, ensure_ascii=False), each) for each in made.schema.fields if each.name != without]
    for record in made.records:
        yield "{" + ", ".join(f"{name}: {as_json(each, record[each.name])}" for name, each in fields) + "}"


def as_json(field: Field, text: str | None) -> str:
    """A cell as JSON: numbers, truth values and structures as such, all else as a text."""
    if text is None:
        return "null"
    if field.type in {"integer", "number"} and JSON_NUMBER.fullmatch(text):
        return text
    structured = field.type in AS_JSON or (field.type == "geopoint" and field.format != "default")
    if structured or (field.type == "boolean" and text in {"true", "false"}):
        return text
    return json.dumps(text, ensure_ascii=False)


def to_geojson(made: MadeTable, path: Path) -> None:
    """A collection of features, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        file.write(",\n".join(features(made)))
        file.write("\n]}\n")


def features(made: MadeTable) -> Iterator[str]:
    """Each record as a feature. Its geometry is that of the field of this name, or else its coordinates, or none."""
    own = next((each.name for each in made.schema.fields if folded(each.name) == GEOMETRY), None)
    coordinates = coordinates_in(made.schema.fields)
    for record, properties in zip(made.records, objects(made, without=own), strict=True):
        place = None if own else coordinates(record)
        shape = record[own] if own else place and f'{{"type": "Point", "coordinates": {place}}}'
        yield f'{{"type": "Feature", "geometry": {shape or "null"}, "properties": {properties}}}'


def coordinates_in(fields: Sequence[Field]) -> Callable[[Cells], str | None]:
    """What gives the longitude and latitude of a record as JSON: from a point, or from a column for each."""
    point = next(
        (each.name for each in fields if each.type == "geopoint" and each.format in {"array", "default"}), None
    )
    if point is not None:
        return lambda record: f"[{text.strip('[]')}]" if (text := record[point]) else None
    names = [next((each.name for each in fields if Name(each.name).tells(kind)), None) for kind in AXES]
    return lambda record: paired([record[name] if name else None for name in names])


def paired(texts: Sequence[str | None]) -> str | None:
    """Two numbers as a JSON array, where both are there."""
    return f"[{', '.join(map(str, texts))}]" if all(each and JSON_NUMBER.fullmatch(each) for each in texts) else None


def to_parquet(made: MadeTable, path: Path) -> None:
    """Parquet, every column as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: pa.array([each[name] for each in made.records], pa.string()) for name in made.schema.names}
    pq.write_table(pa.table(columns), path)


WRITERS: dict[str, Callable[[MadeTable, Path], None]] = {
    "csv": to_csv,
    "tsv": to_tsv,
    "xlsx": to_xlsx,
    "json": to_json,
    "ndjson": to_ndjson,
    "geojson": to_geojson,
    "parquet": to_parquet,
}
"""Format, and suffix, to what writes it."""
