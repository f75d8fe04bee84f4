"""Drafts a standard from sample files. The samples conform to the draft; what is uncertain is marked in it.

Of a large file only the first rows are learnt from, but all of it is checked: what is broken further on gives way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import FILE
from beffroi.deliveries import Judge
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Subject
from beffroi.model.standard import Standard
from beffroi.settings import Settings
from beffroi.standards.columnwise import field_draft
from beffroi.standards.drafting import ACCEPTED, TABLE_SCHEMA, VERSION, Draft, Note, slug, to_complete, tried
from beffroi.standards.examples import with_examples
from beffroi.standards.guesses import Remark
from beffroi.standards.identifying import identifying, referred
from beffroi.standards.sampled import Column, SampledTable, sampled, tables_of
from beffroi.standards.scaffolding import Order
from beffroi.standards.tablewise import Reference, TableDraft
from beffroi.standards.wording import Wording, table
from beffroi.standards.writing import as_yaml
from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.tables.delivery import Delivered

WORDS = "inferring"
ROUNDS = 4
"""How often a draft gives way to its samples."""


def inferred(taken: Sequence[Delivered], order: Order) -> Draft:
    """A draft from sample files: those that share most of their columns are samples of one table.

    Raises `CannotRead` for a file that holds no table with named columns.
    """
    first = related(tuple(drafted(tables_of([sampled(each) for each in taken]), order.id)))
    tables, left = settled(first, taken, order)
    draft = Draft(
        id=order.id,
        files=files_of(tables, order),
        told=tuple(done(tables, left, order)),
        to_check=tuple(notes(tables, order)),
    )
    form = "geojson" if "csv" not in tables[0].formats else "csv"
    whole = with_examples(draft, {each.name: each.values(order.lang) for each in tables}, form)
    return whole or replace(draft, told=(*draft.told, note("no-examples", order)))


def drafted(tables: Sequence[SampledTable], standard: str) -> Iterator[TableDraft]:
    """A draft for each table; the only one is called as the standard, several as their files."""
    taken: set[str] = set()
    for each in tables:
        name = standard if len(tables) == 1 else free_name(each.samples[0].taken.name, taken)
        taken.add(name)
        fields = tuple(field_draft(column) for column in each.columns)
        yield TableDraft(name=name, table=each, fields=fields, key=identifying(each, fields))


def free_name(file: str, taken: set[str]) -> str:
    """The name of a table after that of its file, with a number where it is taken."""
    stem = slug(Path(file).name.split(".")[0]) or "table"
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(each for each in chain([stem], numbered) if each not in taken)


def related(tables: tuple[TableDraft, ...]) -> tuple[TableDraft, ...]:
    """The tables, with the columns of each that refer to another."""
    keys = {each.name: key.column for each in tables if (key := each.own_key)}
    examples = {each.name: key.example for each in tables if (key := each.own_key)}
    return tuple(each.referring(tuple(references(each, keys)), examples) for each in tables)


def references(draft: TableDraft, keys: Mapping[str, Column]) -> Iterator[Reference]:
    """The columns of a table that refer to the key of another, but for its own key."""
    others = {name: key for name, key in keys.items() if name != draft.name}
    for each in draft.fields:
        resource = None if draft.key == (each.column.name,) else referred(each, others)
        if resource:
            yield Reference(column=each.column.name, resource=resource, key=others[resource].name)


def settled(
    tables: tuple[TableDraft, ...], taken: Sequence[Delivered], order: Order
) -> tuple[tuple[TableDraft, ...], list[Finding]]:
    """The tables without what their samples break, and the findings that no draft can help."""
    left: list[Finding] = []
    for _ in range(ROUNDS):
        with tried(Draft(id=order.id, files=files_of(tables, order))) as folder:
            subjects = judged(Catalogue.of().in_folder(folder), taken)
        left = [each for subject in subjects for each in subject.findings if each.level is Level.MUST]
        given = tuple(each.giving_way(found_in(subjects, each.name)) for each in tables)
        if given == tables:
            break
        tables = given
    return tables, left


def judged(standard: Standard, taken: Sequence[Delivered]) -> tuple[Subject, ...]:
    """What is found in the samples."""
    return Judge(standard=standard, settings=Settings(samples=3)).taken(taken)


def found_in(subjects: Sequence[Subject], resource: str) -> list[Finding]:
    """What makes the samples of one table not conformant."""
    within = (each for each in subjects if each.resource == resource)
    return [each for subject in within for each in subject.findings if each.level is Level.MUST]


def files_of(tables: Sequence[TableDraft], order: Order) -> dict[str, str]:
    """The files of the draft."""
    words = Wording(WORDS, order.lang)
    names = ", ".join(each.samples for each in tables)
    return {
        FILE: standard_file(tables, order, names),
        **{each.file: schema_file(each, order) for each in tables},
        "CHANGELOG.md": order.changelog(words("first", files=names)),
    }


def standard_file(tables: Sequence[TableDraft], order: Order, names: str) -> str:
    """The `standard.yaml`."""
    words, scaffolding = Wording(WORDS, order.lang), order.words
    value = {
        "id": order.id,
        "version": VERSION,
        "status": "draft",
        "title": order.title,
        "description": to_complete(),
        "licences": {"accept": list(ACCEPTED)},
        "resources": [resource(each) for each in tables],
    }
    noted = {f"/{key}": scaffolding(key) for key in ("id", "version", "status")}
    licences = words("to-check", text=words("licences"))
    return as_yaml(value, {"": words("standard", files=names), **noted, "/licences": licences})


def resource(draft: TableDraft) -> dict[str, Any]:
    """One resource of the `standard.yaml`."""
    checks = [{"check": each.check, "field": each.column.name} for each in draft.fields if each.check]
    return {
        "name": draft.name,
        "title": to_complete(),
        "schema": draft.file,
        "formats": draft.formats,
        **({"checks": checks} if checks else {}),
    }


def schema_file(draft: TableDraft, order: Order) -> str:
    """The Table Schema of one table, with the remarks as comments."""
    words = Wording(WORDS, order.lang)
    comments: dict[str, str] = {"": words("schema", files=draft.samples, rows=draft.table.rows)}
    for pointer, remark in draft.remarks:
        said = marked(remark, words)
        comments[pointer] = f"{comments[pointer]}\n{said}" if pointer in comments else said
    value = {
        "$schema": TABLE_SCHEMA,
        "title": to_complete(),
        "description": to_complete(),
        "fields": draft.values(order.lang),
        **({"primaryKey": list(draft.key)} if draft.key else {}),
        **({"foreignKeys": [each.value for each in draft.references]} if draft.references else {}),
        "missingValues": list(draft.missing),
    }
    return as_yaml(value, comments)


def marked(remark: Remark, words: Wording) -> str:
    """A remark as a comment: what is not sure is marked."""
    text = worded(remark, words)
    return text if is_sure(remark) else words("to-check", text=text)


def worded(remark: Remark, words: Wording) -> str:
    """A remark in words."""
    kind = {"kind": words(str(remark.details["kind"]))} if "kind" in remark.details else {}
    return words(remark.key, **{**remark.details, **kind})


def is_sure(remark: Remark) -> bool:
    """Whether a remark only tells, and leaves nothing to check."""
    return bool(table(WORDS)[remark.key].get("sure"))


def note(key: str, order: Order, place: str | None = None, **details: object) -> Note:
    """Something that was done."""
    return Note(kind=key, text=Wording(WORDS, order.lang)(key, **details), place=place)


def notes(tables: Sequence[TableDraft], order: Order) -> Iterator[Note]:
    """What is to be checked, each with the table, if there are several, and the field."""
    words = Wording(WORDS, order.lang)
    for each in tables:
        for pointer, remark in each.remarks:
            if not is_sure(remark):
                parts = (each.name if len(tables) > 1 else "", place_of(pointer, each))
                place = ".".join(part for part in parts if part)
                yield Note(kind=remark.key, text=worded(remark, words), place=place or None)


def place_of(pointer: str, draft: TableDraft) -> str:
    """The field or the key of the schema that a pointer leads to."""
    parts = pointer.split("/")[1:]
    if parts == ["primaryKey"]:
        return ", ".join(draft.key)
    if parts[0] == "foreignKeys":
        return draft.references[int(parts[1])].column
    return draft.fields[int(parts[1])].column.name if parts[0] == "fields" and parts[1:] else ""


def done(tables: Sequence[TableDraft], left: Sequence[Finding], order: Order) -> Iterator[Note]:
    """What was read, and what came out."""
    for each in tables:
        for sample in each.table.samples:
            key = "read-all" if sample.whole else "read-some"
            yield note(key, order, sample.taken.name, rows=sample.rows)
        yield note("columns", order, each.name, count=len(each.fields), kinds=kinds(each, order))
        if made := [field.column.name for field in each.fields if field.example.instead]:
            yield note("examples-made-up", order, each.name, fields=", ".join(map(visible, made)))
    if left:
        rules = ", ".join(dict.fromkeys(each.rule for each in left))
        yield note("samples-defective", order, count=sum(each.count for each in left), rules=rules)


def kinds(draft: TableDraft, order: Order) -> str:
    """How many columns there are of each type."""
    words = Wording(WORDS, order.lang)
    found: Mapping[str, int] = Counter(field.guess.type for field in draft.fields)
    return ", ".join(f"{number} × {words(kind)}" for kind, number in found.items())
