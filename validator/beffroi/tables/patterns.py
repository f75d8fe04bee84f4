"""Regular expressions of standards: compiled once, matched in full, and whether they can tell digits apart."""

from __future__ import annotations

import re

from beffroi.model.faults import Fault, fault

UNICODE_CLASSES = {
    r"\p{L}": r"[^\W\d_]",
    r"\p{Lu}": "[A-ZÀ-ÖØ-Þ]",
    r"\p{Ll}": "[a-zß-öø-ÿ]",
    r"\p{N}": r"\d",
    r"\p{Nd}": r"\d",
}
TOKEN = re.compile(
    r"\\(?P<escape>.)|(?P<members>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<repeat>\{[0-9]*(?:,[0-9]*)?\})|(?P<other>.)",
    re.DOTALL,
)
ALL_DIGITS = re.compile(r"\\d|(?<!-)0-9")
SOME_DIGIT = re.compile(r"[0-9]|\\[xuUN0-7]")


def compiled(pattern: str) -> tuple[re.Pattern[str] | None, Fault | None]:
    """The compiled pattern, and what is wrong with it; `None` when it cannot be understood."""
    try:
        return re.compile(pattern), None
    except (re.error, RecursionError, OverflowError) as error:
        problem = str(error)
    understood = pattern
    for name, members in UNICODE_CLASSES.items():
        understood = understood.replace(name, members)
    try:
        return re.compile(understood), fault("standard-bad-pattern", "unicode-class", pattern=pattern, problem=problem)
    except (re.error, RecursionError, OverflowError):
        return None, fault("standard-bad-pattern", pattern=pattern, problem=problem)


def digit_blind(pattern: str) -> bool:
    """Whether the pattern surely treats all ASCII digits alike, so that one text stands for all of its signature.

    So it does where it names no digit but as `\\d`, as `0-9` in a class or in a repetition, and never refers back.
    """
    if "(?P=" in pattern:
        return False
    for token in TOKEN.finditer(pattern):
        if token["escape"] and token["escape"] in "0123456789xuUN":
            return False
        if token["members"] and SOME_DIGIT.search(ALL_DIGITS.sub("", token["members"])):
            return False
        if token["other"] and token["other"] in "0123456789":
            return False
    return True
