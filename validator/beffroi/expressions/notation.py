r"""How expressions are written: in Python's notation, with `\p{L}` and its like, or so straight that none can hang."""

from __future__ import annotations

import re
import sys
import warnings
from functools import cache, lru_cache
from itertools import groupby

PROPERTY = r"\\(?P<not>P|p)\{(?P<category>[A-Z][a-z]?)\}"

LETTER = r"[^\\\[\](){}|*+?.^$]"
"""A character that stands for itself."""

CLASS = r"\\[dDsSwW!-/:-@\[-`{-~]"
WITHIN = r"[^\\\[\]^&~|-]"
ONE = rf"(?:{LETTER}|\.|{CLASS}|\[\^?-?(?:{WITHIN}(?:-{WITHIN})?|{CLASS})+-?\])"
"""What reads one character."""

ROW = rf"(?:{ONE}(?:\{{[0-9]{{1,4}}\}})?)*"
LAST = rf"\((?:\?:)?{ROW}\)\??|{ONE}(?:[*+?]|\{{[0-9]{{1,4}},[0-9]{{0,4}}\}})"
WORDS = rf"\((?:\?:)?{LETTER}+(?:\|{LETTER}+)*\)"
STRAIGHT = rf"\^?(?:{ROW}(?:{LAST})?|{WORDS})\$?"
LONGEST = 500
"""The longest expression that is taken for straight: it costs no more steps than it has characters."""


@cache
def of_python(words: str, flags: int = 0) -> re.Pattern[str]:
    """An expression, or such a part of one, as `re` understands it; without the warnings meant for programmers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(words, flags)


@lru_cache
def understood(pattern: str) -> tuple[re.Pattern[str] | None, str | None]:
    r"""The pattern as Python understands it, once each `\p{…}` is spelt out; and what Python finds wrong with it."""
    try:
        return of_python(pattern), None
    except (re.error, RecursionError, OverflowError) as error:
        problem = str(error)
    try:
        return of_python(with_categories(pattern)), problem
    except (re.error, RecursionError, OverflowError):
        return None, problem


def straight(pattern: str) -> bool:
    """Whether an expression that `re` understands is harmless at sight: there is one way only to read each character.

    It is a row of single characters and sets, each once or a fixed number of times; the last part may be one that is
    repeated, or may be left out. Or it is a list of words.
    """
    return len(pattern) <= LONGEST and of_python(STRAIGHT).fullmatch(pattern) is not None


def with_categories(pattern: str) -> str:
    r"""The pattern with each `\p{…}` spelt out, within a class or on its own."""
    parts = []
    for token in re.finditer(rf"(?P<members>\[\^?\]?(?:\\.|[^\]\\])*\])|{PROPERTY}|\\.|.", pattern, re.DOTALL):
        if token["members"]:
            parts.append(re.sub(PROPERTY, lambda each: members_of(each["category"], each["not"]), token[0]))
        elif token["category"]:
            parts.append(f"[{members_of(token['category'], token['not'])}]")
        else:
            parts.append(token[0])
    return "".join(parts)


@cache
def members_of(category: str, sense: str) -> str:
    """The characters of a Unicode category (`p`) or all others (`P`), as ranges of a class."""
    import unicodedata

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
