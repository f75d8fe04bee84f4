"""Real dates and booleans of a workbook, of Parquet or of JSON, written as the field asks.

Such a cell has no notation to be wrong: whoever reads it sees the date as the cell is formatted, or `VRAI`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from beffroi.model.faults import Fault
from beffroi.tables.arrays import pa, pc
from beffroi.tables.fields.type_boolean import FALSE, TRUE, words
from beffroi.tables.mends import written

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.plans import Plan
    from beffroi.tables.texts import Mask


def in_notation(column: pa.StringArray, native: Mask, plan: Plan) -> pa.StringArray:
    """The column, its `native` cells (dates in ISO 8601, `true`, `false`) in the notation of the plan's field."""
    if plan.field.type not in NOTATIONS or not native.any():
        return column
    encoded = column.filter(pa.array(native)).dictionary_encode()
    texts = pa.array([rewritten(text, plan) for text in encoded.dictionary.to_pylist()], type=pa.string())
    return pc.replace_with_mask(column, pa.array(native), texts.take(encoded.indices))


def rewritten(text: str, plan: Plan) -> str:
    """One native value in the field's notation; a text that the field takes as it is stays so."""
    return NOTATIONS[plan.field.type](text, plan.field) if isinstance(plan.reader.read(text), Fault) else text


def moment(text: str, field: Field) -> str:
    """A date as the field wants it; as it is where that would lose its time of day."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if field.type == "date" and found.time() != time() else written(found, field)


def word(text: str, field: Field) -> str:
    """A boolean by the first of the field's words for it."""
    return next(iter(words(field, *BOOLEANS[text])), text) if text in BOOLEANS else text


BOOLEANS = {"true": ("trueValues", TRUE), "false": ("falseValues", FALSE)}
NOTATIONS: Mapping[str, Callable[[str, Field], str]] = {"date": moment, "datetime": moment, "boolean": word}
"""How a native value is written, by the type of the field."""
