"""What describes the tables that are made up: a data package that the standard's own rule for packages accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from beffroi.model.standard import Standard
from beffroi.standards.drafting import slug
from beffroi.standards.sampling.draws import draw
from beffroi.standards.sampling.json_schemas import instance
from beffroi.standards.sampling.tables import MadeTable
from beffroi.standards.wording import Wording

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
ANY_OPEN = "CC-BY-4.0"
"""The licence where the standard names a rule and no licences."""
LICENCES = {
    "etalab-2.0": (
        "Licence Ouverte / Open Licence 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}
LANGUAGES = {"en", "fr"}


def descriptor(standard: Standard, tables: Sequence[tuple[MadeTable, str]], lang: str) -> dict[str, Any]:
    """The `datapackage.json` of tables, each with its format, and whatever else the standard asks of one."""
    words = Wording("sampling", lang)
    known = {
        "$schema": PROFILE,
        "name": f"{slug(standard.id)}-sample",
        "title": words("title", title=in_language(standard.title, lang) or standard.id),
        "description": words("description", name=standard.name),
        "version": "1.0.0",
        "created": f"{standard.descriptor.get('modified') or '2024-01-01'}T00:00:00Z",
        "licenses": [licence(standard)],
        "contributors": [{"title": words("publisher"), "roles": ["publisher"]}],
        "resources": [resource(made, form, lang) for made, form in tables],
    }
    return {**known, **missing(standard.package or {}, known)}


def missing(asked: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What a standard requires of the metadata beyond what is known, made up."""
    required, properties = asked.get("required"), asked.get("properties")
    names = [each for each in required if isinstance(each, str)] if isinstance(required, list) else []
    forms = properties if isinstance(properties, dict) else {}
    chance = draw(Random(0), 0)  # noqa: S311 - nothing secret
    return {name: instance(forms.get(name, {}), chance) for name in names if name not in known}


def licence(standard: Standard) -> dict[str, str]:
    """The first licence that the standard accepts."""
    accepted = (standard.descriptor.get("licences") or {}).get("accept")
    name = accepted[0] if isinstance(accepted, list) and accepted else ANY_OPEN
    title, path = LICENCES.get(name, ("", ""))
    return {"name": name, **({"title": title, "path": path} if path else {})}


def resource(made: MadeTable, form: str, lang: str) -> dict[str, Any]:
    """One table, with its schema in one language."""
    name = made.rules.name
    text = in_language(made.rules.title, lang)
    return {
        "name": name,
        **({"title": text} if text else {}),
        "type": "table",
        "path": f"{name}.{form}",
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        **({"encoding": "utf-8"} if form in {"csv", "tsv"} else {}),
        "schema": in_language(made.schema.descriptor, lang),
    }


def in_language(value: Any, lang: str) -> Any:
    """The same with one text instead of one in each language."""
    if isinstance(value, dict) and value and value.keys() <= LANGUAGES:
        return value.get(lang) or next(iter(value.values()))
    if isinstance(value, Mapping):
        return {key: in_language(each, lang) for key, each in value.items()}
    return [in_language(each, lang) for each in value] if isinstance(value, list) else value
