"""What `integer` and `number` share: group characters, units around a number, bulk comparison."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from beffroi.tables.texts import Mask, Texts, as_mask

if TYPE_CHECKING:
    from beffroi.model.standard import Field

NEITHER_SIGN_NOR_DIGIT = r"[^0-9+\-{extra}]*"
EXACT_IN_FLOAT = 2**53


def option(field: Field, name: str, otherwise: str) -> str:
    """A text option of the field, such as `decimalChar`."""
    given = field.options.get(name)
    return given if isinstance(given, str) and given else otherwise


def bare(field: Field) -> bool:
    """Whether the number stands alone, without unit (`bareNumber`, true unless said)."""
    return field.options.get("bareNumber") is not False


def without_surroundings(text: str, decimal: str = "") -> str:
    """The number within `€95`, `12 %` or `EUR 1.50`."""
    sides = NEITHER_SIGN_NOR_DIGIT.format(extra=re.escape(decimal))
    return re.sub(rf"^{sides}|[^0-9]*$", "", text)


def plain_numbers(texts: Texts) -> tuple[Mask, np.ndarray]:
    """Where a text is a plain decimal of at most 15 digits, and its value as a float (0 elsewhere)."""
    plain = texts.where_signature(is_short_decimal)
    values = pc.if_else(pa.array(plain), texts.array, pa.scalar("0")).cast(pa.float64())
    return plain, pc.fill_null(values, 0.0).to_numpy(zero_copy_only=False)


def is_short_decimal(signature: str) -> bool:
    """At most 15 digits, optionally a sign and a point between digits: exact enough to compare as a float."""
    return len(signature) <= 17 and re.fullmatch(r"-?0{1,15}|-?0{1,7}\.0{1,7}", signature) is not None


def below(texts: Texts, bound: Decimal) -> Mask:
    """Where the value is surely strictly below `bound`."""
    plain, values = plain_numbers(texts)
    return plain & (values < np.nextafter(float(bound), -np.inf))


def above(texts: Texts, bound: Decimal) -> Mask:
    """Where the value is surely strictly above `bound`."""
    plain, values = plain_numbers(texts)
    return plain & (values > np.nextafter(float(bound), np.inf))


def unpadded(texts: Texts) -> Mask:
    """Where a text is a positive integer without sign or leading zero, its own canonical text."""
    first = np.zeros(len(texts), dtype=bool)
    filled = texts.lengths > 0
    first[filled] = texts.data[texts.offsets[:-1][filled]] != ord("0")
    return first & texts.where_signature(lambda signature: set(signature) == {"0"})


def canonical(value: Decimal | int) -> str:
    """One text for equal numbers: `1`, `01` and `1.0` are `1`."""
    if isinstance(value, int) or not value.is_finite():
        return str(value)
    text = format(value.normalize(), "f") if value.adjusted() < 400 else str(value.normalize())
    return "0" if text == "-0" else text


__all__ = ["above", "as_mask", "bare", "below", "canonical", "option", "unpadded", "without_surroundings"]
