"""What changed in the keys of a table: values that may not repeat, and references to other tables."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue.changes.change import Change, Effect
from beffroi.catalogue.changes.sides import Tables
from beffroi.model.standard import ForeignKey, TableSchema
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Unique:
    """Fields whose values together may not repeat, by which rule."""

    rule: str
    fields: tuple[str, ...]


def key_changes(tables: Tables) -> Iterator[Change]:
    """Every change of a key."""
    before, after = tables.schemas
    if before.primary_key != after.primary_key:
        yield primary_key_change(tables)
    old, new = ([each for each in uniques(schema) if each.rule != "primary-key"] for schema in (before, after))
    for each in new:
        if each not in old:
            effect = Effect.NONE if implied(each, before) else Effect.NARROWS
            yield unique_change(tables, "unique-added", effect, each, "after")
    for each in old:
        if each not in new:
            effect = Effect.NONE if implied(each, after) else Effect.WIDENS
            yield unique_change(tables, "unique-removed", effect, each, "before")
    yield from foreign_key_changes(tables)


def uniques(schema: TableSchema) -> Iterator[Unique]:
    """Every key of a schema."""
    if schema.primary_key:
        yield Unique(rule="primary-key", fields=schema.primary_key)
    for each in schema.fields:
        if each.constraints.get("unique") is True:
            yield Unique(rule="unique", fields=(each.name,))
    for fields in schema.unique_keys:
        yield Unique(rule="unique-key", fields=fields)


def implied(key: Unique, schema: TableSchema) -> bool:
    """Whether what may not repeat by a schema holds all that a key forbids: where fewer fields may not, more do not."""
    return any(set(each.fields) <= set(key.fields) for each in uniques(schema))


def unique_change(tables: Tables, named: str, effect: Effect, key: Unique, side: str) -> Change:
    """A key that is new or gone."""
    where = "unique" if key.rule == "unique" else "uniqueKeys"
    told = {side: {"fields": key.fields}}
    return tables.change(named, effect, key.rule, field=only(key.fields), key=where, **told)


def only(fields: tuple[str, ...]) -> str | None:
    """The only field of a key."""
    return fields[0] if len(fields) == 1 else None


def primary_key_change(tables: Tables) -> Change:
    """Another primary key: its fields may not repeat together, and none of them may be empty."""
    before, after = tables.schemas
    effect = Effect.NONE
    for old, new, sense in ((before, after, Effect.NARROWS), (after, before, Effect.WIDENS)):
        key = Unique(rule="primary-key", fields=new.primary_key)
        if new.primary_key and not (implied(key, old) and filled(old) >= set(new.primary_key)):
            effect |= sense
    told = {"before": before.primary_key or None, "after": after.primary_key or None}
    return tables.change("primary-key", effect, "primary-key", "required", "missing-column", key="primaryKey", **told)


def filled(schema: TableSchema) -> set[str]:
    """The fields that may not be empty."""
    return {each.name for each in schema.fields if each.required} | set(schema.primary_key)


def foreign_key_changes(tables: Tables) -> Iterator[Change]:
    """References that must be there, or need no longer."""
    before, after = tables.schemas
    old, new = (dict.fromkeys(plain(each, tables) for each in schema.foreign_keys) for schema in (before, after))
    for each in new:
        if each not in old:
            yield tables.change("foreign-key-added", Effect.NARROWS, "foreign-key", **told("after", each))
    for each in old:
        if each not in new:
            yield tables.change("foreign-key-removed", Effect.WIDENS, "foreign-key", **told("before", each))


Reference = tuple[tuple[str, ...], str, tuple[str, ...]]


def plain(key: ForeignKey, tables: Tables) -> Reference:
    """What a foreign key asks; a table that names itself means itself."""
    resource = "" if key.resource in ("self", tables.after.name) else key.resource
    return key.fields, resource, key.reference_fields


def told(side: str, key: Reference) -> dict[str, object]:
    """How a change tells a foreign key."""
    fields, resource, theirs = key
    value = {"fields": fields, "resource": resource, "reference": theirs}
    return {"key": "foreignKeys", "field": only(fields), side: value}
