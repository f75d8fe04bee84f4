"""What changed in the tables that a standard asks for, and in what it asks of each as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue.changes.accepted import accepted_changes
from beffroi.catalogue.changes.change import Change, Effect, of_presence
from beffroi.catalogue.changes.checks import check_changes
from beffroi.catalogue.changes.fields import field_changes
from beffroi.catalogue.changes.keys import key_changes
from beffroi.catalogue.changes.metadata import raw_fields, words_of_resource
from beffroi.catalogue.changes.renames import renames, with_names
from beffroi.catalogue.changes.sides import MUST, Header, Sides, Tables, mode_of, schema_of
from beffroi.model.standard import ResourceRules


def resource_changes(sides: Sides) -> Iterator[Change]:
    """Every change of a resource, those that are gone last."""
    names = resource_names(sides)
    fields = {
        old: renames(schema_of(rules), schema_of(after))
        for old, new in names.items()
        if (rules := sides.before.resource(old)) and (after := sides.after.resource(new))
    }
    known = {new: old for old, new in names.items()}
    for after in sides.after.resources:
        if after.name in known:
            before = sides.before.resource(known[after.name])
            assert before is not None
            yield from renamed_resource(sides, before, after)
            mapped = with_names(before, fields[before.name], fields, names)
            was = {new: old for old, new in fields[before.name].items()}
            yield from table_changes(Tables(sides=sides, before=mapped, after=after, renamed=was), before)
        else:
            yield added_resource(sides, after)
    for each in sides.before.resources:
        if each.name not in names:
            yield removed_resource(sides, each)


def resource_names(sides: Sides) -> dict[str, str]:
    """The name that each resource has now: its own, that of the only one, or of one that has the same fields."""
    before, after = sides.before.resources, sides.after.resources
    names = {each.name: each.name for each in before if sides.after.resource(each.name)}
    if not names and len(before) == len(after) == 1:
        return {before[0].name: after[0].name}
    for old in before:
        for new in after:
            free = old.name not in names and new.name not in names.values()
            if free and schema_of(old).fields and schema_of(old).names == schema_of(new).names:
                names[old.name] = new.name
    return names


def renamed_resource(sides: Sides, before: ResourceRules, after: ResourceRules) -> Iterator[Change]:
    """Another name: where there are several tables, each is known by it."""
    if before.name != after.name:
        several = sides.before.is_package or sides.after.is_package
        told = {"resource": after.name, "key": "name", "before": before.name, "after": after.name}
        yield sides.change("resource-renamed", Effect.BOTH if several else Effect.NONE, "missing-resource", **told)


def added_resource(sides: Sides, after: ResourceRules) -> Change:
    """A new table: whoever delivers must add it, or may. Where unknown ones are refused, it may now be there."""
    return Change(
        id="required-resource-added" if after.required else "optional-resource-added",
        resource=after.name,
        narrows=after.required and sides.refuses("missing-resource"),
        widens=sides.refused("extra-resource"),
        remarks=True,
    )


def removed_resource(sides: Sides, before: ResourceRules) -> Change:
    """A table that is unknown from now on: it need not be there, and nobody looks at it, unless it is refused."""
    refused = sides.refuses("extra-resource")
    return Change(id="resource-removed", resource=before.name, narrows=refused, widens=True, remarks=True)


def table_changes(tables: Tables, written: ResourceRules) -> Iterator[Change]:
    """Every change of one table; `written` are its first rules with the names that fields had."""
    before, after = tables.before, tables.after
    yield from words_of_resource(tables.sides, written, after)
    effect = of_presence(before=before.required, after=after.required)
    if effect is not Effect.NONE:
        named = "resource-required" if after.required else "resource-optional"
        yield tables.change(named, effect, "missing-resource", key="required")
    yield from accepted_changes("formats", before.formats, after.formats, after.name)
    yield from columns_changes(tables)
    yield from field_changes(tables, raw_fields(schema_of(written)), raw_fields(schema_of(after)))
    yield from key_changes(tables)
    yield from check_changes(tables)


def columns_changes(tables: Tables) -> Iterator[Change]:
    """How columns must match the fields."""
    modes = mode_of(tables.before), mode_of(tables.after)
    if modes[0] == modes[1]:
        return
    before, after = tables.headers
    yield Change(
        id="columns",
        resource=tables.after.name,
        key="columns",
        before=modes[0] or "by-name",
        after=modes[1] or "by-name",
        narrows=stricter(before, after),
        widens=stricter(after, before),
        remarks=True,
    )


def stricter(before: Header, after: Header) -> bool:
    """Whether the second refuses a header that the first does not."""
    pairs = ((before.missing, after.missing), (before.extra, after.extra), (before.order, after.order))
    return any(new is MUST and old is not MUST for old, new in pairs)
