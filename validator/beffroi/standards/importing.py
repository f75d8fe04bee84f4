"""Brings a standard of others into our form: a schema.data.gouv.fr repository, a Table Schema, a package or a profile.

What is misplaced or misspelt is put right where that is safe, nothing is dropped, and all that was changed is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import FILE
from beffroi.catalogue.reading import custom_checks
from beffroi.documents import decoded
from beffroi.model.standard import CheckUse
from beffroi.standards.describing import MAIL, Speaker, Told, described, language_of
from beffroi.standards.drafting import Draft, Note, checked_id, slug
from beffroi.standards.gathering import completed, gathered, rows
from beffroi.standards.locating import Located, example_files, local, located, prose
from beffroi.standards.scaffolding import Order
from beffroi.standards.tidying import Change, Tidied, is_of_schema, tidied
from beffroi.standards.wording import Wording
from beffroi.standards.writing import as_yaml
from beffroi.values import dataclass

WORDS = "importing"
UPSTREAM = "upstream"
RESOURCE = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
VERSIONED = re.compile(r"latest|v?[0-9]+(\.[0-9]+)*")
NO_NAMES = {"schema", "datapackage"}
PLACES = 6
"""How many columns a change is told of by name."""


@dataclass(frozen=True, kw_only=True)
class ImportOrder:
    """How to import: under which id (else after the source), in which language to speak, with addresses or without."""

    id: str | None
    lang: str
    contacts: bool
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, kw_only=True)
class TableImport:
    """One table: its name, the one that the source gives it, its schema in our form, and its checks."""

    name: str
    source: str
    tidied: Tidied
    checks: tuple[CheckUse, ...]
    misunderstood: bool

    @property
    def file(self) -> str:
        """The file of its schema."""
        return f"{self.name}.schema.yaml"


def imported(path: Path, order: ImportOrder) -> Draft:
    """The draft of a standard from what `path` defines.

    Raises `NoSuchInput`, `UnusableFile` for what describes no table, or for an id that cannot be.
    """
    found = located(path)
    name = checked_id(order.id or id_of(found), order.catalogue)
    texts = [found.top.get("title"), found.top.get("description"), *field_texts(found)]
    say = Speaker(lang=language_of(*texts) or order.lang, contacts=order.contacts)
    tables = tuple(table_imports(found, name, say))
    told = described({key: each for key, each in found.top.items() if not is_of_schema(key)}, say)
    words = Wording(WORDS, order.lang)
    changelog = Order(id=name, titles={}, lang=order.lang, today=order.today)
    draft = Draft(
        id=name,
        files={
            FILE: standard_file(name, found, told, tables, words),
            **{each.file: schema_file(each, words) for each in tables},
            "CHANGELOG.md": changelog.changelog(words("first", source=source_name(found)), str(told.value["version"])),
            **dict(texts_of(found, say)),
        },
        told=tuple(notes(found, told, tables, say, words)),
    )
    return exemplified(draft, found, tables, words)


def id_of(found: Located) -> str:
    """The id after the source's name, its file or its folder."""
    above = [each.name for each in (found.folder.resolve(), *found.folder.resolve().parents)]
    folder = next((each for each in above if not VERSIONED.fullmatch(each)), "")
    stem = found.path.stem if found.path.suffix and found.path.stem not in NO_NAMES else folder
    given = found.top.get("name")
    return slug(given if isinstance(given, str) and given else stem) or "standard"


def source_name(found: Located) -> str:
    """How the source is called: its address, or the name of its file."""
    path = found.top.get("path") or found.top.get("homepage")
    return path if isinstance(path, str) else found.path.name


def field_texts(found: Located) -> Iterator[Any]:
    """Some texts of the fields, to tell the language by."""
    for schema in found.tables.values():
        yield from (each.get("description") for each in rows(schema["fields"][:20]))


def table_imports(found: Located, standard: str, say: Speaker) -> Iterator[TableImport]:
    """Every table; the only one is called as the standard."""
    called = {name: called_so(name) for name in found.tables} if len(found.tables) > 1 else {}
    for name, schema in found.tables.items():
        source = {key: each for key, each in schema.items() if is_of_schema(key)} if schema is found.top else schema
        value = tidied({key: each for key, each in source.items() if key not in {"name", "custom_checks"}}, say)
        uses, defects = custom_checks(schema)
        yield TableImport(
            name=called.get(name, standard),
            source=name,
            tidied=replace(value, value=pointed(bare_extras(value.value, say), called)),
            checks=uses,
            misunderstood=bool(defects),
        )


def called_so(name: str) -> str:
    """The name of a table as ours may be."""
    return name if RESOURCE.fullmatch(name) else slug(name) or "table"


def bare_extras(value: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """A schema without addresses of mail in what nobody heeds."""
    fields = [
        {key: say.bare(part) if key.startswith("x-") else part for key, part in each.items()}
        if isinstance(each, dict)
        else each
        for each in value["fields"]
    ]
    return {**{key: say.bare(each) if key.startswith("x-") else each for key, each in value.items()}, "fields": fields}


def pointed(value: dict[str, Any], called: Mapping[str, str]) -> dict[str, Any]:
    """A schema whose foreign keys name the tables as they are called now."""
    keys = value.get("foreignKeys")
    if not isinstance(keys, list) or not called:
        return value
    return {**value, "foreignKeys": [renamed(each, called) for each in keys]}


def renamed(key: Any, called: Mapping[str, str]) -> Any:
    """A foreign key that names its table as it is called now."""
    reference = key.get("reference") if isinstance(key, dict) else None
    if not isinstance(reference, dict) or reference.get("resource") not in called:
        return key
    return {**key, "reference": {**reference, "resource": called[reference["resource"]]}}


def standard_file(name: str, found: Located, told: Told, tables: tuple[TableImport, ...], words: Wording) -> str:
    """The `standard.yaml`."""
    extra = {key: each for key, each in told.value.items() if key.startswith("x-")}
    if any(each.misunderstood for each in tables):
        extra["x-custom_checks"] = found.top.get("custom_checks")
    value = {
        "id": name,
        **{key: each for key, each in told.value.items() if key not in extra},
        **({"package": found.profile} if found.profile else {}),
        "resources": [resource(each, told) for each in tables],
        **extra,
    }
    comments = {each.at: words(each.kind, **each.details) for each in told.changes if not is_aside(each)}
    comments[""] = words("standard", source=source_name(found))
    return as_yaml(value, {**comments, "/licences": words("licences")})


def resource(table: TableImport, told: Told) -> dict[str, Any]:
    """One resource of the `standard.yaml`."""
    title = table.tidied.value.get("title") or told.value["title"]
    checks = [check_value(each) for each in table.checks]
    return {"name": table.name, "title": title, "schema": table.file, **({"checks": checks} if checks else {})}


def is_aside(change: Change) -> bool:
    """Whether a change is no more than an `x-` before a key of the whole, which says enough."""
    return change.kind == "kept" and change.column is None


def check_value(use: CheckUse) -> dict[str, Any]:
    """A check as a standard asks for it."""
    options = dict(use.options)
    short = isinstance(options.get("field"), str) and options["field"]
    column = {"field": options.pop("field")} if short else {}
    return {"check": use.check, **column, **({"options": options} if options else {})}


def schema_file(table: TableImport, words: Wording) -> str:
    """The Table Schema of one table, with a comment on what was changed."""
    comments: dict[str, str] = defaultdict(str)
    for each in table.tidied.changes:
        if is_aside(each):
            continue
        comments[each.at] = f"{comments[each.at]}\n{words(each.kind, **each.details)}".strip()
    return as_yaml(dict(table.tidied.value), comments)


def texts_of(found: Located, say: Speaker) -> Iterator[tuple[str, str]]:
    """The texts of a repository that tell of it."""
    for each in prose(found) if found.path.parent == found.folder else ():
        yield f"{UPSTREAM}/{each.name}", say.bare(decoded(each.read_bytes(), each.as_posix()))


def notes(found: Located, told: Told, tables: tuple[TableImport, ...], say: Speaker, words: Wording) -> Iterator[Note]:
    """What was done, changes of one kind together."""
    fields = sum(len(each.tidied.value["fields"]) for each in tables)
    checks = sum(len(each.checks) for each in tables)
    yield Note(kind="tables", text=words("told-tables", count=len(tables), fields=fields, checks=checks))
    yield Note(kind="languages", text=words("told-languages", language=words(say.lang)))
    yield from (Note(kind="absent", place=each, text=words("told-absent")) for each in found.absent)
    for each in tables:
        if each.misunderstood:
            yield Note(kind="bad-check", place=each.name, text=words("told-bad-check"))
        if len(tables) > 1 and each.name != each.source:
            yield Note(kind="renamed-table", text=words("told-renamed-table", key=each.source, other=each.name))
    changes = (*told.changes, *(change for each in tables for change in each.tidied.changes))
    yield from grouped(changes, words)
    yield from (Note(kind="copied", place=path, text=words("told-copied")) for path, _ in texts_of(found, say))
    if mails := 0 if say.contacts else mails_in(found):
        yield Note(kind="mails-left-out", text=words("told-mails-left-out", count=mails))


def mails_in(found: Located) -> int:
    """How many addresses of mail the source holds outside its fields."""
    texts = [repr({**each, "fields": ()}) for each in (found.top, *found.tables.values())]
    return len({mail for text in texts for mail in MAIL.findall(text)})


def grouped(changes: tuple[Change, ...], words: Wording) -> Iterator[Note]:
    """The changes, each kind of change once with the columns where it was made."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = defaultdict(list)
    aside: dict[str, None] = {}
    for each in changes:
        if is_aside(each):
            aside[each.details["key"]] = None
        else:
            groups[each.kind, tuple(each.details.items())].append(each.column or FILE)
    if aside:
        yield Note(kind="kept", text=words("told-aside", keys=", ".join(aside)))
    for (kind, details), columns in groups.items():
        places = dict.fromkeys(columns)
        shown = ", ".join(list(places)[:PLACES]) + (f" … ({len(places)})" if len(places) > PLACES else "")
        yield Note(kind=kind, text=words(f"told-{kind}", **dict(details), places=shown))


def exemplified(draft: Draft, found: Located, tables: tuple[TableImport, ...], words: Wording) -> Draft:
    """The draft with the examples of the source, and with made-up ones where it has none."""
    alone, absent = example_files(found)
    whole = {each.name: file for each in tables if (file := local(found.data.get(each.source, ""), found.folder))}
    examples = gathered(draft, {} if found.data else alone, whole if len(whole) == len(tables) else {})
    told = [
        Note(kind=kind.removeprefix("told-"), place=name, text=words(kind, count=count))
        for kind, name, count in examples.told
    ]
    told += [Note(kind="not-there", place=each, text=words("told-not-there")) for each in absent]
    draft = replace(draft, files={**draft.files, **examples.files}, copies=examples.copies)
    made = completed(draft, {each.name: list(rows(each.tidied.value["fields"])) for each in tables})
    if made:
        told.append(Note(kind="made-up", text=words("told-made-up")))
    elif not any(path.startswith("examples/") for path in draft.paths):
        told.append(Note(kind="no-examples", text=words("told-no-examples")))
    return replace(made or draft, told=(*draft.told, *told))
