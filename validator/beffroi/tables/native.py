"""Real dates of a workbook or Parquet file, written as the field asks: such a cell has no notation to be wrong."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from beffroi.model.faults import Fault
from beffroi.tables.mends import written

if TYPE_CHECKING:
    from beffroi.tables.plans import Plan
    from beffroi.tables.texts import Mask


def in_notation(column: pa.StringArray, moments: Mask, plan: Plan) -> pa.StringArray:
    """The column, its real dates (ISO 8601, where `moments` is true) in the notation of the plan's field."""
    if plan.field.type not in {"date", "datetime"} or not moments.any():
        return column
    encoded = column.filter(pa.array(moments)).dictionary_encode()
    texts = pa.array([rewritten(text, plan) for text in encoded.dictionary.to_pylist()], type=pa.string())
    return pc.replace_with_mask(column, pa.array(moments), texts.take(encoded.indices))


def rewritten(text: str, plan: Plan) -> str:
    """One moment in the field's notation; as it is where that would lose its time of day."""
    if not isinstance(plan.reader.read(text), Fault):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if plan.field.type == "date" and moment.time() != time():
        return text
    return written(moment, plan.field)
