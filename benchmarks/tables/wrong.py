"""Ways in which the cells of the grants table come wrong: each takes a good cell and gives a bad one.

The key of the table, `referenceDecision`, is never spoilt, so that repeated keys can be counted.
"""

from __future__ import annotations

from collections.abc import Callable

Spoil = Callable[[str], str]


def empty(_: str) -> str:
    """A cell that was left out."""
    return ""


def a_word(_: str) -> str:
    """Words where a value should be."""
    return "à préciser"


def shortened(cell: str) -> str:
    """The leading digit was lost, as spreadsheets do; of an empty cell, a lone digit."""
    return cell[1:] or "0"


def spaced(cell: str) -> str:
    """Digits in groups of three."""
    return f"{cell[:3]} {cell[3:6]} {cell[6:]}"


def scientific(cell: str) -> str:
    """A long number as a spreadsheet shows it."""
    return f"{cell[:1]}.{cell[1:5]}E+13"


def stray_space(cell: str) -> str:
    """A space after the value."""
    return cell + " "


def day_first(cell: str) -> str:
    """The date as people write it."""
    return f"{cell[8:10]}/{cell[5:7]}/{cell[:4]}"


def no_such_day(cell: str) -> str:
    """A thirteenth month."""
    return f"{cell[:4]}-13{cell[7:]}"


def long_ago(cell: str) -> str:
    """A date before every bound."""
    return f"19{cell[2:]}"


def lower_case(cell: str) -> str:
    """The letter of an identifier in lower case; of an empty cell, that letter alone."""
    return cell.lower() or "w"


def upper_case(cell: str) -> str:
    """A listed value in capitals."""
    return cell.upper()


def misspelt(cell: str) -> str:
    """A listed value without its accent, or with a letter too few."""
    return cell.replace("é", "e") if "é" in cell else cell[:-1]


def too_long(_: str) -> str:
    """A text that passes every length."""
    return "texte recopié d’une autre cellule " * 9


def decimal_comma(cell: str) -> str:
    """A number as it is written in French, quoted because of it."""
    return f'"{cell.replace(".", ",")}"' if "." in cell else f'"{cell},0"'


def below_nought(cell: str) -> str:
    """A number below its minimum."""
    return f"-1{cell}"


def with_unit(cell: str) -> str:
    """A number and its unit."""
    return f"{cell} €"


def per_cent(cell: str) -> str:
    """A share as a percentage, above the maximum."""
    return cell.replace("0.", "1") + ".5"


WAYS: dict[str, tuple[Spoil, ...]] = {
    "nomAttribuant": (empty, too_long),
    "idAttribuant": (empty, shortened, spaced, scientific, a_word),
    "dateConvention": (empty, day_first, no_such_day, long_ago, stray_space, a_word),
    "nomBeneficiaire": (empty, too_long),
    "idBeneficiaire": (shortened, scientific, stray_space, a_word),
    "rnaBeneficiaire": (lower_case, stray_space, a_word),
    "objet": (empty, too_long),
    "montant": (empty, decimal_comma, below_nought, with_unit, a_word),
    "nature": (empty, upper_case, misspelt, stray_space, a_word),
    "conditionsVersement": (empty, too_long),
    "datesPeriodeVersement": (empty, day_first, stray_space, a_word),
    "idRAE": (a_word,),
    "notificationUE": (empty, upper_case, stray_space, a_word),
    "pourcentageSubvention": (empty, decimal_comma, below_nought, per_cent, a_word),
}
