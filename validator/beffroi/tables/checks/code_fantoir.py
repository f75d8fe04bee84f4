"""Every value is a FANTOIR code of a street or place: four characters of a published list, then a letter.

Why: the FANTOIR code joined streets to the land register; its file gave way to TOPO in 2023, but data still hold it.

Source: frformat `CodeFantoir`.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import cast

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and


@cache
def is_fantoir() -> Callable[[str], bool]:
    """frformat's predicate, loaded when first asked for."""
    return cast("Callable[[str], bool]", import_module("frformat").CodeFantoir().is_valid)


def not_a_fantoir(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not a FANTOIR code."""
    text = cells[0].text
    if text is None or is_fantoir()(text):
        return None
    tidy = text.strip().upper()
    if is_fantoir()(tidy):
        return fault("code-fantoir", "spelling", tidy)
    if is_fantoir()(f"0{tidy}"):
        return fault("code-fantoir", "lost-leading-zero", f"0{tidy}")
    return fault("code-fantoir")


CHECK = Check(run=not_a_fantoir, options=field_and())
