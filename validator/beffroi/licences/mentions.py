"""A licence that a text names: in an SPDX tag, by an address, or by one of its names where the text speaks of licences.

Only whole names count, and only where nothing near them says otherwise; a text that names several is ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from beffroi.licences.deciding import words_of
from beffroi.licences.folding import folded
from beffroi.licences.normalising import normalised, of_address, of_meaning, possible_of, together
from beffroi.licences.register import Meaning, Register
from beffroi.licences.terms import legal, sets_terms, words
from beffroi.licences.wording import bare, wording
from beffroi.model.licences import Answer, NotALicence, known, one_of, reason, unknown
from beffroi.visible import clipped

SHORT = 120
"""A text of so many words is read as a whole; of a longer one, only the parts that speak of its licence."""
LONGEST = 4000
"""The most characters of such a part."""
MOST = 50
"""How many parts of a text are read."""
LONGEST_NAME = 14
"""The most words of a name."""
BEFORE, BEHIND = 4, 2
"""Within so many words before a name, or behind it, it must be said that it is a licence."""
AROUND = 6
"""Within so many words of a name, nothing may say that it is not meant."""
ACRONYM = 4
"""A name of one word that is no longer must be in capitals: "mit" is a German word."""
LEGAL = 5
"""So many words of lawyers near each other make a text that sets terms."""
BRIEFLY = 80
SHOWN = 120

TAG = re.compile(r"SPDX-License-Identifier:[ \t]*([^\n]*?)[ \t]*(?:\*/|-->|#\})?[ \t]*$", re.IGNORECASE | re.MULTILINE)
LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'`]+", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*\+?")
HEADING = re.compile(
    r"^#{1,6}[ \t]+([^\n]{1,80})$(?!\n#)|^([^\n]{1,80})\n[=~^-]{3,}[ \t]*$|^[ \t*]*(licen[cs]es?|licensing)[ \t:*]*$",
    re.IGNORECASE | re.MULTILINE,
)
LABEL = re.compile(
    r"^[ \t>*_#-]*(?:data |content )?licen[cs]es?(?: des données| d’utilisation)?[*_ \u00a0]*[:=][ \t*_]*([^\n]+)$",
    re.IGNORECASE | re.MULTILINE,
)
SPEAKS = re.compile(r"licen[cs]|conditions (?:de |d’|d')?(?:ré)?utilisation|terms of (?:re-?)?use", re.IGNORECASE)
LICENSING = re.compile(r"licen[cs](?:e|es|ed|ing|ie|iee|ies|iees)?|under|sous|lizenz|licenza|licencia", re.IGNORECASE)
LICENCE = re.compile(r"licen[cs]e", re.IGNORECASE)
FURTHER = re.compile(
    r"(?:\d|v\d|version|only|later|with|avec|nc|nd|sa|by|style|like|clause"
    r"|(?:and|et|or|ou) (?:any|above|greater|higher|later|newer|plus|supérieure|toute|ultérieure))\b"
)
"""Words behind a name with which it may be another one."""


Found = Sequence[re.Match[str]]
"""The words of a passage."""


def tagged(text: str, register: Register) -> Answer | None:
    """The licence that the SPDX tags of a text name; `None` where it has none."""
    answers = [normalised(each, register) for each in dict.fromkeys(TAG.findall(text)) if each]
    if not answers:
        return None
    possible, rest = possible_of(answers), TAG.sub("", text)
    if reads_as_terms(text) or (is_short(rest) and sets_terms([wording(rest).words], words_of(possible, register))):
        return unknown(reason("named-in-terms", licences=", ".join(possible)), possible)
    if len(answers) == 1 and answers[0].id:
        return known(answers[0].id, reason("spdx-tag", id=answers[0].id))
    return together(answers, "mentions")


def reads_as_terms(text: str) -> bool:
    """Whether a text is itself one of those that lawyers write, so that what it names may be another's licence."""
    return any(legal(wording(TAG.sub("", text)).words, LEGAL))


def mentioned(text: str, register: Register) -> Answer | None:
    """The licence that a text names where it speaks of its licence; `None` where it names none."""
    answers = [each for passage in islice(passages(text), MOST) for each in mentions_in(passage, register)]
    if not answers:
        return None
    possible = possible_of(answers)
    if not all(each.possible for each in answers):
        doubtful = next(each for each in answers if not each.possible)
        return unknown(doubtful.because, tuple(dict.fromkeys([*possible, *doubtful.candidates])))
    if reads_as_terms(text):
        return unknown(reason("named-in-terms", licences=", ".join(possible)), possible)
    if told := sets_terms((wording(each).words for each in passages(text)), words_of(possible, register)):
        return unknown(reason("mention-and-terms", licences=", ".join(possible), words=clipped(told, SHOWN)), possible)
    common = [each for each in answers[0].possible if all(each in other.possible for other in answers)]
    if len(common) == 1:
        return known(common[0], reason("mention", id=common[0]))
    if common:
        return one_of(tuple(common), min(answers, key=lambda each: len(each.possible)).because)
    return one_of(possible, reason("mentions", licences=", ".join(possible)))


def passages(text: str) -> Iterator[str]:
    """A short text; of a longer one, what is labelled as its licence, and what stands under a heading about it."""
    if is_short(text):
        yield text
        return
    yield from (f"licence: {each}" for each in LABEL.findall(text) if is_short(each))
    headings = list(HEADING.finditer(text))
    for heading, following in zip_longest(headings, headings[1:]):
        title = heading[1] or heading[2] or heading[3]
        body = text[heading.end() : following.start() if following else len(text)]
        if SPEAKS.search(title) and body.strip() and is_short(body):
            yield f"licence: {title}\n{body}"


def is_short(text: str) -> bool:
    """Whether a text has few words."""
    return len(text) <= LONGEST and len(WORD.findall(text)) <= SHORT


def mentions_in(passage: str, register: Register) -> Iterator[Answer]:
    """Every licence that a passage names."""
    for link in LINK.finditer(passage):
        address = link[0].rstrip(".,;:!?)*_")
        answer = of_address(address, address, register)
        around = [*bare_words(passage[: link.start()])[-AROUND:], *bare_words(passage[link.end() :])[:AROUND]]
        if answer.possible or answer.because.rule == "not-a-licence":
            yield sure(answer, address, around)
    yield from names_in(LINK.sub(" ", passage), register)


def sure(answer: Answer, name: str, around: Sequence[str]) -> Answer:
    """The answer for a name, unless a word near it may say that it is not meant."""
    if words("otherwise").isdisjoint(around):
        return answer
    return unknown(reason("mention-unsure", given=name), answer.possible)


def bare_words(passage: str) -> list[str]:
    """The words of a passage without accents and capitals."""
    return WORD.findall(bare(passage))


def names_in(passage: str, register: Register) -> Iterator[Answer]:
    """Every licence that a passage calls by a whole name, the longest first."""
    found = list(WORD.finditer(passage))
    index = 0
    while index < len(found):
        last, meaning = name_at(passage, found, index, register)
        if meaning and (answer := answer_of(passage, found, index, last, meaning)):
            yield answer
        elif last == index and is_name_of_another(passage, found, index):
            given = passage[found[index].start() : found[index + 1].end()]
            yield unknown(reason("mention-unsure", given=given))
        index = last + 1


def is_name_of_another(passage: str, found: Found, index: int) -> bool:
    """Whether two words are the end, or in French the beginning, of the name of a licence that nobody knows."""
    if index + 1 >= len(found) or passage[found[index].end() : found[index + 1].start()] != " ":
        return False
    one, other = found[index][0], found[index + 1][0]
    name = one if LICENCE.fullmatch(other) else other if LICENCE.fullmatch(one) else ""
    return name[:1].isupper() and bare(name) not in words("ordinary")


def name_at(passage: str, found: Found, first: int, register: Register) -> tuple[int, Meaning | None]:
    """The longest name that begins with a word: with which word it ends, and what it means, if anything."""
    for last in range(min(first + LONGEST_NAME, len(found)) - 1, first - 1, -1):
        name = passage[found[first].start() : found[last].end()]
        if "\n\n" not in name and (meaning := register.by_name.get(folded(name))):
            return last, meaning
    return first, None


def answer_of(passage: str, found: Found, first: int, last: int, meaning: Meaning) -> Answer | None:
    """What a name says about the licence; `None` where it is no name of one there."""
    name = passage[found[first].start() : found[last].end()]
    if passage[: found[first].start()].endswith(("/", "-", ".")):
        return unknown(reason("mention-unsure", given=name), of_meaning(meaning, name, name).possible)
    if isinstance(meaning, NotALicence):
        return of_meaning(meaning, name, name) if last > first and not meaning.silent else None
    before = [bare(each[0]) for each in found[max(0, first - AROUND) : first]]
    behind = [bare(each[0]) for each in found[last + 1 : last + 1 + AROUND]]
    if not speaks_of_licence(name, before, behind):
        return None
    answer = of_meaning(meaning, name, name)
    if continues(passage[found[last].end() :]):
        return unknown(reason("mention-unsure", given=name), answer.possible)
    return sure(answer, name, [*before, *behind])


def speaks_of_licence(name: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether a name is surely that of a licence: it says so, has a version, or stands where licences are spoken of."""
    parts = WORD.findall(name)
    if len(parts) > 1 and any(any(map(str.isdigit, each)) or LICENSING.fullmatch(each) for each in parts):
        return True
    if len(parts) == 1 and len(name) <= ACRONYM and not name.isupper():
        return False
    return any(LICENSING.fullmatch(each) for each in [*before[-BEFORE:], *behind[:BEHIND]])


def continues(behind: str) -> bool:
    """Whether what follows a name at once may make another one of it."""
    following = WORD.findall(behind[:BRIEFLY].casefold())
    return bool(FURTHER.match(" ".join(following))) and behind.lstrip()[0] not in ".;:)\n"
