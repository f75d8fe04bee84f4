"""Opens a delivered file as a table: one module a family of formats, imported when a file needs it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from beffroi.model.faults import Fault, fault

if TYPE_CHECKING:
    from beffroi.tables.batches import Expected, Table
    from beffroi.tables.delivery import Delivered

FAMILIES = {
    "csv": "csv",
    "tsv": "csv",
    "tab": "csv",
    "txt": "csv",
    "xlsx": "workbook",
    "xlsm": "workbook",
    "xlsb": "workbook",
    "xls": "workbook",
    "ods": "workbook",
    "parquet": "parquet",
    "geoparquet": "parquet",
    "json": "json",
    "ndjson": "ndjson",
    "jsonl": "ndjson",
    "geojsonl": "ndjson",
    "geojson": "geojson",
}
"""Format (and suffix) to the module that reads it."""


def is_table_name(name: str) -> bool:
    """Whether a file of that name is taken for a table."""
    from beffroi.tables.delivery import suffix_of

    return suffix_of(name).removeprefix(".") in FAMILIES


def open_table(taken: Delivered, expected: Expected) -> Table | Fault:
    """Open `taken` by its declared format, its suffix, or else its first bytes; what cannot be a table is a fault."""
    if taken.fault:
        return taken.fault
    family = FAMILIES.get((expected.format or "").lower()) or FAMILIES.get(taken.suffix.removeprefix("."))
    if family is None:
        family = family_by_content(taken)
    if family is None:
        return fault("not-a-table", "unknown-format", suffix=taken.suffix or "-")
    opened: Table | Fault = import_module(f"{__name__}.{family}").open_table(taken, expected)
    return opened


def family_by_content(taken: Delivered) -> str | None:
    """The family that the first bytes tell, for a name without a known suffix."""
    with taken.file.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    if head.lstrip().startswith((b"{", b"[")):
        return "geojson" if b'"FeatureCollection"' in head else "ndjson" if head.lstrip().startswith(b"{") else "json"
    return "csv" if taken.suffix == "" else None
