"""The contract of a family of field types: how texts are made up that are probably valid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any

from beffroi.model.faults import Fault
from beffroi.model.standard import Field
from beffroi.standards.columns import Name
from beffroi.standards.sampling.draws import Draw
from beffroi.tables.constraints import Subject, as_text
from beffroi.tables.plans import Plan
from beffroi.values import dataclass

Source = Callable[[Draw], str | None]
"""Makes up a text; `None` where it has none (any more)."""

FAMILIES = {
    "string": "texts",
    "any": "texts",
    "integer": "numbers",
    "number": "numbers",
    "boolean": "booleans",
    "date": "moments",
    "datetime": "moments",
    "time": "moments",
    "year": "months",
    "yearmonth": "months",
    "duration": "durations",
    "geopoint": "points",
    "geojson": "geometries",
    "list": "lists",
    "array": "arrays",
    "object": "objects",
}
"""Field type to the module that makes up its texts."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A field to make up texts for, in a language. `distinct`: each record must have another one."""

    plan: Plan
    lang: str
    distinct: bool = False

    @property
    def field(self) -> Field:
        """The field, with a type that there is."""
        return self.plan.field

    @cached_property
    def name(self) -> Name:
        """Its name, for what that tells."""
        return Name(self.field.name)

    @cached_property
    def example(self) -> str | None:
        """The text of its example, where that is of its type."""
        given = self.field.example
        if given is None or given == "":
            return None
        text = self.written(given) if not isinstance(given, str) else given
        return None if text is None or isinstance(self.plan.reader.read(text), Fault) else text

    @cached_property
    def example_value(self) -> Any:
        """The value of its example, if it has one."""
        return None if self.example is None else self.plan.reader.read(self.example)

    def limit(self, *names: str) -> Any:
        """The value of the first of these constraints that it has; `None` for none, or one that is no value."""
        value = next((self.understood(given) for each in names if (given := self.constraint(each)) is not None), None)
        return None if value != value else value

    def constraint(self, name: str) -> Any:
        """A constraint as written, where its type has it."""
        return self.field.constraints.get(name) if name in self.plan.kind.constraints else None

    def length(self, name: str) -> int | None:
        """A constraint on lengths."""
        given = self.constraint(name)
        return given if type(given) is int and given >= 0 else None

    def understood(self, given: Any) -> Any:
        """The value that a schema writes; `None` where it is none of the type."""
        subject = Subject(field=self.field, kind=self.plan.kind, reader=self.plan.reader)
        value = subject.understood(given)
        return None if isinstance(value, Fault) else value

    def written(self, given: Any) -> str | None:
        """What a schema writes, in the field's own notation."""
        value = self.understood(given)
        if value is None:
            return None
        text = as_text(given)
        return family(self.field.type).written(self, value) if isinstance(self.plan.reader.read(text), Fault) else text


@dataclass(frozen=True, kw_only=True)
class Family:
    """`sources(wanted)` gives what makes up texts, the most natural first; not all that they give need be valid.

    `written(wanted, value)` writes a value in the field's notation, or tells that it cannot.
    """

    sources: Callable[[Wanted], Iterator[Source]]
    written: Callable[[Wanted, Any], str | None] = lambda _wanted, _value: None


def family(kind: str) -> Family:
    """The family of a field type."""
    found: Family = import_module(f"beffroi.standards.sampling.{FAMILIES[kind]}").FAMILY
    return found
