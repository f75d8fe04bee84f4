"""Writes values as YAML that people like to edit; `beffroi.documents` reads the same values back.

Small collections stand on one line (`{en: Benches, fr: Bancs}`), long texts are folded (`>-`), and the items of a list
that take several lines each stand apart. A comment stands at the end of its line, or above it where there is no room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from math import isfinite
from typing import Any

from beffroi.documents import FLOAT, INTEGER, NOTHING, WORDS, escaped
from beffroi.values import dataclass

WIDTH = 120
FEW = 4
"""The most keys of a mapping on one line, and the least lines of list items that stand apart."""
LONGEST_KEY = 120
"""A key of YAML ends within 1024 bytes of where it begins, unless a question mark announces it."""
LANGUAGES = {"en", "fr"}
SCALARS = (str, int, float, bool, type(None))

FIRST = r"""(?![-?:,\[\]{}#&*!|>'"%@`=~<\s])"""
PLAIN = re.compile(rf"{FIRST}(?:[^ :\t\n]|:(?=[^ \t\n])| (?=[^ #\t\n]))+")
PLAIN_IN_BRACKETS = re.compile(rf"{FIRST}(?:[^ :,?\[\]{{}}\t\n]|:(?=[^ ,\[\]{{}}\t\n])| (?=[^ #\t\n]))+")
"""Texts that need no quotes, alone in their line or with others between brackets, where PyYAML ends them at a `?`."""
OTHER_MEANING = re.compile(
    r"[-+]?[0-9][0-9_,:.]*(?:[eE][-+]?[0-9]*)?|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|nan)|0[xob][0-9a-f_]+"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|y|n|yes|no|on|off|true|false|null",
    re.IGNORECASE,
)
"""What YAML 1.1, by which many programs still read, takes for something else than text."""
UNPRINTABLE = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
FOLDS = re.compile("(?<=[^ ]) (?=[^ ])")


def as_yaml(value: Any, comments: Mapping[str, str] | None = None) -> str:
    """A value as JSON can hold it, as a YAML document; `comments` gives what to note at a JSON Pointer.

    All is read back as it was but a NaN, of which there is none in YAML 1.2's core: it becomes the text `.nan`.
    """
    printable = {pointer: UNPRINTABLE.sub("\ufffd", note) for pointer, note in (comments or {}).items()}
    writer = Writer(printable)
    return "".join(f"{line}\n" for line in writer.document(value))


@dataclass(frozen=True)
class Writer:
    """Writes one document, line by line; `comments` are by JSON Pointer."""

    comments: dict[str, str]

    @cached_property
    def around(self) -> frozenset[str]:
        """The pointers of all values in which something has a comment."""
        parts = (pointer.split("/")[:-1] for pointer in self.comments)
        return frozenset("/".join(each[: size + 1]) for each in parts for size in range(len(each)))

    def document(self, value: Any) -> Iterator[str]:
        """All lines; what takes several of them at the top stands apart, but for texts in two languages."""
        if note := self.comments.get(""):
            yield from above(note, 0)
            yield ""
        if not isinstance(value, dict) or not value:
            yield from self.block(value, "", 0) if is_block(value) else [in_line(value)]
            return
        entries = [(list(self.entry(key, each, "", 0)), each) for key, each in value.items()]
        apart = [len(lines) > 1 and not is_text(each) for lines, each in entries]
        yield from entries[0][0]
        for (before, after), (lines, _) in zip(pairwise(apart), entries[1:], strict=True):
            yield from ["", *lines] if before or after else lines

    def block(self, value: Any, pointer: str, indent: int) -> Iterator[str]:
        """The lines of a collection, one value below the other."""
        if isinstance(value, list):
            yield from self.items(value, pointer, indent)
            return
        for key, each in value.items():
            yield from self.entry(key, each, pointer, indent)

    def entry(self, key: str, value: Any, pointer: str, indent: int) -> Iterator[str]:
        """One key of a mapping, with its value."""
        start, name = " " * indent, plain(key, PLAIN)
        if len(name) > LONGEST_KEY:
            yield f"{start}? {name}"
            name = ""
        yield from self.value(f"{start}{name}:", value, f"{pointer}/{escaped(key)}", indent)

    def items(self, value: list[Any], pointer: str, indent: int) -> Iterator[str]:
        """The items of a list; where one takes several lines, blank lines stand between them."""
        written = [list(self.item(each, f"{pointer}/{index}", indent)) for index, each in enumerate(value)]
        apart = max(map(len, written)) >= FEW
        for lines in written:
            yield from ["", *lines] if apart else lines

    def item(self, value: Any, pointer: str, indent: int) -> Iterator[str]:
        """One item of a list; a collection of several lines begins on the line of the dash."""
        start = " " * indent
        if not is_block(value) or self.is_short(f"{start}-", value, pointer):
            yield from self.value(f"{start}-", value, pointer, indent)
            return
        yield from above(self.comments.get(pointer, ""), indent)
        dash = "-"
        for line in self.block(value, pointer, indent + 2):
            if not dash or not line or line.lstrip().startswith("#"):
                yield line
            else:
                yield f"{start}{dash} {line[indent + 2 :]}"
                dash = ""

    def value(self, lead: str, value: Any, pointer: str, indent: int) -> Iterator[str]:
        """A value behind `lead`: on its line, as a text of several lines, or as a block below it."""
        if self.is_short(lead, value, pointer):
            yield from self.noted(f"{lead} {in_line(value)}", pointer, indent)
        elif is_block(value):
            yield from self.noted(lead, pointer, indent)
            yield from self.block(value, pointer, indent + 2)
        elif lines := in_lines(value, indent + 2):
            yield from self.noted(f"{lead} {lines[0]}", pointer, indent)
            yield from lines[1:]
        else:
            yield from self.noted(f"{lead} {in_line(value)}", pointer, indent)

    def is_short(self, lead: str, value: Any, pointer: str) -> bool:
        """Whether a value stands on the line of `lead`: nothing within it has a comment, and there is room."""
        small = is_small(value) and pointer not in self.around
        return small and len(lead) + 1 + len(in_line(value)) <= WIDTH

    def noted(self, line: str, pointer: str, indent: int) -> Iterator[str]:
        """A line with its comment, at its end or above it."""
        note = self.comments.get(pointer)
        if note and "\n" not in note and len(line) + len(note) + 4 <= WIDTH:
            yield f"{line}  # {note}"
        else:
            yield from above(note or "", indent)
            yield line


def above(note: str, indent: int) -> Iterator[str]:
    """A comment on lines of its own."""
    for paragraph in note.split("\n") if note else ():
        for line in filled(paragraph, WIDTH - indent - 2):
            yield f"{' ' * indent}# {line}".rstrip()


def is_block(value: Any) -> bool:
    """Whether a value is a collection that holds something."""
    return isinstance(value, dict | list) and bool(value)


def is_text(value: Any) -> bool:
    """Whether a value is a text in our languages."""
    return isinstance(value, dict) and value.keys() <= LANGUAGES


def is_small(value: Any) -> bool:
    """Whether a value may stand on one line: a text of one line, or a few of them, without mappings within."""
    if isinstance(value, dict):
        return len(value) <= FEW and all(is_small(each) and not isinstance(each, dict) for each in value.values())
    if isinstance(value, list):
        return all(isinstance(each, SCALARS) and is_small(each) for each in value)
    return not isinstance(value, str) or "\n" not in value


def in_line(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{plain(key)}: {within(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(within, value))}]"
    if isinstance(value, str):
        return plain(value, PLAIN)
    if isinstance(value, float):
        return number(value)
    return json.dumps(value)


def within(value: Any) -> str:
    """A value between brackets."""
    return plain(value) if isinstance(value, str) else in_line(value)


def number(value: float) -> str:
    """A float that is read back as the same, by YAML 1.1 too."""
    if not isfinite(value):
        return ".nan" if value != value else f"{'-' * (value < 0)}1.0e+999"
    written = repr(value)
    return written if "." in written else written.replace("e", ".0e")


def plain(value: str, form: re.Pattern[str] = PLAIN_IN_BRACKETS) -> str:
    """A text on one line, between quotes where it needs them: single ones around backslashes."""
    if UNPRINTABLE.search(value) or "\n" in value:
        return quoted(value)
    if "\\" in value and "'" not in value:
        return f"'{value}'"
    return value if form.fullmatch(value) and not has_other_meaning(value) else quoted(value)


def has_other_meaning(value: str) -> bool:
    """Whether a text without quotes would be read as a number, a truth value, a date or nothing."""
    known = value in NOTHING or value in WORDS or INTEGER.fullmatch(value) or FLOAT.fullmatch(value)
    return bool(known or OTHER_MEANING.fullmatch(value))


def quoted(value: str) -> str:
    """A text between double quotes; half characters, which no file holds, become U+FFFD."""
    whole = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return UNPRINTABLE.sub(lambda sign: f"\\U{ord(sign[0]):08X}", json.dumps(whole, ensure_ascii=False))


def in_lines(value: Any, indent: int) -> list[str]:
    """A text on several lines, folded or as it is; none for what must stand on one."""
    if not isinstance(value, str) or UNPRINTABLE.search(value) or value != value.strip():
        return []
    start = " " * indent
    if "\n" in value:
        return ["|-", *(f"{start}{line}" if line else "" for line in value.split("\n"))]
    lines = list(filled(value, WIDTH - indent))
    return [">-", *(f"{start}{line}" for line in lines)] if len(lines) > 1 else []


def filled(value: str, width: int) -> Iterator[str]:
    """A text in lines of at most `width`, where it has spaces that they can end at."""
    line = ""
    for word in FOLDS.split(value):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
