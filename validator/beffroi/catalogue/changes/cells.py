"""What changed in what the cells of a column may hold: their type, their notation, what stands for no value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.catalogue.changes.change import Change, Effect, mirrored, of_presence, of_sets
from beffroi.catalogue.changes.constraints import constraint_changes
from beffroi.catalogue.changes.sides import Tables, in_keys, must_be_there, schema_of
from beffroi.catalogue.changes.types import heeded, is_free, kind_of, of_types, options_of, same_values, words
from beffroi.catalogue.changes.values import allowed
from beffroi.catalogue.table_schema import OF_TYPES
from beffroi.model.standard import Field, ResourceRules

DEFAULTS = {"decimalChar": ".", "groupChar": "", "bareNumber": True, "delimiter": ",", "itemType": "string"}
OF_NUMBERS = ("integer", "number", "year", "yearmonth", "duration")
OF_MOMENTS = ("date", "time", "datetime")
NOT_FINITE = ("nan", "inf", "-inf")


def cell_changes(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Every change of one field but for being required."""
    yield from type_change(tables, before, after)
    yield from notation_changes(tables, before, after)
    yield from constraint_changes(tables, before, after)


def type_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Another type or format; whatever depends on values may come out otherwise where they are understood otherwise."""
    written = (before.type, before.format), (after.type, after.format)
    if written[0] == written[1]:
        return
    effect = of_types(before, after)
    if kind_of(before) != kind_of(after) and not same_values(before, after) and values_matter(tables, before, after):
        effect = Effect.BOTH
    place = 0 if before.type != after.type else 1
    named = ("type", "format")[place]
    told = {"before": written[0][place], "after": written[1][place]}
    if place == 0 and {before.format, after.format} != {"default"}:
        told = {"before": kind_words(before), "after": kind_words(after)}
    yield tables.change(named, effect, "type", field=after.name, key=named, **told)


def kind_words(field: Field) -> str:
    """A type with the format that it has."""
    return field.type if field.format == "default" else f"{field.type} ({field.format})"


def values_matter(tables: Tables, before: Field, after: Field) -> bool:
    """Whether something is asked on both sides of what the texts mean."""
    asked = {*heeded(before)} & {*heeded(after)} or (allowed(before) is not None and allowed(after) is not None)
    return bool(asked) or (in_keys(tables.before, before.name) and in_keys(tables.after, after.name))


def notation_changes(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Options of the type, such as the sign before decimals; those that it does not heed are told."""
    common = [each for each in options_of(before) if each in options_of(after)]
    for key in OF_TYPES:
        given = before.options.get(key), after.options.get(key)
        if given[0] == given[1] or key == "categories":
            continue
        told = {"field": after.name, "key": key, "before": given[0], "after": given[1]}
        if key in common:
            yield tables.change("notation", of_option(key, before, after), "type", **told)
        elif key not in (*options_of(before), *options_of(after)):
            yield tables.change("not-heeded", Effect.NONE, **told)


def of_option(key: str, before: Field, after: Field) -> Effect:
    """What another notation does to the texts that are of the type."""
    if key in ("trueValues", "falseValues"):
        return of_words(before, after)
    default = DEFAULTS.get(key)
    old, new = (default if each.options.get(key) in (None, "") else each.options[key] for each in (before, after))
    if old == new:
        return Effect.NONE
    if key == "bareNumber":
        return of_presence(before=old is not False, after=new is not False)
    if key == "groupChar" and not (old and new):
        return of_presence(before=not old, after=not new)
    if key == "arrayItem" and not (old and new):
        return of_presence(before=bool(old), after=bool(new))
    return Effect.BOTH


def of_words(before: Field, after: Field) -> Effect:
    """Of the words for true and false; one that says the opposite from now on is another."""
    old, new = words(before), words(after)
    turned = any(new.get(each, value) is not value for each, value in old.items())
    return Effect.BOTH if turned else of_sets({*old}, {*new})


def missing_value_changes(tables: Tables) -> Iterator[Change]:
    """What stands for no value: in the whole table, or in one column."""
    before, after = tables.schemas
    old = {each.name: each for each in before.fields}
    effect = Effect.NONE
    for each in after.fields:
        if each.name in old:
            was, here = old[each.name], missing_effect(tables, old[each.name], each)
            if was.missing_values is None and each.missing_values is None:
                effect |= here
            elif was.missing_values != each.missing_values:
                told = {"before": missing_values(tables.before, was), "after": missing_values(tables.after, each)}
                yield missing_change(tables, here, field=each.name, **told)
    if before.missing_values != after.missing_values:
        yield missing_change(tables, effect, before=before.missing_values, after=after.missing_values)


def missing_change(tables: Tables, effect: Effect, **told: Any) -> Change:
    """Other texts that stand for no value."""
    return tables.change("missing-values", effect, "required", "type", key="missingValues", **told)


def missing_values(rules: ResourceRules, field: Field) -> tuple[str, ...]:
    """The texts that stand for no value in a column."""
    return schema_of(rules).missing_values if field.missing_values is None else field.missing_values


def missing_effect(tables: Tables, before: Field, after: Field) -> Effect:
    """What it does that some texts are values no longer, and others are from now on."""
    old, new = set(missing_values(tables.before, before)), set(missing_values(tables.after, after))
    must = must_be_there(tables.before, before), must_be_there(tables.after, after)
    if old == new or must[0] != must[1]:
        return Effect.NONE
    gone = of_missing(new - old, tables.before, before, must=must[0])
    come = of_missing(old - new, tables.after, after, must=must[0])
    return gone | mirrored(come)


def of_missing(texts: set[str], rules: ResourceRules, field: Field, *, must: bool) -> Effect:
    """What it does that texts, which are values under these rules, stand for no value."""
    if not texts:
        return Effect.NONE
    values = any(may_be(each, field) for each in texts)
    unique = field.constraints.get("unique") is True
    if values and (unique or in_keys(rules, field.name)):
        return Effect.BOTH
    if must:
        return Effect.NARROWS if values else Effect.NONE
    return Effect.WIDENS if restricts(rules, field) else Effect.NONE


def restricts(rules: ResourceRules, field: Field) -> bool:
    """Whether a text that is there can be refused in a column."""
    asked = heeded(field) or allowed(field) is not None or field.constraints.get("unique") is True
    return bool(asked) or not is_free(field) or in_keys(rules, field.name)


def may_be(text: str, field: Field) -> bool:
    """Whether a text may be a value of the field; false only where it surely is not."""
    kind, form = kind_of(field)
    digits = any(each in "0123456789" for each in text)
    if kind == "boolean":
        return text in words(field)
    if kind in OF_NUMBERS or (kind in OF_MOMENTS and form == "default"):
        return digits or (kind == "number" and text.strip().lower() in NOT_FINITE)
    listed = allowed(field)
    if is_free(field) and listed is not None:
        return text in listed
    return True
