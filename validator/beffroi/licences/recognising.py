"""Which licence a text or a file speaks of: it is the name or the text of one, or it says under which one it stands."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

from beffroi.errors import CannotRead
from beffroi.licences.deciding import Recognised, recognised_text
from beffroi.licences.fingerprints import Fingerprints
from beffroi.licences.mentions import LONGEST_NAME, TAG, mentioned, tagged
from beffroi.licences.normalising import LONGEST, normalised
from beffroi.licences.register import Register
from beffroi.model.licences import Answer, known, one_of, reason, unknown

LARGEST = 1024**2
"""The largest text that is read: 1 MiB."""
VAGUE = {"unknown", "unknown-url", "more-words", "too-long", "part-unknown", "nothing"}
"""Reasons of normalising behind which there may be more to find in a text."""
MAGIC = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf", b"\xd0\xcf\x11\xe0")
"""How files begin that hold text, but not as plain text."""


def recognised(text: str, register: Register, fingerprints: Fingerprints | None = None) -> Recognised:
    """The licence that a text names or is, and on what that rests."""
    if len(text.encode(errors="replace")) > LARGEST:
        return Recognised(answer=unknown(reason("too-large", limit=LARGEST // 1024**2)))
    short = normalised(text, register) if len(text) <= LONGEST else None
    if short and (short.id or short.because.rule not in VAGUE):
        return Recognised(answer=short)
    found = recognised_text(TAG.sub("", text), register, fingerprints or Fingerprints.bundled())
    tag = tagged(text, register)
    if found and found.answer.because.rule != "no-licence":
        return replace(found, answer=confirmed(found.answer, tag)) if tag else found
    named = short if short and is_like_name(text) else unknown(reason("no-licence"))
    return Recognised(answer=tag or mentioned(text, register) or named)


def is_like_name(text: str) -> bool:
    """Whether a text is as short as a name: one line of a few words."""
    return "\n" not in text.strip() and len(text.split()) <= LONGEST_NAME


def confirmed(text: Answer, tag: Answer) -> Answer:
    """What the wording of a text and its SPDX tag say together."""
    if not text.possible or not tag.possible:
        return text
    common = [each for each in text.possible if each in tag.possible]
    if len(common) == 1:
        return text if text.id else known(common[0], tag.because)
    every = tuple(dict.fromkeys([*text.possible, *tag.possible]))
    return text if common else one_of(every, reason("tag-contradicts", licences=", ".join(every)))


def licence_of_file(path: Path, register: Register) -> Answer:
    """The licence that a file names or is: `recognised` for what can be read as text, else the reason why not.

    A link is not followed. Raises nothing: a file that cannot be read is an unknown licence.
    """
    try:
        text = text_of(path, follow=False)
    except CannotRead as error:
        return unknown(reason("unreadable", problem=error.message("en")))
    return text if isinstance(text, Answer) else recognised(text, register).answer


def text_of(path: Path, *, follow: bool) -> str | Answer:
    """The text of a regular file, or the answer where it has none, or too much; raises `CannotRead`.

    `follow` tells whether a link is followed.
    """
    more = os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | more)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CannotRead("not-a-file", where=path.as_posix())
            return decoded(file.read(LARGEST + 1))
    except IsADirectoryError as error:
        raise CannotRead("not-a-file", where=path.as_posix()) from error
    except OSError as error:
        raise CannotRead.because(error, path.as_posix()) from error


def decoded(raw: bytes) -> str | Answer:
    """Bytes as text, by their byte order mark, as UTF-8, or as Windows-1252; an answer where they are no text."""
    if len(raw) > LARGEST:
        return unknown(reason("too-large", limit=LARGEST // 1024**2))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if raw.startswith(MAGIC) or b"\0" in raw:
        return unknown(reason("not-plain-text"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
