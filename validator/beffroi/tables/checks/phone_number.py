"""Every value is a telephone number of mainland France, or an international one that begins with `+`.

Why: a number that does not ring is worse than none on a taxi rank, a town hall or an emergency sheet. Short numbers
(115, 3949) are accepted, and spaces, dots and hyphens too. As for the national validator, an overseas number needs its
country code (+262…). That the line is in service is not checked.

Source: libphonenumber; schema.data.gouv.fr `phone-number-value`.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

OVERSEAS = ("GP", "MQ", "GF", "RE", "YT")
SEPARATORS = re.compile(r"[/;,|\n]|\bou\b|\bet\b", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\s*[0-9](?:[.,][0-9]+)?E\+?[0-9]+\s*", re.IGNORECASE)
NATIONAL_DIGITS = 10


@cache
def telephony() -> Any:
    """The phonenumbers library, loaded when first asked for."""
    return import_module("phonenumbers")


def not_a_phone_number(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not a telephone number."""
    text = cells[0].text
    if text is None or _dialled(text, "FR"):
        return None
    return fault("phone-number", *_slip(text))


def _dialled(text: str, region: str) -> Any:
    """The number that `text` dials in `region`; `None` when it rings nowhere."""
    library = telephony()
    try:
        number = library.parse(text, region)
    except library.NumberParseException:
        return None
    return number if library.is_valid_number(number) or library.is_valid_short_number(number) else None


def _slip(text: str) -> tuple[str | None, str | None]:
    if SCIENTIFIC.fullmatch(text):
        return "scientific-notation", None
    parts = [part for part in SEPARATORS.split(text) if part.strip()]
    if len(parts) > 1 and all(_dialled(part, "FR") for part in parts):
        return "several-numbers", None
    digits = re.sub("[^0-9]", "", text)
    if number := next(filter(None, (_dialled(text, region) for region in OVERSEAS)), None):
        return "overseas-number", _international(number)
    # A French number has ten digits at most, so a longer one without a leading zero begins with a country code.
    if len(digits) > NATIONAL_DIGITS and not digits.startswith("0") and (number := _dialled(f"+{digits}", "FR")):
        return "missing-plus", _international(number)
    return ("wrong-length", None) if digits.startswith("0") and len(digits) != NATIONAL_DIGITS else (None, None)


def _international(number: Any) -> str:
    return str(telephony().format_number(number, telephony().PhoneNumberFormat.E164))


CHECK = Check(run=not_a_phone_number, options=field_and())
