"""Puts a Table Schema of others into our form: keys in a readable order, misplaced and misspelt ones where they belong.

Nothing is dropped: what no engine heeds becomes a key with `x-` before it. A correction is only made where it brings no
new defect.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from beffroi.catalogue.table_schema import (
    CONSTRAINTS,
    FLAGS,
    OF_FIELDS,
    OF_SCHEMAS,
    OF_TYPES,
    OTHER_NAMES,
    read_table_schema,
)
from beffroi.standards.drafting import TABLE_SCHEMA
from beffroi.tables.plans import compile_plan
from beffroi.values import dataclass

ORDER = ("name", "title", "description", "type", "format", "unit", *OF_TYPES, "constraints", "missingValues")
LAST = ("example", "examples", "rdfType")
TEXTS = ("title", "description")
NEAR = 0.8
Say = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that is written otherwise than in the source, as a key of `importing.toml`; `at` is a JSON Pointer."""

    kind: str
    at: str = ""
    column: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tidied:
    """A Table Schema in our form, and what was changed."""

    value: Mapping[str, Any]
    changes: tuple[Change, ...]


def tidied(schema: Mapping[str, Any], say: Say) -> Tidied:
    """A Table Schema in our form; `say` puts a text under its language."""
    renamed = {key: other for key in schema if (other := near(key, OF_SCHEMAS)) and other not in schema}
    source = {renamed.get(key, key): value for key, value in schema.items()}
    fields = [tidied_field(each, index, say) for index, each in enumerate(source["fields"])]
    known = {key: source[key] for key in OF_SCHEMAS if key in source and key != "fields"}
    if isinstance(known.get("primaryKey"), str):
        known["primaryKey"] = [known["primaryKey"]]
    others = {key: value for key, value in source.items() if key not in (*OF_SCHEMAS, *TEXTS, "$schema")}
    value = {
        "$schema": TABLE_SCHEMA,
        **{key: text for key in TEXTS if (text := say(source.get(key)))},
        "fields": [value for value, _ in fields],
        **known,
        **{unheeded(key): each for key, each in others.items()},
    }
    changes = (
        *(
            Change(kind="corrected", at=f"/{other}", details={"key": key, "other": other})
            for key, other in renamed.items()
        ),
        *(change for _, found in fields for change in found),
        *(kept(key, f"/{unheeded(key)}") for key in others if unheeded(key) != key),
    )
    return Tidied(value=value, changes=changes)


def is_of_schema(key: str) -> bool:
    """Whether a key is one of a Table Schema itself, be it misspelt."""
    return key in OF_SCHEMAS or near(key, OF_SCHEMAS) is not None


def near(key: str, known: tuple[str, ...]) -> str | None:
    """The known key that a misspelt one must mean."""
    if key in known or key.startswith(("x-", "x_", "_")):
        return None
    found = difflib.get_close_matches(key, known, n=1, cutoff=NEAR)
    return found[0] if found else None


def unheeded(key: str) -> str:
    """How a key is called that nobody heeds."""
    return key if key.startswith("x-") else f"x-{'-'.join(key.split())}"


def kept(key: str, at: str, name: str | None = None) -> Change:
    """That a key was kept under another name."""
    return Change(kind="kept", at=at, column=name, details={"key": key, "other": unheeded(key)})


def tidied_field(given: Any, index: int, say: Say) -> tuple[Any, tuple[Change, ...]]:
    """One field in our form; what is no field with a name stays as it is."""
    if not isinstance(given, dict) or not given.get("name"):
        return given, ()
    draft = FieldTidier(given, f"/fields/{index}", say)
    return draft.run(), tuple(draft.changes)


class FieldTidier:
    """Tidies one field, collecting what is changed on the way."""

    def __init__(self, given: Mapping[str, Any], pointer: str, say: Say) -> None:
        self.given = given
        self.pointer = pointer
        self.say = say
        self.name = str(given["name"])
        self.value: dict[str, Any] = {key: each for key, each in given.items() if key in OF_FIELDS}
        self.others: dict[str, Any] = {}
        self.changes: list[Change] = []

    def change(self, kind: str, at: str, **details: str) -> None:
        """Note a change."""
        self.changes.append(Change(kind=kind, at=f"{self.pointer}/{at}", column=self.name, details=details))

    def run(self) -> dict[str, Any]:
        """The field in our form."""
        self.constraints()
        self.type()
        for key, each in self.given.items():
            if key not in OF_FIELDS:
                self.other_key(key, each)
        for key in TEXTS:
            self.value[key] = self.say(self.value.get(key))
        in_order = [*ORDER, *LAST]
        found = {
            key: self.value[key] for key in in_order if key in self.value and self.value[key] not in (None, "", {})
        }
        return {**found, **self.others}

    def type(self) -> None:
        """The name of the type as Table Schema has it."""
        given = self.value.get("type")
        if given is None:
            self.value["type"] = "string"
            self.change("no-type", "type")
        elif isinstance(given, str) and given in OTHER_NAMES:
            self.value["type"] = OTHER_NAMES[given]
            self.change("corrected", "type", key=given, other=OTHER_NAMES[given])
        form = self.value.get("format")
        if isinstance(form, str) and form.startswith("fmt:"):
            self.value["format"] = form.removeprefix("fmt:")
            self.change("corrected", "format", key=form, other=self.value["format"])

    def constraints(self) -> None:
        """The constraints that there are; the others are kept beside them."""
        given = self.value.get("constraints")
        if not isinstance(given, dict):
            return
        self.value["constraints"] = {key: each for key, each in given.items() if key in CONSTRAINTS}
        unknown = {key: each for key, each in given.items() if key not in CONSTRAINTS}
        for key in [each for each in FLAGS if each in given]:
            flag = as_flag(key, given[key])
            if flag is not given[key]:
                self.value["constraints"][key] = flag
                self.change("corrected", f"constraints/{key}", key=f'"{given[key]}"', other=str(flag).lower())
        for key, each in unknown.items():
            other = near(key, CONSTRAINTS)
            if not (other and self.constrained(other, each, "corrected", key)):
                self.others.setdefault("x-constraints", {})[key] = each
                self.change("kept", "x-constraints", key=key, other=f"x-constraints: {key}")

    def other_key(self, key: str, value: Any) -> None:
        """A key that is none of a field: put where it belongs, or kept under another name."""
        meant = near(key, (*OF_FIELDS, *CONSTRAINTS))
        if key in CONSTRAINTS and self.constrained(key, value, "moved", key):
            return
        if meant in CONSTRAINTS and self.constrained(meant, value, "corrected", key):
            return
        if meant in OF_FIELDS and meant not in self.value and self.improved({**self.value, meant: value}):
            self.change("corrected", meant, key=key, other=meant)
            return
        self.others[unheeded(key)] = value
        if unheeded(key) != key:
            self.change("kept", unheeded(key), key=key, other=unheeded(key))

    def constrained(self, constraint: str, value: Any, kind: str, key: str) -> bool:
        """Whether a constraint could be put where it belongs: none stands there yet, and it makes sense."""
        there = self.value.get("constraints") or {}
        if not isinstance(there, dict) or constraint in there:
            return False
        if not self.improved({**self.value, "constraints": {**there, constraint: as_flag(constraint, value)}}):
            return False
        self.change(kind, f"constraints/{constraint}", key=key, other=constraint)
        return True

    def improved(self, value: dict[str, Any]) -> bool:
        """Take the value over if it has no more defects than before; whether that was done."""
        if set(defects(value)) - set(defects(self.value)):
            return False
        self.value = value
        return True


def as_flag(constraint: str, value: Any) -> Any:
    """The value of a constraint; yes or no where that is written as a text."""
    flag = {"true": True, "false": False}.get(str(value).lower()) if constraint in FLAGS else None
    return value if flag is None else flag


def defects(value: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """What is wrong with a field, as rules with their causes."""
    schema = read_table_schema({"fields": [value]})
    found = [*schema.defects, *(defect for each in schema.fields for defect in compile_plan(each, ())[1])]
    yield from ((each.fault.rule, each.fault.cause) for each in found)
