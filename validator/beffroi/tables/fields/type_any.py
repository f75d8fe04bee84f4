"""`any`: every text is a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.tables.arrays import np
from beffroi.tables.fields.contract import ANYTHING, BASIC, FieldType, Reader

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts


def everywhere(texts: Texts) -> Mask:
    """True for every text."""
    return np.ones(len(texts), dtype=bool)


def reader(_field: Field) -> Reader:
    """Read a text as itself."""
    return Reader(read=str, sure=everywhere, plain=everywhere, form=ANYTHING, plain_form=ANYTHING)


TYPE = FieldType(reader=reader, constraints=BASIC, formats=None, keeps_space=True)
