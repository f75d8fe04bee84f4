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


def column_index(letters: str) -> int:
    """The index of the column that a spreadsheet calls by `letters`."""
    index = 0
    for each in letters:
        index = index * 26 + ord(each) - ord("A") + 1
    return index - 1
