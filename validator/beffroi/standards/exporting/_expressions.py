r"""Patterns of standards in the dialects of others: Python's `re`, as frictionless uses it, and ECMA-262.

What is common to all engines is kept as it is written; what would mean something else is rewritten, or given up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from beffroi.expressions.notation import of_python, understood
from beffroi.expressions.syntax import Anchor, Choice, Node, Sequence, parsed, syntax

GLOBAL_FLAGS = re.compile(r"\(\?([aimsx]+)\)")
GROUPS = {"(", "(?:", "(?=", "(?!", "(?<=", "(?<!"}
ANCHORS = {"^": "^", "$": "$", r"\A": "^", r"\Z": "$"}
SYNTAX = "^$\\.*+?()[]{}|/"
"""The signs that ECMA-262 lets a backslash stand before."""
ESCAPES = re.compile(r"\\(?:[dDsSfnrtv]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|(?P<sign>\W|_))")
PYTHON_ALONE = re.compile(r"\\[aABbNUwWzZ0-9]")
"""What ECMA-262 does not have, or takes otherwise: to it, letters with accents are no part of words."""


def for_python(pattern: str) -> str | None:
    """A pattern that means the same between `^` and `$`, for those who put it there; `None` where there is none."""
    expression, problem = understood(pattern)
    if expression is None or problem:
        return None
    flags = GLOBAL_FLAGS.match(pattern)
    if flags:
        written = f"(?{flags[1]}:{pattern[flags.end() :]})"
    else:
        written = f"(?:{pattern})" if has_branches(expression) else pattern
    try:
        of_python(f"^{written}$")
    except (re.error, RecursionError, OverflowError):
        return None
    return written


def has_branches(expression: re.Pattern[str]) -> bool:
    """Whether an expression is a choice, so that what is put before it would belong to its first branch alone."""
    try:
        return isinstance(parsed(expression), Choice)
    except RecursionError:
        return True


def for_ecma(pattern: str) -> str | None:
    """A regular expression of ECMA-262 that finds just the whole texts of that form; `None` where none can be told.

    It keeps to what Python understands as well, since many validators of JSON Schema use Python's engine.
    """
    expression, problem = understood(pattern)
    if expression is None or problem or expression.flags & ~re.UNICODE:
        return None
    try:
        parts = list(translated(pattern))
        tree = parsed(expression)
    except RecursionError:
        return None
    if None in parts:
        return None
    written = "".join(each or "" for each in parts)
    return written if is_anchored(tree) else f"^(?:{written})$"


def is_anchored(tree: Node) -> bool:
    """Whether an expression says itself that it stands for the whole text."""
    items = tree.items if isinstance(tree, Sequence) else ()
    ends = [each.words for each in (*items[:1], *items[-1:]) if isinstance(each, Anchor)]
    return len(items) > 1 and ends in (["^", "$"], [r"\A", r"\Z"])


def translated(pattern: str) -> Iterator[str | None]:
    """The tokens of a pattern in ECMA-262; `None` for one that it has not."""
    place, tokens = 0, syntax(0)
    while token := tokens.match(pattern, place):
        place = token.end()
        yield of_token(token)


def of_token(token: re.Match[str]) -> str | None:
    """One token in ECMA-262."""
    match token.lastgroup:
        case "text":
            return token[0].replace("]", r"\]")
        case "close" | "bar" | "number":
            return token[0]
        case "mode":
            return None if token["mode"] == "+" else token[0].replace("{,", "{0,")
        case "set":
            return of_set(token[0])
        case "anchor":
            return ANCHORS.get(token[0])
        case "other":
            return f"\\{token['other']}" if token["other"] in SYNTAX else token["other"]
    if token["named"]:
        return "("
    return token["open"] if token["open"] in GROUPS else None


def of_set(words: str) -> str | None:
    """A set of characters in ECMA-262, where a bracket within brackets needs a backslash."""
    if not words.startswith("["):
        return None if PYTHON_ALONE.match(words) else words
    if PYTHON_ALONE.search(words.replace("\\\\", "")):
        return None
    start = "[^" if words.startswith("[^") else "["
    within = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", words[len(start) : -1])
    return f"{start}{ESCAPES.sub(of_escape, within)}]"


def of_escape(escape: re.Match[str]) -> str:
    """An escape within brackets; those before signs that mean nothing special are left out."""
    sign = escape["sign"]
    return escape[0] if not sign or sign in f"{SYNTAX}-" else sign
