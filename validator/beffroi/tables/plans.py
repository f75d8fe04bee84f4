"""One field, compiled once: what is surely valid is accepted in bulk, the rest is judged exactly, once per value.

The bulk predicates may miss valid values but never accept an invalid one, so that both ways give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from beffroi.model.faults import Cell, Defect, Fault, fault
from beffroi.tables.arrays import np, pa, pc
from beffroi.tables.constraints import Constraint, compile_constraints
from beffroi.tables.fields import field_type, known_types
from beffroi.tables.fields.contract import FieldType, Reader
from beffroi.tables.texts import as_mask

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.fields.contract import Form
    from beffroi.tables.mends import Wanted
    from beffroi.tables.texts import Mask, Texts

REMEMBERED = 20_000
"""How many verdicts on texts are kept for each field."""
NOT_MENDED = {"stray-space", "minimum", "maximum", "exclusive-minimum", "exclusive-maximum", "json-schema"}
"""Rules that a value breaks for what it is, not for how it is written."""


class Plan:
    """How the cells of one field are judged. Not thread-safe: it remembers verdicts."""

    def __init__(
        self,
        field: Field,
        missing: tuple[str, ...],
        kind: FieldType,
        reader: Reader,
        constraints: tuple[Constraint, ...],
    ) -> None:
        self.field = field
        self.kind = kind
        self.reader = reader
        self.constraints = constraints
        self.missing_values = frozenset(missing)
        self._wanted: Wanted | None = None
        self._verdicts: dict[str, tuple[Fault, ...]] = {}

    @property
    def forms(self) -> list[Form | None]:
        """What surely valid texts look like, each of them alone not enough; nothing is known of `None`."""
        return [self.reader.form, *(each.form() for each in self.constraints)]

    @property
    def longest(self) -> int | None:
        """How many bytes a surely valid text has at most."""
        limits = (self.reader.longest, *(each.longest for each in self.constraints))
        return min((each for each in limits if each is not None), default=None)

    def missing(self, texts: Texts) -> Mask:
        """Where a cell has no value: natively absent, or one of the missing values."""
        if self.missing_values == {""}:
            empty: Mask = texts.lengths == 0
            return empty
        listed = pa.array(sorted(self.missing_values), type=pa.string())
        return as_mask(pc.is_in(texts.array, value_set=listed)) | texts.nulls

    def sure(self, texts: Texts) -> Mask:
        """Where a present cell is surely valid."""
        steps = (self.reader.sure, *(each.sure for each in self.constraints))
        good = np.ones(len(texts), dtype=bool)
        for step in steps:
            if step is None:
                return np.zeros(len(texts), dtype=bool)
            good &= step(texts)
        return good

    def faults_in(self, texts: Texts, present: Mask) -> Iterator[tuple[str, tuple[Fault, ...], np.ndarray]]:
        """Each distinct faulty text among the present cells, its faults and the rows where it stands."""
        rows = np.flatnonzero(present & ~self.sure(texts))
        if not len(rows):
            return
        encoded = texts.array.take(pa.array(rows)).dictionary_encode()
        values = encoded.dictionary.to_pylist()
        verdicts = [self.faults(value) for value in values]
        faulty = np.fromiter((bool(verdict) for verdict in verdicts), dtype=bool, count=len(verdicts))
        if not faulty.any():
            return
        codes = encoded.indices.to_numpy(zero_copy_only=False)
        rows, codes = rows[faulty[codes]], codes[faulty[codes]]
        order = np.argsort(codes, kind="stable")
        ends = np.flatnonzero(np.diff(codes[order])) + 1
        for group in np.split(order, ends):
            code = codes[group[0]]
            yield values[code], verdicts[code], rows[group]

    def faults(self, text: str) -> tuple[Fault, ...]:
        """What is wrong with a present text, with its cause where it can be known."""
        known = self._verdicts.get(text)
        if known is None:
            known = self._explained(text)
            if len(self._verdicts) < REMEMBERED:
                self._verdicts[text] = known
        return known

    def _explained(self, text: str) -> tuple[Fault, ...]:
        found = self.judged(text)
        if not found or all(each.rule in NOT_MENDED for each in found):
            return found
        bare = self.bare(text)
        without_space = bare != text and self._passes(bare)
        cause, suggestion = ("stray-space", bare) if without_space else self._cause(bare)
        return tuple(each if each.cause else each.because(cause, suggestion) for each in found)

    def _cause(self, text: str) -> tuple[str | None, str | None]:
        from beffroi.tables.mends import Wanted, cause_of

        if self._wanted is None:
            self._wanted = Wanted(self.field)
        return cause_of(text, self._wanted, self._passes)

    def _passes(self, text: str) -> bool:
        """Whether a text would be accepted instead; no value at all is, where none is required."""
        return not self.field.required if text in self.missing_values else not self.judged(text)

    def bare(self, text: str) -> str:
        """The text without the space around it, where the type sets it aside (`whiteSpace` in XML Schema)."""
        return text if self.kind.keeps_space else text.strip()

    def judged(self, text: str) -> tuple[Fault, ...]:
        """What is wrong with a present text: the exact judgement, without looking for causes.

        Space around a value is told only where nothing else is wrong with it.
        """
        bare = self.bare(text)
        value = self.reader.read(bare)
        if isinstance(value, Fault):
            return (value,)
        found = [wrong for each in self.constraints if (wrong := each.broken(bare, value)) is not None]
        if not found and bare != text:
            found.append(fault("stray-space", suggestion=bare))
        return tuple(found)

    def cell(self, text: str | None) -> Cell:
        """A cell as checks see it."""
        if text is None or text in self.missing_values:
            return Cell(text=None)
        value = self.reader.read(self.bare(text))
        return Cell(text=text, value=None if isinstance(value, Fault) else value)

    def canonical(self, texts: Texts, present: Mask) -> pa.StringArray:
        """Texts that are equal where values are; a cell without a value of the type is null."""
        plain = self.reader.plain(texts) if self.reader.plain else np.zeros(len(texts), dtype=bool)
        rest = np.flatnonzero(present & ~plain)
        kept = pc.if_else(pa.array(present & plain), texts.array, pa.scalar(None, pa.string()))
        if not len(rest):
            return kept
        encoded = texts.array.take(pa.array(rest)).dictionary_encode()
        known = pa.array([self.canonical_text(value) for value in encoded.dictionary.to_pylist()], type=pa.string())
        values = known.take(encoded.indices)
        mask = np.zeros(len(texts), dtype=bool)
        mask[rest] = True
        return pc.replace_with_mask(kept, pa.array(mask), values)

    def canonical_text(self, text: str) -> str | None:
        """The canonical text of one value."""
        value = self.cell(text).value
        return None if value is None else self.reader.canonical(value)


def compile_plan(field: Field, schema_missing: tuple[str, ...]) -> tuple[Plan, tuple[Defect, ...]]:
    """Compile a field; what cannot be understood becomes a defect of the standard and is left out."""
    field, kind, defects = with_known_type(field)
    reader = kind.reader(field)
    defects.extend(reader.defects)
    constraints = []
    for made in compile_constraints(field, kind, reader):
        if isinstance(made, Constraint):
            constraints.append(made)
        else:
            defects.append(made)
    missing = schema_missing if field.missing_values is None else field.missing_values
    plan = Plan(field, missing, kind, reader, tuple(constraints))
    return plan, tuple(Defect(fault=each, pointer=field.pointer, field=field.name) for each in defects)


def with_known_type(field: Field) -> tuple[Field, FieldType, list[Fault]]:
    """The field with a type and a format that there are: `any` and `default` stand in for others."""
    kind, stand_in = field_type(field.type), field_type("any")
    assert stand_in is not None
    if kind is None:
        known = ", ".join(known_types())
        unknown = fault("standard-unknown-type", type=field.type, field=field.name, known=known)
        return replace(field, type="any", format="default"), stand_in, [unknown]
    if kind.formats is None or field.format in kind.formats:
        return field, kind, []
    unknown = fault("standard-unknown-format", format=field.format, type=field.type, field=field.name)
    return replace(field, format="default"), kind, [unknown]
