"""Regular expressions of the texts whose value is surely on one side of a bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

DIGITS = 40
"""Bounds with more digits are not expressed."""
DIGIT = "[0-9]"
UNSIGNED = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
FRACTION = r"(?:\.[0-9]*)?"
NOUGHT = r"(?:0+(?:\.0*)?|\.0+)"
MORE_THAN_NOUGHT = r"(?:[0-9]*[1-9][0-9]*(?:\.[0-9]*)?|[0-9]*\.[0-9]*[1-9][0-9]*)"


def beyond(text: str, *, above: bool) -> Iterator[str]:
    """Texts that differ from `text`, first in a digit that is greater (`above`) or less; what is no digit stays."""
    for place, digit in enumerate(text):
        if digit.isdecimal() and digit != ("9" if above else "0"):
            others = f"[{int(digit) + 1}-9]" if above else f"[0-{int(digit) - 1}]"
            yield re.escape(text[:place]) + others + any_digits(text[place + 1 :])


def any_digits(text: str) -> str:
    """Texts that differ from `text` in digits alone."""
    return "".join(DIGIT if each.isdecimal() else re.escape(each) for each in text)


def one_of(forms: Iterator[str] | list[str]) -> str | None:
    """A choice; `None` for one of nothing."""
    found = list(forms)
    return f"(?:{'|'.join(found)})" if found else None


def same_width(text: str, *, above: bool, inclusive: bool) -> str | None:
    """Texts of one notation that sort above or below `text`, digit by digit."""
    return one_of([*beyond(text, above=above), *([re.escape(text)] if inclusive else [])])


def number(bound: Decimal, *, above: bool, inclusive: bool) -> str | None:
    """Decimals without exponent that are above or below a bound."""
    written = format(abs(bound), "f") if bound.is_finite() and -DIGITS < bound.adjusted() < DIGITS else ""
    if not written or len(written) > 2 * DIGITS:
        return None
    mirrored = bound < 0 or (bound == 0 and not above)
    outward = above is not mirrored  # away from nought
    sign, other = ("-", r"\+?") if mirrored else (r"\+?", "-")
    near = magnitude(written, above=outward, inclusive=inclusive)
    signed = [f"{sign}{near}"] if near else []
    if bound == 0 and inclusive:
        signed.append(f"[+-]?{NOUGHT}")
    across = bound != 0 and not outward
    return one_of([*signed, *([f"{other}{UNSIGNED}"] if across else [])])


def magnitude(written: str, *, above: bool, inclusive: bool) -> str | None:
    """Decimals without sign that are above or below one that is written so."""
    whole, _, fraction = written.partition(".")
    fraction = fraction.rstrip("0")
    if not whole.strip("0") and not fraction:
        forms = [MORE_THAN_NOUGHT] if above else []
        return one_of([*forms, *([NOUGHT] if inclusive else [])])
    forms = [f"{each}{FRACTION}" for each in beyond(whole, above=above)]
    length = len(whole)
    if above:
        forms.append(rf"[1-9][0-9]{{{length},}}{FRACTION}")
        forms.extend(rf"{whole}\.{each}[0-9]*" for each in beyond(fraction, above=True))
        forms.append(rf"{whole}\.{fraction}[0-9]*[1-9][0-9]*")
    else:
        if length > 1:
            forms.append(rf"[0-9]{{1,{length - 1}}}{FRACTION}")
        forms.extend(rf"{whole}\.{each}[0-9]*" for each in beyond(fraction, above=False))
        forms.extend(
            rf"{whole}(?:\.{fraction[:end]})?" if not end else rf"{whole}\.{fraction[:end]}0*"
            for end in range(len(fraction))
        )
    if inclusive:
        forms.append(rf"{whole}\.{fraction}0*" if fraction else rf"{whole}(?:\.0*)?")
    return one_of(forms)
