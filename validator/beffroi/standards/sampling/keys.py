"""What must not repeat in a table that is made up, and what must stand in another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from beffroi.model.standard import Field, ForeignKey, TableSchema
from beffroi.standards.sampling.columns import Columns
from beffroi.standards.sampling.draws import Draw
from beffroi.tables.prepared import Key

Texts = tuple[str, ...]
COUNTED = ("string", "any", "integer", "number")
"""Types whose values can be counted, those that do it best first."""


def counting(schema: TableSchema, keys: Sequence[Key], checked: Collection[str]) -> frozenset[str]:
    """Fields whose values are to differ in every record, so that keys do: of each key the freest or the last, if any.

    Those that are `checked` beyond the schema are not free.
    """
    found: set[str] = set()
    foreign = {name for key in schema.foreign_keys for name in key.fields}
    fields = {each.name: each for each in schema.fields}
    for key in keys:
        free = [name for name in key.fields if len(key.fields) == 1 or (name not in foreign and is_free(fields[name]))]
        if free and not found & set(key.fields):
            found.add(min(reversed(free), key=lambda name: (name in checked, rank(fields[name]))))
    return frozenset(found)


def is_free(field: Field) -> bool:
    """Whether a field may have a great many values, as a text that holds a number or several words may."""
    listed = field.constraints.get("enum") or field.options.get("categories")
    example = field.example if isinstance(field.example, str) and field.type == "string" else "0"
    return field.type in COUNTED and not listed and any(each.isdigit() or each == " " for each in example)


def rank(field: Field) -> tuple[int, bool]:
    """How well values can be counted: the less, the better; a code better than a text."""
    return (COUNTED.index(field.type) if field.type in COUNTED else len(COUNTED), " " in str(field.example))


class Taken:
    """The keys of the records so far."""

    def __init__(self, keys: Sequence[Key], columns: Columns) -> None:
        self.keys = keys
        self.columns = columns
        self.known: list[set[Texts]] = [set() for _ in keys]

    def repeated(self, cells: Mapping[str, str | None]) -> Key | None:
        """The key of a record that another has already; else its keys are taken from now on."""
        found = [self.key(each, cells) for each in self.keys]
        for key, texts, known in zip(self.keys, found, self.known, strict=True):
            if texts in known:
                return key
        for texts, known in zip(found, self.known, strict=True):
            if texts is not None:
                known.add(texts)
        return None

    def key(self, key: Key, cells: Mapping[str, str | None]) -> Texts | None:
        """The values of a key, alike where they are equal; none where one is missing."""
        texts = []
        for name in key.fields:
            text = cells[name]
            canonical = None if text is None else self.columns.plans[name].canonical_text(text)
            if canonical is None:
                return None
            texts.append(canonical)
        return tuple(texts)


class Reference:
    """A foreign key, and the records that its values may be taken from: those that are whole."""

    def __init__(self, key: ForeignKey, records: Sequence[Mapping[str, str | None]], columns: Columns) -> None:
        self.key = key
        self.records = records
        self.columns = columns
        self._choices: dict[frozenset[tuple[str, str | None]], list[Texts]] = {}

    def choose(self, draw: Draw, fixed: Mapping[str, str | None]) -> dict[str, str | None] | None:
        """Values for its fields that agree with those that are fixed already; `None` where there are none."""
        held = frozenset((name, fixed[name]) for name in self.key.fields if name in fixed)
        choices = self._choices.get(held)
        if choices is None:
            choices = self._choices[held] = list(dict.fromkeys(self.fitting(dict(held))))
        if not choices:
            return None
        place = draw.number % len(choices) if draw.attempt == 0 and draw.falls(0.5) else None
        values = draw.one_of(choices) if place is None else choices[place]
        return dict(zip(self.key.fields, values, strict=True))

    def fitting(self, held: Mapping[str, str | None]) -> Iterator[Texts]:
        """The values that records of the other table hold and that are valid here."""
        for each in self.records:
            texts = tuple(text for name in self.key.reference_fields if (text := each[name]) is not None)
            pairs = list(zip(self.key.fields, texts, strict=False))
            if len(texts) == len(self.key.fields) and all(
                held.get(name, text) == text and self.columns.by_name[name].passes(text) for name, text in pairs
            ):
                yield texts
