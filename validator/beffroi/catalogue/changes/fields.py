"""What changed in the columns that a table has: new, gone, renamed, required, in another order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from beffroi.catalogue.changes.cells import cell_changes, missing_value_changes, restricts
from beffroi.catalogue.changes.change import Change, Effect, of_presence
from beffroi.catalogue.changes.metadata import OF_FIELDS, Written, metadata_changes
from beffroi.catalogue.changes.sides import MUST, Tables, in_keys, level_of, must_be_there
from beffroi.model.standard import Field


def field_changes(tables: Tables, before: Mapping[str, Written], after: Mapping[str, Written]) -> Iterator[Change]:
    """Every change of a field, those that are gone last; `before` and `after` are the fields as written."""
    old, new = ({each.name: each for each in schema.fields} for schema in tables.schemas)
    yield from order_change(tables)
    yield from missing_value_changes(tables)
    for name, each in new.items():
        if name not in old:
            yield added(tables, each)
            continue
        was = tables.renamed.get(name, name)
        if was != name:
            yield renamed(tables, was, old[name], each)
        words = before.get(was, {}), after.get(name, {})
        yield from metadata_changes(*words, OF_FIELDS, resource=tables.after.name, field=name)
        yield from required_change(tables, old[name], each)
        yield from cell_changes(tables, old[name], each)
    for name, each in old.items():
        if name not in new:
            yield removed(tables, each)


def added(tables: Tables, each: Field) -> Change:
    """A new column. Where unknown ones are refused, it may now be there; a check may have waited for it."""
    before, after = tables.headers
    must = must_be_there(tables.after, each)
    awaited = each.name not in tables.renamed and in_keys(tables.before, each.name)
    return Change(
        id="required-field-added" if must else "optional-field-added",
        resource=tables.after.name,
        field=each.name,
        after=each.type,
        narrows=awaited or refused_without(tables, "after", each) or after.missing is MUST,
        widens=before.extra is MUST,
        remarks=True,
    )


def removed(tables: Tables, each: Field) -> Change:
    """A column that is unknown from now on: it need not be there, and where it may, nobody looks at it any more."""
    _, after = tables.headers
    refused = after.extra is MUST
    free = restricts(tables.before, each) and not refused
    return Change(
        id="field-removed",
        resource=tables.after.name,
        field=each.name,
        before=each.type,
        narrows=refused,
        widens=free or refused_without(tables, "before", each),
        remarks=True,
    )


def refused_without(tables: Tables, side: str, each: Field) -> bool:
    """Whether a table without the column of a field is refused."""
    standard, header = getattr(tables.sides, side), tables.headers[0 if side == "before" else 1]
    if must_be_there(getattr(tables, side), each):
        return level_of(standard, "missing-column") is MUST
    return header.missing is MUST


def renamed(tables: Tables, was: str, old: Field, new: Field) -> Change:
    """Another name: the column of the old one is gone, and there is a new one; capitals alone are told, no more."""
    named = "field-renamed"
    told = {"field": new.name, "key": "name", "before": was, "after": new.name}
    if composed(was) == composed(new.name):
        return tables.change(named, Effect.NONE, **told)
    if composed(was).casefold() == composed(new.name).casefold():
        return tables.change(named, Effect.BOTH, "column-case", **told)
    gone, come = removed(tables, old), added(tables, new)
    narrows, widens = gone.narrows or come.narrows, gone.widens or come.widens
    return replace(tables.change(named, Effect.BOTH, **told), narrows=narrows, widens=widens)


def composed(name: str) -> str:
    """What must be equal of a name: without space around it, accents composed."""
    return unicodedata.normalize("NFC", name.strip().strip("\ufeff"))


def order_change(tables: Tables) -> Iterator[Change]:
    """The order of the columns that both have."""
    before, after = tables.schemas
    common = {*before.names} & {*after.names}
    old, new = ([each for each in schema.names if each in common] for schema in (before, after))
    if old != new:
        header = tables.headers
        yield Change(
            id="field-order",
            resource=tables.after.name,
            key="fields",
            before=tuple(old),
            after=tuple(new),
            narrows=header[1].order is MUST,
            widens=header[0].order is MUST,
            remarks=any(each.order for each in header),
        )


def required_change(tables: Tables, old: Field, new: Field) -> Iterator[Change]:
    """Whether every record must have a value; that of a primary key has one anyway."""
    if old.required != new.required:
        must = must_be_there(tables.before, old), must_be_there(tables.after, new)
        effect = of_presence(before=must[0], after=must[1])
        named = "field-required" if new.required else "field-optional"
        yield tables.change(named, effect, "required", "missing-column", field=new.name, key="required")
