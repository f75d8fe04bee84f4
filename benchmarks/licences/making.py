"""Makes `standards/licence-fingerprints.yaml` from texts that others publish."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from beffroi.licences.deciding import is_whole, recognised_text
from beffroi.licences.fingerprints import Fingerprint, Fingerprints, Kind, fingerprint, write
from beffroi.licences.matching import matches
from beffroi.licences.register import Register
from beffroi.licences.wording import BREAK, Wording, wording
from benchmarks.licences import sources
from benchmarks.licences.labels import key_of, ours, today
from benchmarks.licences.sources import Text

NEAR = 0.7
"""The least part of a licence of ours in another one for that to be kept, lest it be taken for ours."""
LONG = 400
CLOSE = 0.95
"""The same of a licence of more words than that."""
NOTICE_WORDS = 20
"""The fewest words of a notice."""
EXCEPTION_WORDS = 25
TITLE = 20
"""The most words of a title."""
LINE = 120
"""The most letters of a line about the copyright, and of one of a title."""
SAME = 0.98
"""A text of which so much is that of others, which tell its licence, needs no fingerprint of its own."""
NAMES = (
    (r"(neither\s+the\s+names?\s+of\s).{2,80}?(\snor\s+the\s+names?\s+of\s)", rf"\1{BREAK}\2"),
    (r"(nor\s+the\s+names?\s+of\s)(?:its|their|the)?(\s+contributors)", rf"\1{BREAK}\2"),
    (r"(software\s+is\s+provided\s+by\s).{2,80}?(\W+as\s+is)", rf"\1{BREAK}\2"),
    (r"(as\s+is\W+and\s).{2,60}?(\sdisclaims?\s)", rf"\1{BREAK}"),
    (r"(in\s+no\s+event\s+shall\s).{2,80}?(\sbe\s+liable)", rf"\1{BREAK}\2"),
    (r"()<(?!http|www)[^<>]{1,200}>()", BREAK),
    (r"(free\s+software\s+foundation,?\s+inc\W).{10,120}?usa", rf"\1{BREAK}"),
)
"""Where names and addresses stand, which differ: they are cut out."""
VARIANTS = (
    ("MIT", r"(this permission notice)", r"\1 (including the next paragraph)"),
    ("ISC", r"and/or distribute", "and distribute"),
    ("BSD-3-Clause", rf"neither (the name of {BREAK}) nor[^.]*? may be", r"\1 may not be"),
)
"""How else some licences are written, as the templates of the SPDX list allow."""
COMMON = {
    "en": {"the", "of", "and", "to", "or"},
    "fr": {"le", "la", "les", "de", "du", "des"},
    "de": {"der", "die", "das", "und", "von"},
    "nl": {"het", "een", "van", "de", "en"},
    "zh": {"您", "和", "的"},
}
"""Common words, by language."""
STARTS = (r"(?i)by exercising the licensed rights \(defined below\)", r"THE WORK \(AS DEFINED BELOW\) IS PROVIDED")
"""Where the terms of a licence begin that has more before them."""
ENDS = (
    r"end\s+of\s+(?:the\s+)?terms\s+and\s+conditions",
    r"creative\s+commons\s+is\s+not\s+a\s+party\s+to",
    r"exhibit\s+a[.\s-]*(?:``|the\s+contents|source\s+code\s+form)",
    r"addendum:\s+how\s+to\s+use\s+this\s+license",
)
"""Where the terms of a licence end that has more behind them: how to apply it, and who wrote it."""


def made(register: Register, folder: Path | None) -> list[Fingerprint]:
    """All fingerprints: licences of the register, their notices, and other texts that are near to them."""
    ours = [*texts_of(register, folder), *notices_of(register)]
    return [*ours, *others(register, ours)]


def texts_of(register: Register, folder: Path | None) -> list[Fingerprint]:
    """The texts of the licences of the register: each wording of which those before do not tell the licence."""
    found: list[Fingerprint] = []
    shared = sharing(register)
    for text in [*spdx_texts(register), *old_texts(register), *scancode_texts(register), *own_texts(folder)]:
        licences = shared.get(text.labels[0], text.labels)
        if text.labels[0] == plainest(licences):
            for written in variants(named(text.text), licences[0]):
                if not told(wording(written), licences, found):
                    words, terms = terms_of(written)
                    described = {"licences": licences, "lang": language_of(written), "part": text.part}
                    found.append(fingerprint(words, **described, **terms))
    return found


def sharing(register: Register) -> dict[str, tuple[str, ...]]:
    """The licences of the register that have one text together, such as -only and -or-later, by each of them."""
    by_text: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for each in register.licences:
        if each in sources.spdx():
            by_text[wording(sources.spdx()[each]).words].append(each)
    return {licence: tuple(group) for group in by_text.values() for licence in group}


def plainest(licences: Sequence[str]) -> str:
    """The licence whose published text is that of them all, with no notice before it."""
    return min(licences, key=lambda each: (not each.endswith("-only"), len(each)))


def told(text: Wording, licences: tuple[str, ...], found: Sequence[Fingerprint]) -> bool:
    """Whether a wording is told already to be that of those licences, nearly to the last word."""
    known = Fingerprints(known=tuple(each for each in found if each.licences == licences))
    near = (each for each in matches(text, known) if is_whole(each))
    return any(each.covered >= SAME * len(text.words) for each in near)


def spdx_texts(register: Register) -> Iterator[Text]:
    """The texts of the SPDX licence list."""
    for licence in register.licences:
        if licence in sources.spdx():
            yield Text(name=licence, labels=(licence,), text=sources.spdx()[licence])


def old_texts(register: Register) -> Iterator[Text]:
    """The texts of an older SPDX list, which others made from the pages of the licences."""
    for each in sources.old_spdx():
        if (licence := today(each.labels[0])) in register.licences:
            yield replace(each, labels=(licence,))


def scancode_texts(register: Register) -> Iterator[Text]:
    """The texts of ScanCode, in all its languages."""
    for each in sources.scancode("licenses"):
        if licence := ours(each, register):
            yield Text(name=each.name, labels=(licence,), text=each.text)


def own_texts(folder: Path | None) -> Iterator[Text]:
    """The texts of a folder."""
    return iter(()) if folder is None else sources.folder_texts(folder)


def language_of(text: str) -> str:
    """The language of a text, by its commonest words."""
    words = wording(text).words
    return max(COMMON, key=lambda lang: sum(each in COMMON[lang] for each in words))


def terms_of(text: str) -> tuple[Wording, dict[str, int]]:
    """The wording of a text, and between which of its words its terms stand, where more stands before or behind."""
    starts = [found.start() for each in STARTS if (found := re.search(each, text))]
    start = starts[0] if starts else title_of(text)
    ends = [found.start() for each in ENDS if (found := re.search(each, text, re.IGNORECASE))]
    end = min([each for each in ends if each > start], default=len(text))
    head, terms = wording(text[:start]), wording(text[start:end])
    words = wording(BREAK.join([text[:start], text[start:end], text[end:]]))
    first, last = len(head.words), len(head.words) + len(terms.words)
    return words, {"first": first, "last": last}


def title_of(text: str) -> int:
    """Where the title of a text ends: short paragraphs at its beginning that are no sentences."""
    place = 0
    for each in re.finditer(r"\s*(\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*)(?=\n\s*\n|\s*$)", text):
        if each.start() != place or len(each[1]) > LINE or re.search(r"[.,;:)»”\"]\W*$", each[1]):
            break
        place = each.end()
    return place if len(wording(text[:place]).words) <= TITLE else 0


def named(text: str) -> str:
    """A text without names, and without lines of copyright; where they were, copies differ."""
    text = "\n".join(BREAK if is_copyright(each) else each for each in text.split("\n"))
    for pattern, kept in NAMES:
        text = re.sub(pattern, kept, text, flags=re.IGNORECASE | re.DOTALL)
    return text


def variants(text: str, licence: str) -> Iterator[str]:
    """A text, and how else that licence is written."""
    yield text
    for each, pattern, written in VARIANTS:
        if each == licence:
            other = re.sub(pattern, written, text, flags=re.IGNORECASE)
            yield from [other] if other != text else []


def is_copyright(line: str) -> bool:
    """Whether a line says who holds the copyright, and nothing else."""
    return len(line) < LINE and bool(
        re.match(r"\W*(?:copyright|portions copyright)\W*(?:\(c\)|©|\d{4}|[<\[{])", line, re.IGNORECASE)
    )


def notices_of(register: Register) -> Iterator[Fingerprint]:
    """The notices by which licences are applied, but for short ones."""
    for licence in register.licences:
        words = wording(named(sources.headers().get(licence, "")))
        if len(words.words) >= NOTICE_WORDS and not lists_sections(licence):
            yield fingerprint(words, licences=(licence,), kind=Kind.NOTICE, lang="en")


def lists_sections(licence: str) -> bool:
    """Whether the notice of a licence lists sections of the work, so that every copy differs."""
    return licence.startswith("GFDL-") and "-no-invariants" not in licence


def others(register: Register, known: Sequence[Fingerprint]) -> Iterator[Fingerprint]:
    """Texts that are no licence of the register but may be taken for one, or that make an exception to one."""
    fingerprints = Fingerprints(known=tuple(known))
    seen: set[tuple[int, ...]] = set()
    for each in other_texts(register):
        words = wording(named(each.text))
        given = fingerprint(words, name=each.labels[0], kind=Kind.OTHER, lang=language_of(each.text))
        exceptional = each.part and len(words.words) >= EXCEPTION_WORDS
        if given.tiles not in seen and (exceptional or mistakable(each.text, words, register, fingerprints)):
            seen.add(given.tiles)
            yield given


def mistakable(text: str, words: Wording, register: Register, fingerprints: Fingerprints) -> bool:
    """Whether a text may be taken for a licence of ours, and is not the very same."""
    near = [each for each in matches(words, fingerprints) if each.share >= NEAR]
    if any(each.share == 1 and each.covered >= len(words.words) - NOTICE_WORDS for each in near if not each.added):
        return False
    taken = recognised_text(text, register, fingerprints)
    nearest = max((each.share for each in near), default=0)
    return bool(near) and (len(words.words) < LONG or nearest >= CLOSE or bool(taken and taken.answer.possible))


def other_texts(register: Register) -> Iterator[Text]:
    """The texts of all licences that are not in the register, and of exceptions (`part`)."""
    for licence, text in sources.spdx().items():
        if licence not in register.licences:
            yield Text(name=licence, labels=(licence,), text=text)
    for each in sources.scancode("licenses"):
        exception = bool(each.facts.get("is_exception"))
        listed = not str(each.facts.get("spdx_license_key")).startswith("LicenseRef")
        if not ours(each, register) and (listed or not exception):
            yield Text(name=each.name, labels=(key_of(each),), text=each.text, part=exception)


def document(found: Sequence[Fingerprint]) -> str:
    """The file."""
    lines = [HEAD]
    for each in found:
        given = write(each)
        tiles = given.pop("tiles")
        lines.append("- {" + ", ".join(f"{key}: {shown(value)}" for key, value in given.items()) + ",")
        lines.append(f"   tiles: {tiles}}}")
    return "\n".join(lines) + "\n"


def shown(value: object) -> str:
    """A value as YAML."""
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


HEAD = """\
# The fingerprints of licence texts, by which a text is told again (docs/licence-recognition.md). They hold no sentence.
#
# Made by: python -m benchmarks.licences --make (from the texts named there). Do not edit.

fingerprints:"""
