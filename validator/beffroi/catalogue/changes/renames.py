"""Which fields, of those that are gone and those that are new, are likely the same under another name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Any

from beffroi.model.standard import CheckUse, Field, ForeignKey, ResourceRules, TableSchema

NAMED_ALIKE = 0.75
"""How alike the names of a column of the same type in the same place are."""
TITLED_ALIKE = 0.5
"""How alike its titles are, where it has any."""
SAID_ALIKE = 0.8
"""How alike the descriptions of the same column are."""
COMPARED = 900
"""The most pairs of fields of which more than the names are compared."""
READ = 1_000
"""How many characters of a description are compared."""
NAME_READ = 60
"""How many characters of a name are."""
WORD = re.compile(r"\w+")
Names = Mapping[str, str]


def renames(before: TableSchema, after: TableSchema) -> dict[str, str]:
    """The new name of each field that was likely renamed: spelt alike, or of the same type and said or placed alike."""
    known = {*before.names} & {*after.names}
    gone = [each for each in before.fields if each.name not in known]
    new = [each for each in after.fields if each.name not in known]
    spelt = {plain(each.name): each.name for each in reversed(new)}
    found = {each.name: spelt.pop(plain(each.name)) for each in gone if plain(each.name) in spelt}
    gone = [each for each in gone if each.name not in found]
    new = [each for each in new if each.name not in found.values()]
    if len(gone) * len(new) <= COMPARED:
        places = {**gaps(before, known), **gaps(after, known)}
        likely = [(likeness(old, now, places), old.name, now.name) for old in gone for now in new]
        for score, old, now in sorted(likely, key=lambda each: -each[0]):
            if score and old not in found and now not in found.values():
                found[old] = now
    return found


def gaps(schema: TableSchema, common: set[str]) -> dict[str, int]:
    """How many fields that both schemas have stand before each that only one has."""
    passed = accumulate((each in common for each in schema.names), initial=0)
    return dict(zip(schema.names, passed, strict=False))


def likeness(old: Field, new: Field, places: Mapping[str, int]) -> float:
    """How likely two fields of other names are the same; 0 where that is not likely."""
    if old.type != new.type:
        return 0
    if (said := said_alike(old.description, new.description)) >= SAID_ALIKE:
        return 1 + said
    titled, named = said_alike(old.title, new.title), alike(plain(old.name), plain(new.name))
    likely = titled == 1 or (named >= NAMED_ALIKE and (titled >= TITLED_ALIKE or not (old.title and new.title)))
    return named if likely and places[old.name] == places[new.name] else 0


def alike(one: str, other: str) -> float:
    """How much of two names is the same, from 0 to 1."""
    return difflib.SequenceMatcher(None, one[:NAME_READ], other[:NAME_READ], autojunk=False).ratio()


def said_alike(one: Any, other: Any) -> float:
    """How many words two texts share, from 0 to 1; none of no text."""
    first, second = (Counter(WORD.findall(text_of(each))) for each in (one, other))
    return 2 * (first & second).total() / ((first + second).total() or 1)


def text_of(given: Any) -> str:
    """The start of a text, in any language that it has."""
    text = next(iter(given.values()), "") if isinstance(given, dict) else given
    return text[:READ].casefold() if isinstance(text, str) else ""


def plain(name: str) -> str:
    """A name without capitals, accents and what separates its words."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in decomposed if each.isalnum()) or name


def with_names(rules: ResourceRules, names: Names, others: Mapping[str, Names], resources: Names) -> ResourceRules:
    """Rules with other names for fields, for those of other resources, and for resources, wherever they are named."""
    schema = rules.schema and replace(
        rules.schema,
        fields=tuple(replace(each, name=names.get(each.name, each.name)) for each in rules.schema.fields),
        primary_key=named(rules.schema.primary_key, names),
        unique_keys=tuple(named(each, names) for each in rules.schema.unique_keys),
        foreign_keys=tuple(
            foreign(each, names, others.get(each.resource, {}) if each.resource else names, resources)
            for each in rules.schema.foreign_keys
        ),
    )
    checks = tuple(replace(each, options=dict(options(each, names))) for each in rules.checks)
    return replace(rules, name=resources.get(rules.name, rules.name), schema=schema, checks=checks)


def named(fields: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """The new names of fields."""
    return tuple(names.get(each, each) for each in fields)


def foreign(key: ForeignKey, own: Names, theirs: Names, resources: Names) -> ForeignKey:
    """A foreign key with the new names."""
    return replace(
        key,
        fields=named(key.fields, own),
        reference_fields=named(key.reference_fields, theirs),
        resource=resources.get(key.resource, key.resource),
    )


def options(use: CheckUse, names: Names) -> Iterator[tuple[str, Any]]:
    """The options of a check with the new names."""
    for option, value in use.options.items():
        if isinstance(value, list):
            yield option, [names.get(each, each) if isinstance(each, str) else each for each in value]
        else:
            yield option, names.get(value, value) if isinstance(value, str) else value
