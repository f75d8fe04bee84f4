"""What changed in a list of what is accepted (formats, licences), where none means everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.catalogue.changes.change import Change, Effect, of_sets


def accepted_changes(noun: str, before: Any, after: Any, resource: str | None = None) -> Iterator[Change]:
    """Of two lists. A name in the place of a list stands for one that is not known here."""
    old, new = as_set(before), as_set(after)
    if old == new:
        return
    if not old:
        yield Change(id=f"{noun}-limited", resource=resource, key=noun, after=told(after), narrows=True, remarks=True)
    elif not new:
        yield Change(
            id=f"{noun}-unlimited", resource=resource, key=noun, before=told(before), widens=True, remarks=True
        )
    else:
        named = isinstance(before, str) or isinstance(after, str)
        effect = Effect.BOTH if named else of_sets(old, new)
        if Effect.WIDENS in effect:
            more = told(after, new - old)
            yield Change(id=f"{noun}-added", resource=resource, key=noun, after=more, widens=True, remarks=True)
        if Effect.NARROWS in effect:
            fewer = told(before, old - new)
            yield Change(id=f"{noun}-removed", resource=resource, key=noun, before=fewer, narrows=True, remarks=True)


def as_set(given: Any) -> set[str]:
    """What a list or a name accepts."""
    return {given} if isinstance(given, str) else set(given or ())


def told(given: Any, among: set[str] | None = None) -> tuple[str, ...]:
    """What is listed, in its order; only some of it."""
    listed = [given] if isinstance(given, str) else list(given)
    return tuple(each for each in listed if among is None or each in among)
