"""How spreadsheets name columns."""

from __future__ import annotations


def column_letters(index: int) -> str:
    """The spreadsheet's letters of the column at `index` (0 is `A`, 26 is `AA`)."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
