"""What changed in the values that a field accepts, listed by `enum` or as `categories`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.changes.bounds import number
from beffroi.catalogue.changes.change import Change, Effect, of_presence, of_sets
from beffroi.catalogue.changes.sides import Tables
from beffroi.catalogue.changes.types import CATEGORISED, TRUE, kind_of, words
from beffroi.model.standard import Field

Values = Mapping[str, Any]
"""Values as written, by one text for all equal ones."""

LISTS = ("enum", "categories")
"""Where values are listed; the rules have the same names."""


def value_changes(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Every change of the values that are accepted."""
    old, new = allowed(before), allowed(after)
    lists = declared(before), declared(after)
    rules = tuple(rule for side, rule in enumerate(LISTS) if any(each[side] is not None for each in lists))
    told = {"field": after.name, "key": rules[0] if rules else LISTS[0]}
    if old is None or new is None:
        effect = of_presence(before=old is not None, after=new is not None)
        if effect is not Effect.NONE:
            named = "values-limited" if effect is Effect.NARROWS else "values-unlimited"
            yield tables.change(named, effect, *rules, before=as_written(old), after=as_written(new), **told)
        return
    effect = of_sets({*old}, {*new})
    if Effect.WIDENS in effect:
        more = tuple(value for key, value in new.items() if key not in old)
        yield tables.change("values-added", Effect.WIDENS, *rules, after=more, **told)
    if Effect.NARROWS in effect:
        fewer = tuple(value for key, value in old.items() if key not in new)
        yield tables.change("values-removed", Effect.NARROWS, *rules, before=fewer, **told)
    if effect is Effect.NONE:
        yield from same_values_told(tables, before, after)


def as_written(values: Values | None) -> tuple[Any, ...] | None:
    """The values as a change tells them."""
    return None if values is None else tuple(values.values())


def same_values_told(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """The same values, in another order, with other labels, or written elsewhere."""
    old, new = declared(before), declared(after)
    if old == new:
        return
    orders = list(allowed(before) or ()), list(allowed(after) or ())
    told: dict[str, Any] = {"before": as_written(allowed(before)), "after": as_written(allowed(after))}
    if orders[0] != orders[1]:
        named = "values-reordered"
    elif old[0] == new[0] and (old[1] is None) == (new[1] is None):
        named = "value-labels"
        told = {"before": old[1], "after": new[1]}
    else:
        named = "values-declared-otherwise"
    key = "categories" if old[1] != new[1] else "enum"
    yield tables.change(named, Effect.NONE, field=after.name, key=key, **told)


def declared(field: Field) -> tuple[Any, Any]:
    """Both lists as written."""
    return field.constraints.get("enum"), field.options.get("categories") if is_categorised(field) else None


def is_categorised(field: Field) -> bool:
    """Whether categories apply to the field's type."""
    return kind_of(field)[0] in CATEGORISED and "categories" in field.options


def allowed(field: Field) -> Values | None:
    """The values that both lists accept; `None` where there is none."""
    lists = [values_of(field, field.constraints.get("enum"))]
    if is_categorised(field):
        lists.append(values_of(field, field.options["categories"]))
    given = [each for each in lists if each is not None]
    if not given:
        return None
    return {key: value for key, value in given[0].items() if all(key in each for each in given)}


def values_of(field: Field, given: Any) -> Values | None:
    """The values of one list; a category may have a label. An empty list is not heeded."""
    listed = given if isinstance(given, list) else []
    values = [each.get("value") if labelled(each) else each for each in listed]
    found = {canonical(field, each): each for each in values if each is not None}
    return found or None


def labelled(given: Any) -> bool:
    """Whether a value has a label."""
    return isinstance(given, dict) and "value" in given


def canonical(field: Field, given: Any) -> str:
    """One text for all values that are equal for the field's type, as far as that is told."""
    text = given if isinstance(given, str) else json.dumps(given, sort_keys=True, ensure_ascii=False)
    kind = kind_of(field)[0]
    if kind in ("integer", "number", "year"):
        found = number(field, given)
        return text if found is None else format(found.normalize(), "f") if abs(found.adjusted()) < 50 else str(found)
    if kind == "boolean":
        value = words(field).get(text, text in TRUE if text.lower() in ("true", "false") else None)
        return text if value is None else str(value).lower()
    return text
