"""Every value gives opening hours as OpenStreetMap writes them, such as `Mo-Fr 08:00-18:00`.

Why: a machine can then tell whether a place is open now; `lun-ven 8h-18h` can only be read by people, and only by some.

Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification; schema.data.gouv.fr `opening-hours-value`.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from beffroi.limits import VALUE_SHOWN
from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

FRENCH_DAY = re.compile(
    r"\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|lu|me|je|ve)s?\b", re.IGNORECASE
)
FRENCH = re.compile(
    rf"{FRENCH_DAY.pattern}|\b[0-9]{{1,2}}\s?h([0-9]{{2}})?\b|\bferm[ée]|\bouvert|\bjours?\b|\bfériés?\b",
    re.IGNORECASE,
)
# Days in Dutch and German too, though other ones.
AMBIGUOUS_DAY = re.compile(r"\b(ma|di)\b", re.IGNORECASE)

DAY = "(Mo|Tu|We|Th|Fr|Sa|Su|PH)"

# In this order: each pattern is replaced in what the ones before it have left.
IN_OSM = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"^\s*(24\s?h\s?/\s?24[\s,;]*7\s?j\s?/\s?7|7\s?j\s?/\s?7[\s,;]*24\s?h\s?/\s?24)\s*$", "24/7"),
        (r"\b(tous les jours|7\s?j\s?/\s?7)\b", "Mo-Su"),
        (r"\bjours?\s+fériés?\b", "PH"),
        (r"\bfermée?s?\b", "off"),
        (r"\blu(n(dis?)?)?\b\.?", "Mo"),
        (r"\b(ma|mardis?)\b\.?", "Tu"),
        (r"\bme(r(credis?)?)?\b\.?", "We"),
        (r"\bje(u(dis?)?)?\b\.?", "Th"),
        (r"\bve(n(dredis?)?)?\b\.?", "Fr"),
        (r"\bsam(edis?)?\b\.?", "Sa"),
        (r"\bdi(m(anches?)?)?\b\.?", "Su"),
        (r"\b([0-9]{1,2})\s?h\s?([0-9]{2})\b", r"\1:\2"),
        (r"\b([0-9]{1,2})\s?h\b", r"\1:00"),
        (r"\b(du|de|le|les)\b", " "),
        (r"\s*(?:\b(?:au|à|a)\b|[-–—])\s*", "-"),
        (r"\s*\bet\b\s*", ","),
        (r"(:[0-9]{2})\s*[,;/]?\s*(?=[0-9]{1,2}:)", r"\1,"),
        (rf"(:[0-9]{{2}}|\boff)\s*[,;/]?\s*(?={DAY}\b)", r"\1; "),
        (rf"{DAY}\s*:\s*", r"\1 "),
        (r"\s*,\s*", ","),
        (r"\s+", " "),
    )
)

DAYS = f"{DAY}(-{DAY})?(,{DAY}(-{DAY})?)*"
HOURS = "[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}"
SPAN = f"(({DAYS} )?{HOURS}(,{HOURS})*|{DAYS} off)"
PLAIN = re.compile(f"{SPAN}(; {SPAN})*|24/7")


@cache
def grammar() -> Any:
    """The opening_hours library, loaded when first asked for."""
    return import_module("opening_hours")


def not_opening_hours(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not an expression of the OpenStreetMap grammar."""
    text = cells[0].text
    if text is None or grammar().validate(text):
        return None
    if FRENCH.search(text):
        return fault("opening-hours", "french-words", _translated(text))
    return fault("opening-hours")


def _translated(text: str) -> str | None:
    """`text` in the OpenStreetMap grammar, where it is simple enough that nothing in it can be taken amiss."""
    if len(text) > VALUE_SHOWN or (AMBIGUOUS_DAY.search(text) and not FRENCH_DAY.search(text)):
        return None
    for pattern, replacement in IN_OSM:
        text = pattern.sub(replacement, text)
    text = text.strip(" ;,.")
    return str(grammar().OpeningHours(text)) if PLAIN.fullmatch(text) and grammar().validate(text) else None


CHECK = Check(run=not_opening_hours, options=field_and())
