"""Values of the official lists that frformat publishes, and what a value outside its list was meant to be."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

DECIMAL_TAIL = re.compile(r"\s*([0-9]+)[.,]0\s*")
ABBREVIATED = re.compile(r"\b(st|ste)\b")
IN_FULL = {"st": "saint", "ste": "sainte"}


def listed(rule: str, form: str, years: Sequence[int] = ()) -> Check:
    """A check that each value stands in the list of frformat's class `form`.

    Where the list has editions, `years` are those that frformat holds; the option `cog` names one, or `latest`.
    """

    def not_listed(cells: Sequence[Cell], options: Options) -> Fault | None:
        text, year = cells[0].text, _edition(options, years)
        if text is None or text in published(form, year):
            return None
        cause, suggestion = _meant(text, form, year)
        return fault(rule, cause, suggestion, **({"cog": year} if year else {}))

    editions = [*years, *map(str, years), "latest"]
    return Check(run=not_listed, options=field_and(cog={"enum": editions}) if years else field_and())


@cache
def published(form: str, year: int | None) -> frozenset[str]:
    """The values of frformat's list `form`, in its edition of `year` where it has editions."""
    kind = getattr(import_module("frformat"), form)
    values: frozenset[str] = (kind(str(year)) if year else kind()).get_valid_values_set()
    return values


def _edition(options: Options, years: Sequence[int]) -> int | None:
    asked = options.get("cog", "latest")
    return max(years, default=None) if asked == "latest" else int(asked)


def _meant(text: str, form: str, year: int | None) -> tuple[str | None, str | None]:
    values = published(form, year)
    if f"0{text}" in values:
        return "lost-leading-zero", f"0{text}"
    if whole := DECIMAL_TAIL.fullmatch(text):
        restored = next((code for code in (whole[1], f"0{whole[1]}") if code in values), None)
        return ("decimal-tail", restored) if restored else (None, None)
    canonical = _by_spelling(form, year).get(_bare(text))
    return ("spelling", canonical) if canonical else (None, None)


@cache
def _by_spelling(form: str, year: int | None) -> dict[str, str | None]:
    """Values by their bare letters and digits; `None` where several values share them."""
    spelt: dict[str, str | None] = {}
    for value in published(form, year):
        bare = _bare(value)
        spelt[bare] = None if bare in spelt else value
    return spelt


def _bare(text: str) -> str:
    joined = text.casefold().replace("œ", "oe").replace("æ", "ae")
    in_full = ABBREVIATED.sub(lambda short: IN_FULL[short[0]], joined)
    return "".join(letter for letter in unicodedata.normalize("NFKD", in_full) if letter.isalnum())
