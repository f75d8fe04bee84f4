"""What changed in the words about a standard, its tables and its columns: no verdict depends on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from beffroi.catalogue.changes.change import Change
from beffroi.catalogue.changes.sides import Sides, schema_of
from beffroi.catalogue.table_schema import OF_SCHEMAS, OF_TYPES
from beffroi.model.standard import ResourceRules, Standard, TableSchema

OF_STANDARDS = (*OF_SCHEMAS, "custom_checks", "version", "resources", "levels", "licences", "package", "raw")
OF_RESOURCES = ("name", "schema", "required", "formats", "columns", "checks", "data", "path", "bytes", "hash")
OF_FIELDS = ("name", "type", "format", "constraints", "missingValues", *OF_TYPES)
"""The keys of each that have changes of their own; `data` and the like are not words either."""
Written = Mapping[str, Any]


def metadata_changes(
    before: Written,
    after: Written,
    judged: Collection[str],
    *,
    resource: str | None = None,
    field: str | None = None,
) -> Iterator[Change]:
    """Every key that differs and is not judged."""
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        if key not in judged and old != new:
            yield Change(id="metadata", resource=resource, field=field, key=key, before=old, after=new)


def words_of_standard(sides: Sides) -> Iterator[Change]:
    """Words about the standard as a whole; a profile has none of its own."""
    if not any(each.package is each.descriptor for each in (sides.before, sides.after)):
        yield from metadata_changes(sides.before.descriptor, sides.after.descriptor, OF_STANDARDS)


def words_of_resource(sides: Sides, before: ResourceRules, after: ResourceRules) -> Iterator[Change]:
    """Words about a table, in the standard and in a file of its schema."""
    resources = raw_resource(sides.before, before.name), raw_resource(sides.after, after.name)
    yield from metadata_changes(*resources, OF_RESOURCES, resource=after.name)
    schemas = own_descriptor(sides.before, before), own_descriptor(sides.after, after)
    if None not in schemas:
        yield from metadata_changes(schemas[0] or {}, schemas[1] or {}, OF_STANDARDS, resource=after.name)


def raw_resource(standard: Standard, name: str) -> Written:
    """A resource as the standard writes it."""
    listed = standard.descriptor.get("resources")
    found = (each for each in listed if isinstance(each, dict)) if isinstance(listed, list) else ()
    return next((each for each in found if each.get("name") == name and "schema" in each), {})


def own_descriptor(standard: Standard, rules: ResourceRules) -> Written | None:
    """A Table Schema as written, where it is not the standard itself."""
    descriptor = schema_of(rules).descriptor
    return None if descriptor is standard.descriptor else descriptor


def raw_fields(schema: TableSchema) -> dict[str, Written]:
    """The fields of a schema as written, by their names; the first of each name."""
    listed = schema.descriptor.get("fields")
    written = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return {str(each.get("name")): each for each in reversed(written)}
