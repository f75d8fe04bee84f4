"""Builds a standard from its definition, merged with what it extends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.definitions import Definition
from beffroi.catalogue.extending import complain_about_loosening
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.model.faults import Defect, fault
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, ResourceRules, Standard, TableSchema
from beffroi.rulebook import known_rules

NO_LONGER = {"deprecated": "standard-deprecated", "retired": "standard-retired"}
"""The rule that tells of a status."""


def standard_of(definition: Definition) -> Standard:
    """The standard that is defined; raises `UnusableFile` where it asks less than what it extends without a reason."""
    value = definition.descriptor
    parent = standard_of(definition.parent) if definition.parent else None
    standard = Standard(
        id=value["id"],
        version=value["version"],
        path=definition.path,
        sha256=definition.sha256,
        status=value["status"],
        title=value["title"],
        resources=tuple(
            resource_rules(each, schema_of(definition, each["name"]), f"/resources/{index}")
            for index, each in enumerate(value["resources"])
        ),
        levels=dict(levels(value.get("levels", {}))),
        package=value.get("package"),
        unjudged=("raw",) if value.get("raw") else (),
        defects=tuple(defects_of_standard(definition)),
        descriptor=value,
        folder=definition.folder,
        extends=parent.reference if parent else None,
    )
    if parent:
        complain_about_loosening(parent, standard)
    return standard


def schema_of(definition: Definition, resource: str) -> TableSchema:
    """The Table Schema of one resource."""
    written = definition.schemas[resource]
    return read_table_schema(written.descriptor, line=written.line, file=written.file)


def defects_of_standard(definition: Definition) -> Iterator[Defect]:
    """What is wrong with a standard of the right form: it is no longer in use, or gives a level to an unknown rule."""
    value = definition.descriptor
    if rule := NO_LONGER.get(value["status"]):
        found = fault(rule, by=value.get("replacedBy", ""))
        yield Defect(fault=found, pointer="/status", line=definition.line("/status"))
    known = {*known_rules(), *(use["check"] for each in value["resources"] for use in each.get("checks", ()))}
    for each in value.get("levels", {}):
        if each not in known:
            pointer = f"/levels/{each}"
            yield Defect(
                fault=fault("standard-unknown-rule", name=each), pointer=pointer, line=definition.line(pointer)
            )


def resource_rules(given: Mapping[str, Any], schema: TableSchema, pointer: str) -> ResourceRules:
    """One resource of a standard."""
    return ResourceRules(
        name=given["name"],
        title=given.get("title"),
        description=given.get("description"),
        schema=schema,
        required=given.get("required", True),
        formats=tuple(given.get("formats", ())),
        columns=given.get("columns", "by-name"),
        checks=tuple(
            check_use(each, f"{pointer}/checks/{index}") for index, each in enumerate(given.get("checks", ()))
        ),
    )


def check_use(given: Mapping[str, Any], pointer: str) -> CheckUse:
    """One check that a standard asks for; `field` is short for the option of that name."""
    options = {**({"field": given["field"]} if "field" in given else {}), **given.get("options", {})}
    when = {name: (each,) if isinstance(each, str) else tuple(each) for name, each in given.get("when", {}).items()}
    level = Level(given["level"]) if "level" in given else None
    return CheckUse(check=given["check"], options=options, when=when, level=level, pointer=pointer)


def levels(given: Mapping[str, Any]) -> Iterator[tuple[str, Level]]:
    """The level that a standard gives to rules, with or without its reason."""
    for rule, level in given.items():
        yield rule, Level(level["level"] if isinstance(level, dict) else level)
