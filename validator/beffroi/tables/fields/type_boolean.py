"""`boolean`: one of `trueValues` (`true`, `True`, `TRUE`, `1`) or `falseValues` (`false`, `False`, `FALSE`, `0`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.tables.arrays import pa, pc
from beffroi.tables.fields.contract import BASIC, FieldType, Reader, not_of_type
from beffroi.tables.texts import as_mask

if TYPE_CHECKING:
    from beffroi.model.standard import Field

TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")


def words(field: Field, option: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The texts that a field takes for true or for false."""
    given = field.options.get(option)
    if not isinstance(given, list):
        return otherwise
    return tuple(str(each).lower() if isinstance(each, bool) else str(each).strip() for each in given)


def reader(field: Field) -> Reader:
    """Read a `bool`."""
    true, false = words(field, "trueValues", TRUE), words(field, "falseValues", FALSE)
    meaning = {**dict.fromkeys(true, True), **dict.fromkeys(false, False)}
    wrong = not_of_type(field, true=true[0] if true else "", false=false[0] if false else "")
    known = sorted(meaning)
    return Reader(
        read=lambda text: meaning.get(text, wrong),
        sure=lambda texts: as_mask(pc.is_in(texts.array, value_set=pa.array(known, type=pa.string()))),
        canonical=lambda value: str(value).lower(),
        form=tuple(known),
    )


TYPE = FieldType(reader=reader, constraints=BASIC)
