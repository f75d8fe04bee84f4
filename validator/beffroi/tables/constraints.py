"""The constraints of Table Schema (Data Package v2), compiled for a field; `required`, `unique` are the engine's."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.tables.arrays import np, pa, pc
from beffroi.tables.fields.contract import ANYTHING, FieldType, Reader
from beffroi.tables.texts import Texts, as_mask
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.fields.contract import Form
    from beffroi.tables.texts import Mask

LISTED = 12
CATEGORISED = ("string", "integer")


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """`broken(text, value)` judges exactly; `sure(texts)` is true only where it holds for a value of the type.

    So it is for texts of the form that `form` gives, if that can be said, with `longest` bytes at most.
    """

    broken: Callable[[str, Any], Fault | None]
    sure: Callable[[Texts], Mask] | None = None
    form: Callable[[], Form | None] = lambda: None
    longest: int | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a constraint is compiled for: a field, its type and how its texts are read."""

    field: Field
    kind: FieldType
    reader: Reader

    def understood(self, given: Any) -> Any:
        """The value that a schema writes, in the field's notation or in another that its type has; else a `Fault`."""
        texts = [as_text(given)]
        if isinstance(given, int | float) and not isinstance(given, bool) and given == given // 1:
            texts.append(f"{int(given):04}")  # 1.0 for an integer, 800 for a year
        value = self.reader.read(texts[0])
        if not isinstance(value, Fault):
            return value
        for notation in self.kind.formats or ("default",):
            options = {name: self.field.options[name] for name in ("itemType",) if name in self.field.options}
            plain = self.kind.reader(replace(self.field, format=notation, options=options))
            for text in texts:
                found = plain.read(text)
                if not isinstance(found, Fault):
                    return found
        return value

    def bad(self, name: str, given: Any) -> Fault:
        """The defect of a constraint whose value cannot be understood."""
        return fault("standard-bad-constraint", constraint=name, given=as_text(given), field=self.field.name)


Made = Iterator[Constraint | Fault]
Compiler = Callable[[Subject, Any], Made]


def compile_constraints(field: Field, kind: FieldType, reader: Reader) -> Made:
    """Every constraint that the field's type allows and that can be understood; a `Fault` for each defect."""
    subject = Subject(field=field, kind=kind, reader=reader)
    for name, given in field.constraints.items():
        if name not in kind.constraints:
            yield not_for_type(field, name)
        elif name in COMPILERS:
            yield from COMPILERS[name](subject, given)
    if "categories" in field.options:
        if field.type in CATEGORISED:
            yield from categories(subject, field.options["categories"])
        else:
            yield not_for_type(field, "categories")


def not_for_type(field: Field, name: str) -> Fault:
    """The defect of a constraint that the field's type does not have."""
    return fault("standard-constraint-not-for-type", constraint=name, type=field.type, field=field.name)


def as_text(given: Any) -> str:
    """What is written in a schema, as the text that a cell would hold."""
    if isinstance(given, str):
        return given
    return json.dumps(given, ensure_ascii=False)


def among(rule: str) -> Compiler:
    """The value is one of those listed; values are compared as the type understands them."""

    def compiler(subject: Subject, given: Any) -> Made:
        listed = [each for each in given if each is not None] if isinstance(given, list) else []
        values = [subject.understood(each) for each in listed]
        yield from (subject.bad(rule, each) for each, value in zip(listed, values, strict=True) if is_fault(value))
        if not listed:
            yield subject.bad(rule, given)
            return
        known = {subject.reader.canonical(value) for value in values if not is_fault(value)}
        texts = [as_text(each) for each in listed]
        as_written = [text for text in texts if fits(subject.reader, text, known)]
        wrong = fault(rule, allowed=", ".join(texts[:LISTED]) + (" …" if len(texts) > LISTED else ""))
        yield Constraint(
            broken=lambda _text, value: None if subject.reader.canonical(value) in known else wrong,
            sure=lambda cells: as_mask(pc.is_in(cells.array, value_set=pa.array(as_written, type=pa.string()))),
            form=lambda: tuple(as_written),
        )

    return compiler


def is_fault(value: Any) -> bool:
    """Whether a text could not be read."""
    return isinstance(value, Fault)


def fits(reader: Reader, text: str, known: set[str]) -> bool:
    """Whether a cell that holds `text` itself is one of the known values."""
    value = reader.read(text)
    return not is_fault(value) and reader.canonical(value) in known


def categories(subject: Subject, given: Any) -> Made:
    """`categories`: the value is one of the categories, written alone or with a label."""
    if isinstance(given, list):
        given = [each.get("value") if isinstance(each, dict) else each for each in given]
    yield from among("categories")(subject, given)


def pattern(subject: Subject, given: Any) -> Made:
    """`pattern`: the whole text has the form."""
    if not isinstance(given, str):
        yield subject.bad("pattern", given)
        return
    from beffroi.tables.patterns import compiled

    expression, problem = compiled(given)
    if problem:
        yield replace(problem, details=(*problem.details, ("field", subject.field.name)))
    if expression is None:
        return
    matches = expression.fullmatch
    example = subject.field.example
    wrong = fault("pattern", **({"example": example} if isinstance(example, str) and matches(example) else {}))
    yield Constraint(
        broken=lambda text, _value: None if matches(text) else wrong,
        sure=lambda texts: by_signature(texts, given, lambda each: bool(matches(each))),
        form=lambda: given if problem is None else None,
    )


def by_signature(texts: Texts, pattern: str, matches: Callable[[str], bool]) -> Mask:
    """The texts that match, if one text stands for all that differ from it in digits only."""
    from beffroi.expressions import digit_blind

    return texts.where_signature(matches) if digit_blind(pattern) else np.zeros(len(texts), dtype=bool)


def length(name: str, rule: str, accepts: Callable[[Any, int], Any], *, least: bool) -> Compiler:
    """`minLength`, `maxLength`: characters of a text, items of a list or object."""

    def compiler(subject: Subject, given: Any) -> Made:
        if not isinstance(given, int) or isinstance(given, bool) or given < 0:
            yield subject.bad(name, given)
            return
        wrong = fault(rule, limit=given)

        def in_characters(texts: Texts) -> Mask:
            mask: Mask = accepts(pc.utf8_length(texts.array).to_numpy(zero_copy_only=False), given)
            return mask

        yield Constraint(
            broken=lambda _text, value: None if accepts(len(value), given) else wrong,
            sure=in_characters if subject.field.type == "string" else None,
            form=lambda: None if subject.field.type != "string" else rf"[\x00-\x7f]{{{given},}}" if least else ANYTHING,
            longest=None if least else given,
        )

    return compiler


def bound(name: str, rule: str, holds: Callable[[Any, Any], bool], *, upper: bool, inclusive: bool) -> Compiler:
    """`minimum`, `maximum` and their exclusive forms; what cannot be compared (`NaN`; `P1M`, `P30D`) breaks them."""

    def compiler(subject: Subject, given: Any) -> Made:
        limit = subject.understood(given)
        if isinstance(limit, Fault) or is_nan(limit):
            yield subject.bad(name, given)
            return
        wrong = fault(rule, limit=as_text(given))
        in_bulk = subject.reader.below if upper else subject.reader.above
        yield Constraint(
            broken=lambda _text, value: None if not is_nan(value) and holds(value, limit) else wrong,
            sure=None if in_bulk is None else lambda texts: in_bulk(texts, limit),
            form=lambda: subject.reader.span(limit, not upper, inclusive) if subject.reader.span else None,
        )

    return compiler


def is_nan(value: Any) -> bool:
    """Whether a value is the one that does not equal itself."""
    return bool(value != value)


def json_schema(subject: Subject, given: Any) -> Made:
    """`jsonSchema`: the object or array is valid under a JSON Schema; nothing is fetched."""
    from beffroi.documents import json_schema_validator, refused_pattern

    name = subject.field.name
    if not isinstance(given, dict):
        yield subject.bad("jsonSchema", given)
        return
    if (refused := refused_pattern(given)) is not None:
        yield fault("standard-bad-constraint", "unsafe-pattern", constraint="jsonSchema", pattern=refused, field=name)
        return
    validator = json_schema_validator(given)
    if validator is None:
        yield subject.bad("jsonSchema", given)
        return

    def broken(_text: str, value: Any) -> Fault | None:
        problem = next(validator.problems(value), None)
        return fault("json-schema", place=problem.pointer or "/") if problem else None

    yield Constraint(broken=broken)


COMPILERS: dict[str, Compiler] = {
    "enum": among("enum"),
    "pattern": pattern,
    "minLength": length("minLength", "min-length", operator.ge, least=True),
    "maxLength": length("maxLength", "max-length", operator.le, least=False),
    "minimum": bound("minimum", "minimum", operator.ge, upper=False, inclusive=True),
    "maximum": bound("maximum", "maximum", operator.le, upper=True, inclusive=True),
    "exclusiveMinimum": bound("exclusiveMinimum", "exclusive-minimum", operator.gt, upper=False, inclusive=False),
    "exclusiveMaximum": bound("exclusiveMaximum", "exclusive-maximum", operator.lt, upper=True, inclusive=False),
    "jsonSchema": json_schema,
}
