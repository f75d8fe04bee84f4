"""What a file is that cannot be of the format its name promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.model.faults import Fault, fault
from beffroi.tables.encodings import TextForm, text_form, utf8_chunks
from beffroi.tables.signatures import not_a_table

if TYPE_CHECKING:
    from pathlib import Path

LOOKED_AT = 64 * 1024


def other_than_binary(file: Path) -> Fault:
    """Why a file that should be a workbook or Parquet, and does not begin like one, is none: a page, text, an image."""
    return other_content(file, text_form(file)) or fault("not-a-table", "text")


def other_than_json(file: Path, form: TextForm) -> Fault | None:
    """Why a file cannot be JSON at all: a web page, a workbook, nothing."""
    refused = other_content(file, form)
    return None if refused is None or refused.cause == "json" else refused


def other_content(file: Path, form: TextForm) -> Fault | None:
    """What the first bytes tell."""
    return not_a_table(next(utf8_chunks(file, form, LOOKED_AT), b""))
