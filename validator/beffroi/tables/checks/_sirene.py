"""The numbers of the Sirene register (SIREN, SIRET), and what spreadsheets and people do to them."""

import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from beffroi.model.faults import Fault, fault

DIGITS = {"siren": 9, "siret": 14}
OTHER = {"siren": "siret", "siret": "siren"}
SCIENTIFIC = re.compile(r"\s*([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,3})\s*", re.IGNORECASE)
DECIMAL_TAIL = re.compile(r"\s*([0-9]+)[.,]0+\s*")
TWICE = str.maketrans("0123456789", "0246813579")
"""The digit sum of each digit taken twice."""
ZEROED = "00000"
ZEROS_LOST_AT_MOST = 2

Slip = tuple[str | None, str | None]


@cache
def register(number: str) -> ModuleType:
    """python-stdnum's module of `number` (`siren` or `siret`), loaded when first asked for."""
    return import_module(f"stdnum.fr.{number}")


def not_a(number: str, text: str | None) -> Fault | None:
    """A fault of the rule `number` (`siren` or `siret`) where `text` is not such a number."""
    if text is None or plainly_right(number, text) or register(number).is_valid(text):
        return None
    if register(OTHER[number]).is_valid(text):
        return fault(number, f"{OTHER[number]}-given", _part(number, text))
    return fault(number, *_slip(number, text))


def plainly_right(number: str, text: str) -> bool:
    """Whether `text` is surely such a number, told without the library, which takes twenty times as long."""
    if len(text) != DIGITS[number] or not (text.isascii() and text.isdigit()):
        return False
    beginning = text[: DIGITS["siren"]]
    return sums_up(text) and sums_up(beginning) and (number == "siren" or not text.startswith("356"))


def sums_up(digits: str) -> bool:
    """Whether the last is a check digit (Luhn's, ISO/IEC 7812-1)."""
    return (sum(map(int, digits[-1::-2])) + sum(map(int, digits[-2::-2].translate(TWICE)))) % 10 == 0


def _part(number: str, text: str) -> str | None:
    return str(register("siret").compact(text))[: DIGITS["siren"]] if number == "siren" else None


def _slip(number: str, text: str) -> Slip:
    """The cause why `text` is not a valid `number`, and the number that it was; each where it is known."""
    if written := SCIENTIFIC.fullmatch(text):
        return "scientific-notation", _written_out(number, written)
    if (whole := DECIMAL_TAIL.fullmatch(text)) and (restored := _restored(number, whole[1])):
        return "decimal-tail", restored
    compact = register(number).compact(text)
    digits = re.sub("[^0-9]", "", compact)
    if digits == compact:
        return _slip_of_digits(number, digits)
    return ("stray-characters", digits) if register(number).is_valid(digits) else (None, None)


def _slip_of_digits(number: str, digits: str) -> Slip:
    if restored := _restored(number, digits):
        return "lost-leading-zero", restored
    if len(digits) != DIGITS[number]:
        return "wrong-length", None
    return ("zeroed-digits", None) if digits.endswith(ZEROED) else ("check-digit", None)


def _written_out(number: str, written: re.Match[str]) -> str | None:
    digits = written[1] + (written[2] or "")
    complete = len(digits) == int(written[3]) + 1
    return digits if complete and register(number).is_valid(digits) else None


def _restored(number: str, digits: str) -> str | None:
    """`digits` with the leading zeros that a spreadsheet drops, where that makes a valid `number`."""
    padded = digits.zfill(DIGITS[number])
    likely = DIGITS[number] - len(digits) <= ZEROS_LOST_AT_MOST
    return padded if likely and register(number).is_valid(padded) else None


def surely_siren() -> tuple[Any, ...]:
    """Forms of what surely is a SIREN."""
    from beffroi.tables.forms import ByCheckDigit

    return (ByCheckDigit(checked=DIGITS["siren"], length=DIGITS["siren"]),)


def surely_siret() -> tuple[Any, ...]:
    """Forms of what surely is a SIRET: it begins with a SIREN, but not like those of La Poste, which have a rule."""
    from beffroi.tables.forms import ByCheckDigit

    length = DIGITS["siret"]
    whole, beginning = ByCheckDigit(checked=length, length=length), ByCheckDigit(checked=DIGITS["siren"], length=length)
    return whole, beginning, "(?:[0-24-9]|3[0-46-9]|35[0-57-9])[0-9]*"
