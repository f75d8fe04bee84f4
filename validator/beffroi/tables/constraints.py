"""The constraints of Table Schema (Data Package v2), compiled for one field; `required` and `unique` are the engine's."""

from __future__ import annotations

import difflib
import json
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from beffroi.model.faults import Fault, fault
from beffroi.tables.fields.contract import FieldType, Reader
from beffroi.tables.patterns import compiled, digit_blind
from beffroi.tables.texts import Mask, Texts, as_mask

if TYPE_CHECKING:
    from beffroi.model.standard import Field

LISTED = 12


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """`broken(text, value)` is the exact judgement; `sure(texts)` is true only where it holds for a value of the type."""

    broken: Callable[[str, Any], Fault | None]
    sure: Callable[[Texts], Mask] | None = None


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """The constraints that could be understood, and what is wrong with the others."""

    constraints: tuple[Constraint, ...]
    defects: tuple[Fault, ...]


def compile_constraints(field: Field, kind: FieldType, reader: Reader) -> Compiled:
    """Compile every constraint that the field's type allows."""
    found: list[Constraint] = []
    defects: list[Fault] = []
    for name, given in field.constraints.items():
        if name in {"required", "unique"}:
            continue
        if name not in kind.constraints:
            defects.append(
                fault("standard-constraint-not-for-type", constraint=name, type=field.type, field=field.name)
            )
            continue
        made = COMPILERS[name](field, reader, given)
        (found if isinstance(made, Constraint) else defects).append(made)  # type: ignore[arg-type]
    for made in categories(field, reader):
        (found if isinstance(made, Constraint) else defects).append(made)  # type: ignore[arg-type]
    return Compiled(constraints=tuple(found), defects=tuple(defects))


def bad(field: Field, name: str, given: Any) -> Fault:
    """The defect of a constraint whose value cannot be understood."""
    return fault("standard-bad-constraint", constraint=name, given=as_text(given), field=field.name)


def as_text(given: Any) -> str:
    """What is written in a schema, as the text that a cell would hold."""
    if isinstance(given, str):
        return given
    return json.dumps(given, ensure_ascii=False)


def understood(field: Field, reader: Reader, given: Any) -> Any:
    """The value that a schema writes for a field: in the field's notation, or in the type's default one."""
    from beffroi.tables.fields import field_type

    kind = field_type(field.type)
    plain = kind.reader(replace(field, format="default", options={})) if kind else reader
    text = as_text(given)
    values = [each.read(text) for each in (reader, plain)]
    return next((value for value in values if not isinstance(value, Fault)), values[0])


def among(rule: str, field: Field, reader: Reader, given: Any) -> Constraint | Fault:
    """The value is one of those listed; values are compared as the type understands them."""
    if not isinstance(given, list) or not given:
        return bad(field, rule, given)
    texts = [as_text(each) for each in given if each is not None]
    values = [understood(field, reader, each) for each in given if each is not None]
    known = {
        text if isinstance(value, Fault) else reader.canonical(value) for text, value in zip(texts, values, strict=True)
    }
    listed = ", ".join(texts[:LISTED]) + (" …" if len(texts) > LISTED else "")
    wrong = fault(rule, allowed=listed)
    as_written = pa.array(texts, type=pa.string())

    def broken(text: str, value: Any) -> Fault | None:
        if reader.canonical(value) in known:
            return None
        close = (
            difflib.get_close_matches(text, texts, n=1, cutoff=0.8) if len(text) <= 100 and len(texts) <= 1000 else []
        )
        return replace(wrong, cause="did-you-mean", suggestion=close[0]) if close else wrong

    return Constraint(broken=broken, sure=lambda cells: as_mask(pc.is_in(cells.array, value_set=as_written)))


def enum(field: Field, reader: Reader, given: Any) -> Constraint | Fault:
    """`enum`: the value is one of those listed."""
    return among("enum", field, reader, given)


def categories(field: Field, reader: Reader) -> Iterator[Constraint | Fault]:
    """`categories`: the value is one of the categories, written alone or with a label."""
    given = field.options.get("categories")
    if given is None:
        return
    values = (
        [each.get("value") if isinstance(each, dict) else each for each in given] if isinstance(given, list) else None
    )
    yield among("categories", field, reader, values)


def pattern(field: Field, _reader: Reader, given: Any) -> Constraint | Fault:
    """`pattern`: the whole text has the form."""
    if not isinstance(given, str):
        return bad(field, "pattern", given)
    expression, _ = compiled(given)
    if expression is None:
        return fault("standard-bad-pattern", pattern=given, problem="", field=field.name)
    details = (
        {"example": field.example} if isinstance(field.example, str) and expression.fullmatch(field.example) else {}
    )
    wrong = fault("pattern", **details)

    def matches(text: str) -> bool:
        return expression.fullmatch(text) is not None

    return Constraint(
        broken=lambda text, _value: None if matches(text) else wrong,
        sure=(lambda texts: texts.where_signature(matches)) if digit_blind(given) else None,
    )


def length(rule: str, accepts: Callable[[int, int], bool]) -> Callable[[Field, Reader, Any], Constraint | Fault]:
    """`minLength`, `maxLength`: characters of a text, items of a list or object."""

    def build(field: Field, _reader: Reader, given: Any) -> Constraint | Fault:
        if not isinstance(given, int) or isinstance(given, bool) or given < 0:
            return bad(field, rule, given)
        wrong = fault(rule, limit=given)

        def in_characters(texts: Texts) -> Mask:
            lengths = pc.fill_null(pc.utf8_length(texts.array), 0).to_numpy(zero_copy_only=False)
            mask: Mask = accepts(lengths, given)  # type: ignore[assignment,arg-type]
            return mask

        return Constraint(
            broken=lambda _text, value: None if accepts(len(value), given) else wrong,
            sure=in_characters if field.type == "string" else None,
        )

    return build


def bound(
    rule: str, holds: Callable[[Any, Any], bool], *, upper: bool
) -> Callable[[Field, Reader, Any], Constraint | Fault]:
    """`minimum`, `maximum` and their exclusive forms."""

    def build(field: Field, reader: Reader, given: Any) -> Constraint | Fault:
        limit = understood(field, reader, given)
        if isinstance(limit, Fault) or limit != limit:  # noqa: PLR0124 - NaN is no bound
            return bad(field, rule, given)
        wrong = fault(rule, limit=as_text(given))
        in_bulk = reader.below if upper else reader.above

        def broken(_text: str, value: Any) -> Fault | None:
            number_is_nan = value != value  # noqa: PLR0124
            return wrong if number_is_nan or not holds(value, limit) else None

        return Constraint(broken=broken, sure=None if in_bulk is None else lambda texts: in_bulk(texts, limit))

    return build


def json_schema(field: Field, _reader: Reader, given: Any) -> Constraint | Fault:
    """`jsonSchema`: the object or array is valid under a JSON Schema; nothing is fetched."""
    from beffroi.documents import json_schema_validator

    if not isinstance(given, dict):
        return bad(field, "jsonSchema", given)
    validator = json_schema_validator(given)
    if validator is None:
        return bad(field, "jsonSchema", given)

    def broken(_text: str, value: Any) -> Fault | None:
        problem = next(validator.problems(value), None)
        return fault("json-schema", place=problem.pointer or "/") if problem else None

    return Constraint(broken=broken)


COMPILERS: dict[str, Callable[[Field, Reader, Any], Constraint | Fault]] = {
    "enum": enum,
    "pattern": pattern,
    "minLength": length("min-length", operator.ge),
    "maxLength": length("max-length", operator.le),
    "minimum": bound("minimum", operator.ge, upper=False),
    "maximum": bound("maximum", operator.le, upper=True),
    "exclusiveMinimum": bound("exclusive-minimum", operator.gt, upper=False),
    "exclusiveMaximum": bound("exclusive-maximum", operator.lt, upper=True),
    "jsonSchema": json_schema,
}
