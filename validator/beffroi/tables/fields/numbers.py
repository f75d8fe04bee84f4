"""What `integer` and `number` share: group characters, units around a number, bulk comparison, canonical text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.tables.arrays import np, pa, pc
from beffroi.tables.fields.contract import Reader

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

WRITTEN_OUT = 400
"""Up to how many digits a canonical number is written without an exponent."""
SIGNS = re.compile(r"[0-9+-]")


def option(field: Field, name: str, otherwise: str) -> str:
    """A text option of the field, such as `decimalChar`; one that a number could not be read with is left out."""
    given = field.options.get(name)
    return given if isinstance(given, str) and given and not SIGNS.search(given) else otherwise


def option_defects(field: Field, *names: str) -> tuple[Fault, ...]:
    """The defects of text options that are left out."""
    given = (name for name in names if field.options.get(name) not in ("", None))
    return tuple(fault("standard-bad-key", key=name) for name in given if not option(field, name, ""))


def without_surroundings(text: str, decimal: str = "") -> str:
    """The number within `€95`, `12 %` or `EUR 1.50`; not within `-€95`, where a sign would be lost."""
    point = rf"(?:(?<![^\W\d_]){re.escape(decimal)})?" if decimal else ""  # the one of `Fr.12` belongs to the word
    found = re.match(rf"[^0-9+-]*?([+-]?{point}[0-9](?:.*[0-9])?)", text, re.DOTALL)
    return found[1] if found else text


def without_groups(field: Field) -> Callable[[str], str]:
    """Takes the group character out from between digits: groups of two or more, the last of three or more."""
    group = option(field, "groupChar", "")
    if not group:
        return str
    sign = re.escape(group)
    grouped = re.compile(rf"[+-]?[0-9]+(?:{sign}[0-9]{{2,}})*{sign}[0-9]{{3,}}")
    return lambda text: text.replace(group, "") if grouped.fullmatch(text) else text


def accepted_signatures(read: Callable[[str], Any]) -> Callable[[Texts], Mask]:
    """Judges by signature: `read` cannot tell one digit from another, and no space is around."""

    def accepts(signature: str) -> bool:
        return signature == signature.strip() and not isinstance(read(signature), Fault)

    return lambda texts: texts.where_signature(accepts)


def number_reader(
    field: Field, read: Callable[[str], Any], *, usual: bool, form: str | None, options: tuple[str, ...]
) -> Reader:
    """The reader of a number: `usual` where a text is written as Python writes numbers, `options` those it heeds."""
    return Reader(
        read=read,
        sure=accepted_signatures(read),
        canonical=canonical,
        plain=unpadded,
        below=below if usual else None,
        above=above if usual else None,
        form=form,
        plain_form=rf"[1-9][0-9]{{,{WRITTEN_OUT - 1}}}",
        span=span if usual else None,
        defects=option_defects(field, *options),
    )


def span(bound: Decimal | int, above: bool, inclusive: bool) -> str | None:  # noqa: FBT001 - as the contract has it
    """The numbers on one side of a bound."""
    from beffroi.tables.fields import bounds

    return bounds.number(Decimal(bound), above=above, inclusive=inclusive)


def plain_numbers(texts: Texts) -> tuple[Mask, np.ndarray]:
    """Where a text is a plain decimal of at most 15 digits, and its value as a float (0 elsewhere)."""
    plain = texts.where_signature(is_short_decimal)
    values = pc.if_else(pa.array(plain), texts.array, pa.scalar("0")).cast(pa.float64())
    return plain, pc.fill_null(values, 0.0).to_numpy(zero_copy_only=False)


def is_short_decimal(signature: str) -> bool:
    """At most 15 digits, optionally a sign and a point between digits: exact enough to compare as a float."""
    return len(signature) <= 17 and re.fullmatch(r"-?0{1,15}|-?0{1,7}\.0{1,7}", signature) is not None


def below(texts: Texts, bound: Decimal | int) -> Mask:
    """Where the value is surely strictly below `bound`."""
    plain, values = plain_numbers(texts)
    surely: Mask = plain & (values < np.nextafter(float(Decimal(bound)), -np.inf))
    return surely


def above(texts: Texts, bound: Decimal | int) -> Mask:
    """Where the value is surely strictly above `bound`."""
    plain, values = plain_numbers(texts)
    surely: Mask = plain & (values > np.nextafter(float(Decimal(bound)), np.inf))
    return surely


def unpadded(texts: Texts) -> Mask:
    """Where a text is a positive integer without sign or leading zero, its own canonical text."""
    first = np.zeros(len(texts), dtype=bool)
    filled = (texts.lengths > 0) & (texts.lengths <= WRITTEN_OUT)
    first[filled] = texts.data[texts.offsets[:-1][filled]] != ord("0")
    return first & texts.where_signature(lambda signature: set(signature) == {"0"})


def canonical(value: Decimal | int) -> str:
    """One text for equal numbers: `1`, `01` and `1.0` are `1`; exact, whatever the number of digits."""
    if isinstance(value, int):
        return str(value)
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, str):
        return str(value)
    written = "".join(map(str, digits))
    bare = written.rstrip("0")
    if not bare:
        return "0"
    exponent += len(written) - len(bare)
    text = f"{'-' * sign}{bare}"
    if exponent >= -WRITTEN_OUT and (exponent <= 0 or len(text) + exponent <= WRITTEN_OUT):
        return format(Decimal(f"{text}E{exponent}"), "f")
    return f"{text}E{exponent}"


__all__ = [
    "above",
    "accepted_signatures",
    "below",
    "canonical",
    "option",
    "option_defects",
    "unpadded",
    "without_groups",
    "without_surroundings",
]
