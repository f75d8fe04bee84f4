"""The folder of a repository as schema.data.gouv.fr asks for it: `schema.json` in French, README, changelog, examples.

Several tables are a data package there: `datapackage.json`, and a folder for each table. Source: the catalogue's guide
for contributors, and its template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from beffroi.model.standard import ResourceRules
from beffroi.standards.exporting._about import (
    accepted,
    language_lost,
    licence,
    origin,
    rules_lost,
    sources,
    texts_of,
)
from beffroi.standards.exporting._custom_checks import custom_checks
from beffroi.standards.exporting._examples import example
from beffroi.standards.exporting._export import Export, Order, Remark, as_json, filled, remark, schema_of
from beffroi.standards.exporting._readme import changelog, readme
from beffroi.standards.exporting._schemas import V1, SchemaWriter
from beffroi.values import dataclass

ROLES = {"author", "publisher", "maintainer", "wrangler", "contributor"}
"""The roles of version 1 of Data Package."""
STRICT = {"exact", "equal"}


EXAMPLES = {"exemple-valide": True, "exemple-invalide": False}
"""What examples are called, and whether they are to be valid."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table as it is published: its schema without examples, those that it has, what is lost."""

    rules: ResourceRules
    schema: Mapping[str, Any]
    examples: Mapping[str, str]
    lost: tuple[Remark, ...]


def export(order: Order) -> Export:
    """The files of the repository; all texts are in French."""
    french = replace(order, lang="fr")
    parts = [part(french, rules) for rules in order.resources]
    common = (*rules_lost(order), *language_lost(french))
    lost = (*(each for part in parts for each in part.lost), *common)
    files = dict((package_files if order.is_package else table_files)(french, parts, lost))
    return Export(files=files, lost=lost, to_complete=tuple(open_places(order, parts)))


def part(order: Order, rules: ResourceRules) -> Part:
    """One table."""
    writer = SchemaWriter(order=order, rules=rules, edition=V1)
    structure = writer.structure()
    checks, unchecked = custom_checks(order, rules)
    if rules.columns == "exact" or schema_of(rules).fields_match in STRICT:
        writer.remark("column-order")
    found = {name: example(order.standard, rules, valid=valid) for name, valid in EXAMPLES.items()}
    return Part(
        rules=rules,
        schema={**structure, **filled({"custom_checks": checks})},
        examples={name: text for name, text in found.items() if text is not None},
        lost=(*writer.remarks, *unchecked),
    )


def table_files(order: Order, parts: list[Part], lost: tuple[Remark, ...]) -> Iterator[tuple[str, str]]:
    """The files of a single table."""
    yield "schema.json", as_json(described(order, parts[0], lost))
    yield "README.md", readme(order, order.resources, lost)
    yield "CHANGELOG.md", changelog(order)
    for name, text in parts[0].examples.items():
        yield f"{name}.csv", text


def package_files(order: Order, parts: list[Part], lost: tuple[Remark, ...]) -> Iterator[tuple[str, str]]:
    """The files of several tables, each in a folder of its own."""
    yield "datapackage.json", as_json(package(order, parts, lost))
    yield "README.md", readme(order, order.resources, lost)
    yield "CHANGELOG.md", changelog(order)
    for each in parts:
        folder = order.stems[each.rules.name]
        yield f"{folder}/schema.json", as_json(described(order, each, each.lost))
        for name, text in each.examples.items():
            yield f"{folder}/{name}.csv", text
        yield f"{folder}/README.md", readme(replace(order, resources=(each.rules,)), (each.rules,), each.lost)


def described(order: Order, part: Part, lost: tuple[Remark, ...]) -> dict[str, Any]:
    """The `schema.json` of one table."""
    about = {
        "$schema": V1.profile,
        "name": order.name_of(part.rules),
        "title": order.title_of(part.rules),
        "description": order.description_of(part.rules),
        **dates(order),
        **versions_and_people(order),
        "resources": [published(order, name) for name in part.examples],
    }
    return {**filled(about), **part.schema, "x-beffroi": origin(order, lost)}


def package(order: Order, parts: list[Part], lost: tuple[Remark, ...]) -> dict[str, Any]:
    """The `datapackage.json` of several tables."""
    about = {
        "name": order.name,
        "title": order.title,
        "description": order.told(order.standard.descriptor.get("description")),
        "id": order.name,
        **versions_and_people(order),
        "resources": [resource(order, each) for each in parts],
    }
    return {**filled(about), "x-beffroi": origin(order, lost)}


def dates(order: Order) -> dict[str, Any]:
    """When the standard was made and changed; version 1 of Data Package would want the time of day as well."""
    created, modified = (order.standard.descriptor.get(key) for key in ("created", "modified"))
    return {"created": created, "lastModified": modified or created}


def versions_and_people(order: Order) -> dict[str, Any]:
    """What a repository says of itself in each of its descriptors."""
    theme = order.standard.descriptor.get("theme")
    return {
        "countryCode": "FR",
        "keywords": [theme] if isinstance(theme, str) else [],
        "licenses": [licence(each) for each in accepted(order)[:1]],
        "sources": sources(order),
        "version": order.standard.version,
        "contributors": people(order),
    }


def people(order: Order) -> list[dict[str, str]]:
    """Who keeps the standard, with one role each."""
    given = texts_of(order.standard.descriptor.get("contributors"), ("title", "email", "organization", "roles", "role"))
    return [
        filled(
            {
                "title": each.get("title"),
                "email": each.get("email"),
                "organisation": each.get("organization"),
                "role": role_of(each),
            }
        )
        for each in given
    ]


def role_of(person: Mapping[str, Any]) -> str:
    """The first role that version 1 knows."""
    given = person.get("roles", person.get("role"))
    return next((each for each in (given if isinstance(given, list) else [given]) if each in ROLES), "contributor")


def published(order: Order, name: str) -> dict[str, str]:
    """An example as a schema lists it."""
    return {"title": order.words(f"title-{name}"), "name": f"{name}-csv", "path": f"{name}.csv"}


def resource(order: Order, part: Part) -> dict[str, str]:
    """One table of a package."""
    folder = order.stems[part.rules.name]
    return {
        "name": part.rules.name,
        "title": order.title_of(part.rules),
        "path": f"{folder}/exemple-valide.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": f"{folder}/schema.json",
        "documentation": f"{folder}/README.md",
    }


def open_places(order: Order, parts: list[Part]) -> Iterator[Remark]:
    """What the catalogue asks for and a standard does not say."""
    yield remark("complete-homepage")
    if not all(each.get("email") for each in people(order)) or not people(order):
        yield remark("complete-contributors")
    licences = accepted(order)
    yield remark("complete-schema-licence", licence=licences[0]) if licences else remark("complete-no-licence")
    yield remark("complete-tag", version=order.standard.version or "…")
    for each in parts:
        if "exemple-valide" not in each.examples:
            folder = f"{order.stems[each.rules.name]}/" if order.is_package else ""
            yield remark("complete-example", file=f"{folder}exemple-valide.csv")


TARGET = export
