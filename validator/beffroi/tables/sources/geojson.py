"""GeoJSON (RFC 7946): the features of a FeatureCollection, a column for each property, and one for the geometry.

A feature's `id` is a column `id` unless the properties have one; the geometry is GeoJSON text. The limits are those of
JSON: the text of the file is held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.tables.batches import Batch, Expected, Notice, Place, Table, parts_of
from beffroi.tables.encodings import TextForm
from beffroi.tables.fields.type_geojson import GEOMETRIES
from beffroi.tables.names import folded
from beffroi.tables.sources.jsontext import Decoder, Walk, open_walk, text_within
from beffroi.tables.sources.objects import Survey, labels_of, object_batches
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.delivery import Delivered

GEOMETRY = "geometry"
WGS84 = re.compile(
    r"(urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
    r"((OGC[:/]([\d.]*[:/])?)?CRS84|EPSG[:/]([\d.]*[:/])?4326)",
    re.IGNORECASE,
)


def open_table(taken: Delivered, expected: Expected) -> Table | Fault:
    """Open a GeoJSON file; what is no FeatureCollection is a fault."""

    def table_in(walk: Walk, form: TextForm) -> Table | Fault:
        if walk.opening == "{":
            return table_of(walk, taken, form, expected)
        walk.decoder.value(walk.text)
        return fault("not-a-table", "not-geojson")

    return open_walk(taken, expected, table_in)


@dataclass(kw_only=True)
class Collection:
    """What a first reading of the outermost object finds."""

    survey: Survey = field(default_factory=Survey)
    type: Any = None
    crs: Any = None
    refused: Fault | None = None

    def read(self, walk: Walk) -> None:
        """Read the whole text."""
        for key, at, value in walk.members(walk.skip(0), "features"):
            if key == "features":
                self.feature(value, walk.line(at), walk.decoder.taken_remarks())
            else:
                self.survey.note(walk.decoder.taken_remarks(), walk.line(at))
            if key == "type":
                self.type = value
            if key == "crs":
                self.crs = value
        walk.finish()

    def feature(self, value: Any, line: int, remarks: list[Fault]) -> None:
        """Take one more feature into account."""
        if self.refused:
            return
        if not is_feature(value):
            number = self.survey.records + 1
            self.refused = fault("not-a-table", "not-a-feature", record=number, line=line)
            return
        if GEOMETRY in (value.get("properties") or {}):
            remarks = [*remarks, fault("duplicate-key", key=GEOMETRY)]
        self.refused = self.survey.add(flattened(value), line, remarks)


def table_of(walk: Walk, taken: Delivered, form: TextForm, expected: Expected) -> Table | Fault:
    """The table in a FeatureCollection; any other object is a fault. Raises what `walk` raises."""
    found = Collection()
    found.read(walk)
    if found.type != "FeatureCollection":
        return not_a_collection(found.type, taken)
    if found.refused:
        return found.refused
    keys = (*(key for key in found.survey.keys if key != GEOMETRY), GEOMETRY)
    labels = (*labels_of(keys[:-1]), geometry_label(expected))
    return Table(
        labels=labels,
        read=ReadAs(format="geojson", encoding=form.encoding, compression=taken.compression),
        parts=parts_of(Content(taken=taken, form=form, keys=keys).batches),
        begin=Place(line=0),
        notices=(*form.notices, *found.survey.notices.values(), *other_crs(found.crs)),
    )


def not_a_collection(kind: Any, taken: Delivered) -> Fault:
    """Why an object is no table."""
    if kind == "Feature":
        return fault("not-a-table", "geojson-feature")
    if kind in GEOMETRIES:
        return fault("not-a-table", "geojson-geometry", type=kind)
    return fault("not-a-table", "not-geojson" if taken.suffix == ".geojson" else "json-object")


def is_feature(value: Any) -> bool:
    """Whether a value is a feature whose properties can be columns."""
    return (
        isinstance(value, dict) and value.get("type") == "Feature" and isinstance(value.get("properties") or {}, dict)
    )


def flattened(feature: dict[str, Any]) -> dict[str, Any]:
    """A feature as one record."""
    properties = feature.get("properties") or {}
    own = {"id": feature["id"]} if "id" in feature and "id" not in properties else {}
    return {**own, **properties, GEOMETRY: feature.get("geometry")}


def geometry_label(expected: Expected) -> str:
    """The geometry's column is spelt as the standard spells it."""
    return next((name for name in expected.names if folded(name) == GEOMETRY), GEOMETRY)


def other_crs(crs: Any) -> Iterator[Notice]:
    """Say that coordinates are not longitude and latitude (RFC 7946, section 4, has no `crs`)."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        yield Notice(fault=fault("geojson-crs", crs=""))
    elif not WGS84.fullmatch(name):
        yield Notice(fault=fault("geojson-crs", crs=name))


@dataclass(frozen=True, kw_only=True)
class Content:
    """The features of a file that was surveyed."""

    taken: Delivered
    form: TextForm
    keys: tuple[str, ...]

    def batches(self) -> Iterator[Batch]:
        """Batches of features."""
        return object_batches(self.records(), self.keys)

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each feature as a record, after its line."""
        text = text_within(self.taken.file, self.form)
        assert isinstance(text, str)
        walk = Walk(text, Decoder())
        for key, at, value in walk.members(walk.skip(0), "features"):
            if key == "features":
                yield walk.line(at), flattened(value)
            walk.decoder.taken_remarks()
