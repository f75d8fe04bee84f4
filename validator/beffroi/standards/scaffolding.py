"""A new standard, small and whole: it is valid, and its examples pass, before a word of it is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import FILE
from beffroi.errors import UnusableFile
from beffroi.model.standard import ResourceRules, Standard
from beffroi.settings import Settings
from beffroi.standards.drafting import ACCEPTED, TABLE_SCHEMA, VERSION, Draft, to_complete, tried
from beffroi.standards.examples import INVALID, VALID, as_csv, expectation_of, table_of
from beffroi.standards.testing import EXPECTED, examples_of, judged_examples
from beffroi.standards.wording import Wording, both
from beffroi.standards.writing import as_yaml
from beffroi.values import dataclass

WORDS = "scaffolding"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for: the id of a standard, its titles by language where they are known, the language to speak."""

    id: str
    titles: Mapping[str, str]
    lang: str
    today: date

    @property
    def title(self) -> dict[str, str]:
        """The title in both languages; where one is not known, that it is to be written."""
        return {lang: self.titles.get(lang) or mark for lang, mark in to_complete().items()}

    @property
    def words(self) -> Wording:
        """The words of the files, in the language asked for."""
        return Wording(WORDS, self.lang)

    def changelog(self, first: str, version: str = VERSION) -> str:
        """The changelog of the first version."""
        return self.words("changelog", id=self.id, version=version, today=self.today.isoformat(), first=first)


def new(order: Order) -> Draft:
    """A standard of one table with two columns, with comments, a valid and an invalid example."""
    words, table = order.words, f"{order.id}.schema.yaml"
    id_, updated = sample_fields(words)
    rows = [("A-001", "2026-01-31"), ("A-002", "2026-02-15")]
    wrong = [("A-001", "2026-01-31"), ("", "15/02/2026")]
    header = (id_["name"], updated["name"])
    expected = [
        {"rule": "required", "field": id_["name"], "count": 1},
        {"rule": "type", "field": updated["name"], "cause": "day-first-date", "count": 1},
    ]
    return Draft(
        id=order.id,
        files={
            FILE: standard_file(order, table),
            table: schema_file(order, [id_, updated]),
            "CHANGELOG.md": order.changelog(words("first")),
            f"{VALID}/{order.id}.csv": as_csv(header, rows),
            f"{INVALID}/identifier-and-date.csv": as_csv(header, wrong),
            **expectation_of(f"{INVALID}/identifier-and-date.csv", expected),
        },
    )


def standard_file(order: Order, table: str) -> str:
    """The `standard.yaml` of a standard of one table."""
    value = {
        "id": order.id,
        "version": VERSION,
        "status": "draft",
        "title": order.title,
        "description": to_complete(both(WORDS, "what-standard")),
        "contributors": [{"title": f"{to_complete()[order.lang]} – {order.words('steward')}", "roles": ["steward"]}],
        "licences": {"accept": list(ACCEPTED)},
        "resources": [
            {
                "name": order.id,
                "title": order.title,
                "schema": table,
                "formats": ["csv", "xlsx", "ods"],
            }
        ],
    }
    words = order.words
    noted = {f"/{key}": words(key) for key in ("id", "version", "status", "licences")}
    comments = {"": words("standard"), **noted, "/resources": words("resources")}
    return as_yaml(value, comments) + "".join(f"    # {line}\n" for line in words("checks").splitlines())


def sample_fields(words: Wording) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two columns that nearly every table needs."""
    return (
        {
            "name": "id",
            "title": both(WORDS, "identifier"),
            "description": both(WORDS, "identifier-description"),
            "type": "string",
            "constraints": {"required": True},
            "example": "A-001",
        },
        {
            "name": words("updated-name"),
            "title": both(WORDS, "updated"),
            "description": both(WORDS, "updated-description"),
            "type": "date",
            "example": "2026-01-31",
        },
    )


def schema_file(order: Order, fields: list[dict[str, Any]]) -> str:
    """The Table Schema of the sample fields."""
    words = order.words
    value = {
        "$schema": TABLE_SCHEMA,
        "title": order.title,
        "description": to_complete(both(WORDS, "what-table")),
        "fields": fields,
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    comments = {
        "": words("schema"),
        "/fields/0/type": words("type"),
        "/fields/0/example": words("example"),
        "/fields/1/type": words("other-types"),
    }
    return as_yaml(value, comments)


def new_upon(name: str, order: Order, catalogue: Catalogue) -> Draft:
    """A standard that extends another of the catalogue: with a column of its own, if examples can be made with it.

    Raises `UnknownStandard`, or `UnusableFile` for a parent that cannot be read.
    """
    parent = catalogue.built(catalogue.definition(name))
    draft = with_column(parent, order)
    return draft if draft and passes(draft, catalogue) else without_column(parent, order)


def with_column(parent: Standard, order: Order) -> Draft | None:
    """A child with a column of its own; `None` where the examples of the parent's fields make no table."""
    rules = parent.resources[0]
    if rules.schema is None:
        return None
    words, table = order.words, f"{rules.name}.schema.yaml"
    column = own_column(rules.schema.names, words)
    fields = [*rules.schema.descriptor["fields"], column]
    needed = next((each.name for each in rules.schema.fields if each.required), "")
    valid, wrong = table_of(fields), table_of(fields, {needed: ""})
    if not (valid and wrong and needed) or parent.is_package:
        return None
    expected = [{"rule": "required", "field": needed, "count": 1}]
    return Draft(
        id=order.id,
        files={
            FILE: child_file(parent, order, [{"name": rules.name, "schema": table}]),
            table: as_yaml({"fields": [column]}, {"": tightening(parent, rules, order)}),
            "CHANGELOG.md": order.changelog(words("first-child", parent=parent.name)),
            f"{VALID}/{rules.name}.csv": valid,
            f"{INVALID}/required-cell-empty.csv": wrong,
            **expectation_of(f"{INVALID}/required-cell-empty.csv", expected),
        },
    )


def own_column(known: tuple[str, ...], words: Wording) -> dict[str, Any]:
    """A sample column that the parent does not have."""
    name = words("district-name")
    numbered = (f"{name}_{number}" for number in count(2))
    return {
        "name": next(each for each in chain([name], numbered) if each not in known),
        "title": both(WORDS, "district"),
        "description": both(WORDS, "district-description"),
        "type": "string",
        "example": words("district-example"),
    }


def tightening(parent: Standard, rules: ResourceRules, order: Order) -> str:
    """How to write fields that are added or changed."""
    assert rules.schema is not None
    loose = next((each.name for each in rules.schema.fields if not each.required), rules.schema.names[-1])
    return order.words("tightening", parent=parent.name, field=loose)


def child_file(parent: Standard, order: Order, resources: list[dict[str, Any]]) -> str:
    """The `standard.yaml` of a standard that extends another."""
    words = order.words
    value = {
        "id": order.id,
        "version": VERSION,
        "status": "draft",
        "title": order.title,
        "extends": f"{parent.id}@{(parent.version or '').split('.')[0]}",
        **({"resources": resources} if resources else {}),
    }
    noted = {f"/{key}": words(key) for key in ("id", "version", "status")}
    return as_yaml(value, {"": words("standard"), **noted, "/extends": words("parent")})


def without_column(parent: Standard, order: Order) -> Draft:
    """A child that says no more than its parent, with the first examples of that."""
    copies: dict[str, Path] = {}
    found = list(examples_of(parent))
    for kind in (True, False):
        first = next((path for path, valid in found if valid is kind), None)
        copies.update(copied(first, VALID if kind else INVALID) if first else ())
    return Draft(
        id=order.id,
        files={
            FILE: child_file(parent, order, []),
            "CHANGELOG.md": order.changelog(order.words("first-child", parent=parent.name)),
        },
        copies=copies,
    )


def copied(example: Path, into: str) -> Iterator[tuple[str, Path]]:
    """The files of an example, with the one that declares its findings."""
    if example.is_dir():
        files = [each for each in sorted(example.rglob("*")) if each.is_file()]
        yield from ((f"{into}/{example.name}/{each.relative_to(example).as_posix()}", each) for each in files)
        return
    expected = example.with_name(f"{example.stem}.{EXPECTED}")
    yield from ((f"{into}/{each.name}", each) for each in (example, expected) if each.is_file())


def passes(draft: Draft, catalogue: Catalogue) -> bool:
    """Whether a draft may be what it is (some standards accept no more columns), and its examples what they should."""
    with tried(draft) as folder:
        try:
            standard = Catalogue.of(folder.parents[1], *catalogue.own).standard(draft.id)
        except UnusableFile:
            return False
        return not any(subject.findings for subject in judged_examples(standard, Settings()))
