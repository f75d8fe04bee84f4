"""Reads what defines a standard: our own folder, a Table Schema, a Data Package descriptor or profile, as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from beffroi.catalogue.custom_checks import translated
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import Document, JsonSchema, read_document
from beffroi.errors import UnusableFile
from beffroi.model.faults import Defect, fault
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, ResourceRules, Standard, TableSchema
from beffroi.rulebook import known_rules


def bundled_root() -> Path:
    """Where our own standards, schemas and charters are: inside the installed package, or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parents[1]


def standard_from_file(path: Path) -> Standard:
    """A standard from any file that defines one. Raises `UnusableFile` for a file that does not."""
    if path.name == "standard.yaml":
        return standard_from_folder(path.parent)
    document = read_document(path)
    value = document.value
    if not isinstance(value, dict):
        raise UnusableFile("not-a-standard", where=document.path)
    if isinstance(value.get("fields"), list):
        return from_table_schema(document)
    if isinstance(value.get("resources"), list) and any(has_schema(each) for each in value["resources"]):
        return from_package(document)
    if isinstance(value.get("properties"), dict) or "allOf" in value:
        return from_profile(document)
    raise UnusableFile("not-a-standard", where=document.path)


def has_schema(resource: Any) -> bool:
    """Whether a resource of a descriptor says what its table must be."""
    return isinstance(resource, dict) and isinstance(resource.get("schema"), dict | str)


def fingerprint(*texts: str) -> str:
    """SHA-256 of the files that make a standard."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def text_or_none(given: Any) -> str | None:
    """A text, or nothing."""
    return given if isinstance(given, str) and given else None


def from_table_schema(document: Document) -> Standard:
    """A plain Table Schema, or one of schema.data.gouv.fr with its `custom_checks`."""
    value = document.value
    schema = read_table_schema(value, line=document.line)
    checks, defects = custom_checks(value)
    name = text_or_none(value.get("name")) or Path(document.path).stem
    return Standard(
        id=name,
        version=text_or_none(value.get("version")),
        path=document.path,
        sha256=fingerprint(document.text),
        title=value.get("title"),
        resources=(ResourceRules(name=name, schema=schema, checks=checks),),
        defects=(*repeated_keys(document), *defects),
    )


def repeated_keys(document: Document) -> Iterator[Defect]:
    """Keys that stand twice, of which only the last is heeded."""
    for key in document.repeated:
        yield Defect(fault=fault("standard-repeated-key", key=key))


def custom_checks(value: Mapping[str, Any]) -> tuple[tuple[CheckUse, ...], tuple[Defect, ...]]:
    """The `custom_checks` of a French national schema."""
    given = value.get("custom_checks", [])
    uses, defects = [], []
    for index, each in enumerate(given if isinstance(given, list) else ()):
        pointer = f"/custom_checks/{index}"
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            defects.append(Defect(fault=fault("standard-bad-key", key="custom_checks"), pointer=pointer))
            continue
        params = each.get("params")
        check, options = translated(each["name"], params if isinstance(params, dict) else {})
        uses.append(CheckUse(check=check, options=options, pointer=pointer))
    return tuple(uses), tuple(defects)


def from_package(document: Document) -> Standard:
    """A Data Package descriptor, whose resources' schemas are the rules."""
    value, folder = document.value, Path(document.path).parent
    resources, texts = [], [document.text]
    for index, each in enumerate(value["resources"]):
        if not has_schema(each):
            continue
        if isinstance(each["schema"], str):
            file = read_document(inside(folder, each["schema"]))
            schema = schema_in(file)
            texts.append(file.text)
        else:
            schema = read_table_schema(each["schema"], f"/resources/{index}/schema", line=document.line)
        resources.append(ResourceRules(name=str(each.get("name", index)), schema=schema))
    return Standard(
        id=text_or_none(value.get("name")) or Path(document.path).stem,
        version=text_or_none(value.get("version")),
        path=document.path,
        sha256=fingerprint(*texts),
        title=value.get("title"),
        resources=tuple(resources),
        defects=tuple(repeated_keys(document)),
    )


def schema_in(document: Document) -> TableSchema:
    """The Table Schema that a file beside a standard or descriptor holds; raises `UnusableFile` for another file."""
    if not isinstance(document.value, dict) or not isinstance(document.value.get("fields"), list):
        raise UnusableFile("not-a-schema", where=document.path)
    return read_table_schema(document.value, line=document.line, file=Path(document.path).name)


def inside(folder: Path, name: str) -> Path:
    """The file `name` of `folder`; raises `UnusableFile` for a path that leads out of it, or away over the network."""
    path = folder / name
    if "\0" in name or "://" in name or Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        raise UnusableFile("leads-out", where=folder.as_posix(), name=name)
    return path


def from_profile(document: Document) -> Standard:
    """A Data Package profile: a JSON Schema that a descriptor must satisfy."""
    return Standard(
        id=text_or_none(document.value.get("name")) or Path(document.path).stem,
        version=text_or_none(document.value.get("version")),
        path=document.path,
        sha256=fingerprint(document.text),
        title=document.value.get("title"),
        package=document.value,
        resources=(),
    )


def standard_from_folder(folder: Path) -> Standard:
    """One of our own standards: `standard.yaml` and the schemas beside it."""
    file, ours = folder / "standard.yaml", bundled_root()
    bundled = file.resolve().is_relative_to(ours / "standards")
    document = read_document(file, file.resolve().relative_to(ours).as_posix() if bundled else None)
    value = document.value
    complain_about_form(document, bundled=bundled)
    if value.get("extends"):
        raise UnusableFile("cannot-extend", where=document.path, parent=value["extends"])
    schemas = [read_document(inside(folder, each["schema"])) for each in value["resources"]]
    resources = tuple(
        resource_rules(each, schema_in(schema), f"/resources/{index}")
        for index, (each, schema) in enumerate(zip(value["resources"], schemas, strict=True))
    )
    return Standard(
        id=value["id"],
        version=value["version"],
        path=document.path,
        sha256=fingerprint(document.text, *(schema.text for schema in schemas)),
        status=value["status"],
        title=value["title"],
        resources=resources,
        levels=dict(levels(value.get("levels", {}))),
        package=value.get("package"),
        unjudged=tuple(key for key in ("licences", "raw") if value.get(key)),
        defects=tuple(defects_of_standard(document)),
    )


def defects_of_standard(document: Document) -> Iterator[Defect]:
    """What is wrong with a `standard.yaml` of the right form: it is retired, or gives a level to an unknown rule."""
    if document.value["status"] == "retired":
        yield Defect(fault=fault("standard-retired"), pointer="/status", line=document.line("/status"))
    known = {*known_rules(), *(use["check"] for each in document.value["resources"] for use in each.get("checks", ()))}
    for rule in document.value.get("levels", {}):
        if rule not in known:
            pointer = f"/levels/{rule}"
            yield Defect(fault=fault("standard-unknown-rule", name=rule), pointer=pointer, line=document.line(pointer))


def complain_about_form(document: Document, *, bundled: bool) -> None:
    """Raise `UnusableFile` where a `standard.yaml` is not what its JSON Schema says; ours are tested instead."""
    if document.repeated:
        raise UnusableFile("repeated-key", where=document.path, key=document.repeated[0])
    if bundled:
        return
    problem = next(JsonSchema(form_of("standard")).problems(document.value), None)
    if problem:
        line = document.line(problem.pointer)
        raise UnusableFile(
            FORM.get(problem.keyword, "form-other"),
            where=f"{document.path}:{line}" if line else document.path,
            place=problem.pointer or "/",
            expected=problem.expected,
            found=problem.found,
        )


FORM = {
    "required": "form-missing-key",
    "additionalProperties": "form-unknown-key",
    "type": "form-wrong-type",
    "enum": "form-not-listed",
}
"""Which error a broken keyword of a JSON Schema is told as; the others as `form-other`."""


def form_of(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of one of our file kinds."""
    schema: Mapping[str, Any] = read_document(bundled_root() / "schemas" / f"{kind}.schema.json").value
    return schema


def resource_rules(given: Mapping[str, Any], schema: TableSchema, pointer: str) -> ResourceRules:
    """One resource of a standard."""
    return ResourceRules(
        name=given["name"],
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
    level = given.get("level")
    return CheckUse(check=given["check"], options=options, level=Level(level) if level else None, pointer=pointer)


def levels(given: Mapping[str, Any]) -> Iterator[tuple[str, Level]]:
    """The level that a standard gives to rules, with or without its reason."""
    for rule, level in given.items():
        yield rule, Level(level["level"] if isinstance(level, dict) else level)
