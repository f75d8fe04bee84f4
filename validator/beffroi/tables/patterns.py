"""Regular expressions of standards: compiled once, matched in full, and whether they can tell digits apart."""

from __future__ import annotations

import re
import sys
import unicodedata
import warnings
from functools import cache
from itertools import groupby

from beffroi.model.faults import Fault, fault

TOKEN = re.compile(
    r"\\(?P<escape>.)|(?P<members>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<repeat>\{[0-9]*(?:,[0-9]*)?\})|(?P<other>.)",
    re.DOTALL,
)
ALL_DIGITS = re.compile(r"\\d|(?<!-)0-9")
SOME_DIGIT = re.compile(r"[0-9]|\\[xuUN0-7]")
COMMENTS = re.compile(r"\(\?(#|[a-zA-Z]*x)")
PROPERTY = re.compile(r"\\(?P<not>P|p)\{(?P<category>[A-Z][a-z]?)\}")


def compiled(pattern: str) -> tuple[re.Pattern[str] | None, Fault | None]:
    r"""The compiled pattern, and what is wrong with it; `None` when it cannot be understood.

    `\p{L}` and its like, which XML Schema has and Python has not, are understood.
    """
    try:
        return compiled_quietly(pattern), None
    except (re.error, RecursionError, OverflowError) as error:
        problem = str(error)
    try:
        understood = compiled_quietly(with_categories(pattern))
    except (re.error, RecursionError, OverflowError):
        return None, fault("standard-bad-pattern", pattern=pattern, problem=problem)
    return understood, fault("standard-bad-pattern", "unicode-class", pattern=pattern, problem=problem)


def compiled_quietly(pattern: str) -> re.Pattern[str]:
    """Compile without the warnings that Python gives to programmers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(pattern)


def with_categories(pattern: str) -> str:
    r"""The pattern with each `\p{…}` spelt out, within a class or on its own."""
    parts = []
    for token in re.finditer(rf"(?P<members>\[\^?\]?(?:\\.|[^\]\\])*\])|{PROPERTY.pattern}|\\.|.", pattern, re.DOTALL):
        if token["members"]:
            parts.append(PROPERTY.sub(lambda each: members_of(each["category"], each["not"]), token[0]))
        elif token["category"]:
            parts.append(f"[{members_of(token['category'], token['not'])}]")
        else:
            parts.append(token[0])
    return "".join(parts)


@cache
def members_of(category: str, sense: str) -> str:
    """The characters of a Unicode category (`p`) or all others (`P`), as ranges of a class."""
    wanted = sense == "p"
    runs = groupby(
        range(sys.maxunicode + 1), key=lambda code: unicodedata.category(chr(code)).startswith(category) == wanted
    )
    ranges = []
    for inside, codes in runs:
        if inside:
            first, *rest = codes
            ranges.append(rf"\U{first:08x}-\U{(rest[-1] if rest else first):08x}")
    return "".join(ranges)


def digit_blind(pattern: str) -> bool:
    r"""Whether the pattern surely treats all ASCII digits alike, so that one text stands for all of its signature.

    So it does where it names no digit but as `\d`, as `0-9` in a class or in a repetition, and never refers back; one
    that may hold comments, in which brackets mean nothing, is not looked into.
    """
    if "(?P=" in pattern or COMMENTS.search(pattern):
        return False
    for token in TOKEN.finditer(pattern):
        if token["escape"] and token["escape"] in "0123456789xuUN":
            return False
        if token["members"] and SOME_DIGIT.search(ALL_DIGITS.sub("", token["members"])):
            return False
        if token["other"] and token["other"] in "0123456789":
            return False
    return True
