"""A standard that `extends` another: what is written in both, as one definition.

The one that extends may add (fields, checks, resources) and tighten. What it asks less of must be given a reason: in
`loosens`, or with the level that it lowers; otherwise it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from beffroi.catalogue.definitions import Definition, WrittenSchema
from beffroi.catalogue.reading import fingerprint
from beffroi.errors import UnusableFile
from beffroi.model.standard import Standard

if TYPE_CHECKING:
    from beffroi.catalogue.changes import Change

OWN = ("id", "version", "status", "title", "extends", "loosens", "replacedBy", "shadows", "created", "modified")
"""What a standard never takes over from the one that it extends."""
Find = Callable[[str], Definition]


def resolved(definition: Definition, find: Find, below: tuple[str, ...] = ()) -> Definition:
    """The definition merged with all that it extends; `find` gives the definition of an `id@version`, alone.

    `below` names the standards that led here. Raises `UnusableFile` for a standard that extends itself in the end.
    """
    name = str(definition.descriptor.get("extends") or "")
    if not name:
        return definition
    own = f"{definition.descriptor['id']}@{definition.descriptor['version']}"
    chain = (*below, own)
    found = find(name)
    parent = f"{found.descriptor['id']}@{found.descriptor['version']}"
    if parent in chain:
        raise UnusableFile("extends-itself", where=definition.path, chain=" → ".join([*chain, parent]))
    return extended(resolved(found, find, chain), definition)


def extended(parent: Definition, child: Definition) -> Definition:
    """One definition of both. Raises `UnusableFile` for a resource that neither gives a schema."""
    theirs, ours = parent.descriptor, child.descriptor
    resources = merged_by_name(theirs.get("resources", ()), ours.get("resources", ()), merged_resource)
    for each in resources:
        if each["name"] not in {*parent.schemas, *child.schemas}:
            raise UnusableFile("resource-without-schema", where=child.path, name=each["name"])
    descriptor = {
        **{key: value for key, value in theirs.items() if key not in OWN},
        **ours,
        "resources": resources,
        "sources": [*theirs.get("sources", ()), *ours.get("sources", ())],
        "levels": {**theirs.get("levels", {}), **ours.get("levels", {})},
    }
    packages = [each["package"] for each in (theirs, ours) if each.get("package")]
    if packages:
        descriptor["package"] = packages[0] if len(packages) == 1 else {"allOf": packages}
    schemas = dict(parent.schemas)
    for name, schema in child.schemas.items():
        schemas[name] = merged_schema(schemas[name], schema) if name in schemas else schema
    digest = fingerprint(child.sha256, parent.sha256)
    return replace(child, descriptor=descriptor, schemas=schemas, sha256=digest, parent=parent)


def merged_by_name(
    theirs: Any, ours: Any, merge: Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Two lists of things with names: theirs in their order, merged with ours of the same name, then our new ones."""
    named = {each["name"]: each for each in ours}
    known = {each["name"] for each in theirs}
    kept = [merge(each, named.get(each["name"], {})) for each in theirs]
    return kept + [dict(each) for each in ours if each["name"] not in known]


def merged_resource(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """One resource of both; our checks come behind theirs, and take the place of the same ones with another level."""
    own = [asked(each) for each in ours.get("checks", ())]
    checks = [each for each in theirs.get("checks", ()) if asked(each) not in own]
    found = {**theirs, **ours, "checks": [*checks, *ours.get("checks", ())]}
    return {key: value for key, value in found.items() if value is not None and (key != "checks" or value)}


def asked(check: Mapping[str, Any]) -> tuple[str, str, str]:
    """What a check asks, whatever its level."""
    options = {**check.get("options", {}), **({"field": check["field"]} if "field" in check else {})}
    return check["check"], repr(sorted(options.items())), repr(sorted(check.get("when", {}).items()))


def merged_schema(theirs: WrittenSchema, ours: WrittenSchema) -> WrittenSchema:
    """One Table Schema of both: unique and foreign keys are added, all else of ours takes the place of theirs."""
    both = {**theirs.descriptor, **ours.descriptor}
    for key in ("uniqueKeys", "foreignKeys"):
        listed = [*theirs.descriptor.get(key, ()), *ours.descriptor.get(key, ())]
        if listed:
            both[key] = [each for index, each in enumerate(listed) if each not in listed[:index]]
    both["fields"] = merged_by_name(named(theirs), named(ours), merged_field)
    places = {str(each.get("name")): index for index, each in enumerate(ours.descriptor.get("fields", ()))}

    def line(pointer: str) -> int | None:
        """The line in our file of what we wrote; none for what is theirs."""
        parts = pointer.split("/")
        if parts[1:2] != ["fields"] or not parts[2:3]:
            return ours.line(pointer) if parts[1:2] and parts[1] in ours.descriptor else None
        own = places.get(str(both["fields"][int(parts[2])]["name"]))
        return None if own is None else ours.line("/".join(["", "fields", str(own), *parts[3:]]))

    return WrittenSchema(descriptor=both, file=ours.file, line=line)


def named(schema: WrittenSchema) -> list[dict[str, Any]]:
    """The fields of a schema that have a name; the others cannot be merged, and are told when their schema is read."""
    return [each for each in schema.descriptor.get("fields", ()) if isinstance(each, dict) and each.get("name")]


def merged_field(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """One field of both; a key that ours leaves empty (`null`) is taken away."""
    found = {**theirs, **ours}
    constraints = theirs.get("constraints", {}), ours.get("constraints", {})
    if any(constraints) and all(isinstance(each, dict) for each in constraints):
        kept = {key: value for key, value in {**constraints[0], **constraints[1]}.items() if value is not None}
        found["constraints"] = kept
    return {key: value for key, value in found.items() if value is not None}


def complain_about_loosening(parent: Standard, child: Standard) -> None:
    """Raise `UnusableFile` where a standard asks less than the one it extends, and gives no reason."""
    for change in unreasoned(parent, child):
        where = ".".join(each for each in (change.resource, change.field, change.key) if each)
        raise UnusableFile(
            "loosens",
            where=child.path,
            parent=parent.name,
            place=where or change.id,
            before=shown(change.before),
            after=shown(change.after),
        )


def unreasoned(parent: Standard, child: Standard) -> Iterator[Change]:
    """The changes that loosen, and for which the child states no reason."""
    from beffroi.catalogue.changes import changes

    descriptor = child.descriptor
    reasoned = {rule for rule, level in descriptor.get("levels", {}).items() if isinstance(level, dict)}
    for change in changes(parent, child):
        covered = (
            each.get("resource") in (None, change.resource) and each.get("field") in (None, change.field)
            for each in descriptor.get("loosens", ())
        )
        if change.widens and not any(covered) and not (change.id == "level" and change.key in reasoned):
            yield change


def shown(value: Any) -> str:
    """A value of a standard as an error quotes it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    return "-" if value is None else str(value)
