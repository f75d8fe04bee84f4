"""What changed in a standard as a whole: its words, levels, licences, package, raw data; then its resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.catalogue.changes.accepted import accepted_changes, as_set
from beffroi.catalogue.changes.change import Change, Effect, of_presence, of_sets
from beffroi.catalogue.changes.json_schemas import of_json_schemas
from beffroi.catalogue.changes.metadata import words_of_standard
from beffroi.catalogue.changes.resources import resource_changes
from beffroi.catalogue.changes.sides import MUST, Sides, level_of


def standard_changes(sides: Sides) -> Iterator[Change]:
    """Every change."""
    yield from words_of_standard(sides)
    yield from level_changes(sides)
    yield from licence_changes(sides)
    yield from package_changes(sides)
    yield from raw_changes(sides)
    yield from resource_changes(sides)


def level_changes(sides: Sides) -> Iterator[Change]:
    """Levels that the standard gives to rules; where they stay, the reasons for them."""
    written = [each.descriptor.get("levels") or {} for each in (sides.before, sides.after)]
    for rule in dict.fromkeys([*sides.after.levels, *sides.before.levels]):
        before, after = level_of(sides.before, rule), level_of(sides.after, rule)
        if before is not after:
            yield Change(
                id="level",
                key=rule,
                before=before and before.value,
                after=after and after.value,
                narrows=after is MUST,
                widens=before is MUST,
                remarks=True,
            )
        elif written[0].get(rule) != written[1].get(rule):
            yield Change(id="metadata", key=f"levels.{rule}", before=written[0].get(rule), after=written[1].get(rule))


def licence_changes(sides: Sides) -> Iterator[Change]:
    """Licences that are accepted: a list, or the name of a list."""
    before, after = ((each.descriptor.get("licences") or {}).get("accept") for each in (sides.before, sides.after))
    yield from accepted_changes("licences", before, after)


def package_changes(sides: Sides) -> Iterator[Change]:
    """The JSON Schema of a package's descriptor."""
    before, after = sides.before.package or {}, sides.after.package or {}
    if before != after:
        ending = "changed" if before and after else "added" if after else "removed"
        told = {"key": "package", "before": before or None, "after": after or None}
        yield sides.change(f"package-{ending}", of_json_schemas(before, after), "package-metadata", **told)


def raw_changes(sides: Sides) -> Iterator[Change]:
    """Raw data that must come along, and its formats."""
    before, after = (each.descriptor.get("raw") or {} for each in (sides.before, sides.after))
    required = [each.get("required") is True for each in (before, after)]
    if required[0] != required[1]:
        named = "raw-required" if required[1] else "raw-optional"
        yield raw_change(named, of_presence(before=required[0], after=required[1]))
    formats = [each.get("formats") for each in (before, after)]
    if formats[0] != formats[1]:
        yield raw_change("raw-formats", of_formats(*formats) if all(required) else Effect.NONE, *formats)


def raw_change(named: str, effect: Effect, before: Any = None, after: Any = None) -> Change:
    """A change of what is asked of raw data."""
    narrows, widens = Effect.NARROWS in effect, Effect.WIDENS in effect
    return Change(id=named, key="raw", before=before, after=after, narrows=narrows, widens=widens, remarks=bool(effect))


def of_formats(before: Any, after: Any) -> Effect:
    """Of the formats of raw data: a list, `open`, or any."""
    if before is None or after is None:
        return of_presence(before=before is not None, after=after is not None)
    return Effect.BOTH if isinstance(before, str) or isinstance(after, str) else of_sets(as_set(before), as_set(after))
