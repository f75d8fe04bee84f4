"""A profile and the charter that it `extends`, as one: parameters set, levels changed, requirements added or left out.

A level may be raised freely; lowering one, or leaving a requirement out, needs a recorded reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from beffroi.catalogue.charters.writing import WrittenCharter, WrittenRequirement
from beffroi.documents import JsonSchema, json_schema_validator
from beffroi.errors import UnusableFile
from beffroi.model.levels import Level

Find = Callable[[str], WrittenCharter]


def tailored(written: WrittenCharter, find: Find, below: tuple[str, ...] = ()) -> WrittenCharter:
    """The charter with all that it extends; `find` gives what is written of an `id@version`, alone.

    `below` names the profiles that led here. Raises `UnusableFile` for a profile of itself, or one that lowers a level
    without a reason, or speaks of what there is not.
    """
    parent = None
    if name := written.value.get("extends"):
        found = find(name)
        chain = (*below, written.name)
        if found.name in chain:
            raise UnusableFile("extends-itself", where=written.path, chain=" → ".join([*chain, found.name]))
        parent = tailored(found, find, chain)
    return merged(parent, written)


def merged(parent: WrittenCharter | None, own: WrittenCharter) -> WrittenCharter:
    """A charter with what it says of its own requirements, and of those of the charter that it is a profile of."""
    inherited = parent.requirements if parent else {}
    for each in own.requirements:
        if each in inherited:
            raise UnusableFile("charter-id-again", where=own.requirements[each].path, name=each)
    every = {**inherited, **own.requirements}
    complain_about_unknown(own, every)
    excluded = {**(parent.excluded if parent else {}), **own.value.get("excludes", {})}
    kept = {name: levelled(own, name, each) for name, each in every.items() if name not in excluded}
    return replace(
        own,
        value=values_of(parent, own),
        requirements=kept,
        sha256=hashlib.sha256(f"{parent.sha256}\0{own.sha256}".encode()).hexdigest() if parent else own.sha256,
        parent=parent,
        excluded=excluded,
    )


def values_of(parent: WrittenCharter | None, own: WrittenCharter) -> Mapping[str, Any]:
    """What the two `charter.yaml` say together."""
    above: Mapping[str, Any] = parent.value if parent else {}
    said = own.value
    words = {
        kind: without_nothing({**above.get("vocabulary", {}).get(kind, {}), **said.get("vocabulary", {}).get(kind, {})})
        for kind in ("layers", "phases", "flags")
    }
    return {
        **said,
        "description": said.get("description") or above.get("description"),
        "vocabulary": words,
        "principles": [*above.get("principles", ()), *said.get("principles", ())],
        "parameters": dict(parameters_of(above.get("parameters", {}), own)),
        "grace": {**above.get("grace", {}), **said.get("grace", {})},
        "sources": [*above.get("sources", ()), *said.get("sources", ())],
    }


def without_nothing(words: Mapping[str, Any]) -> dict[str, Any]:
    """Words but for those that a profile takes away."""
    return {name: each for name, each in words.items() if each is not None}


def parameters_of(above: Mapping[str, Any], own: WrittenCharter) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every parameter with its value; raises `UnusableFile` for a value that is not of its form, or of none."""
    said = own.value.get("parameters", {})
    for name in {**above, **said}:
        given = said.get(name, above.get(name))
        pointer = f"/parameters/{name}"
        if "set" in given:
            if name not in above:
                known = ", ".join(sorted(above)) or "-"
                raise UnusableFile("charter-unknown-parameter", where=own.place(pointer), name=name, known=known)
            given = {**above[name], "value": given["set"]}
        problem = next(form_of(given, own, pointer).problems(given["value"]), None) if name in said else None
        if problem:
            raise UnusableFile(
                "charter-parameter-value",
                where=own.place(pointer),
                name=name,
                found=problem.found,
                form=problem.expected,
            )
        yield name, given


def form_of(parameter: Mapping[str, Any], own: WrittenCharter, pointer: str) -> JsonSchema:
    """The form of the values of a parameter; raises `UnusableFile` for one that is none."""
    usable = json_schema_validator(parameter.get("schema", {}))
    if usable is None:
        raise UnusableFile("charter-bad-schema", where=own.place(pointer))
    return usable


def complain_about_unknown(own: WrittenCharter, every: Mapping[str, WrittenRequirement]) -> None:
    """Raise `UnusableFile` where a charter speaks of a requirement that there is not."""
    for key in ("levels", "excludes", "grace"):
        for name in own.value.get(key, {}):
            if name not in every:
                known = ", ".join(sorted(every)) or "-"
                place = own.place(f"/{key}/{name}")
                raise UnusableFile("charter-unknown-requirement", where=place, name=name, known=known)


def levelled(own: WrittenCharter, name: str, requirement: WrittenRequirement) -> WrittenRequirement:
    """A requirement at its level; raises `UnusableFile` where a charter lowers it without a reason."""
    given = own.value.get("levels", {}).get(name)
    if given is None:
        return requirement
    said = {"level": given} if isinstance(given, str) else given
    before, after = Level(requirement.value["level"]), Level(said["level"])
    if not after.reaches(before) and not said.get("reason"):
        place = own.place(f"/levels/{name}")
        raise UnusableFile("charter-lowers-silently", where=place, name=name, before=before, after=after)
    return replace(requirement, value={**requirement.value, **said})
