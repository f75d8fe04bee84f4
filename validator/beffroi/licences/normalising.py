"""Which licence is meant by what people write: never a guess, but known, ambiguous or unknown, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from beffroi.licences.expressions import Expression, Operator, expression_in
from beffroi.licences.folding import address, dresses, folded, is_address, readings
from beffroi.licences.near import near_address, near_name
from beffroi.licences.register import Meaning, Register
from beffroi.model.licences import Answer, Family, Licence, NotALicence, known, one_of, reason, unknown
from beffroi.visible import clipped

LONGEST = 500
"""The most characters of a name or an address; what is longer is the text of a licence, or no licence."""
SHOWN = 80
PREFIX = re.compile(r"^\s*(?:SPDX-License-Identifier\s*:|License :: (?:OSI Approved :: )?)", re.IGNORECASE)
"""What source files, and the classifiers of Python packages, write before a licence."""
LINK = re.compile(r"https?://[^\s<>()\[\]\"']+", re.IGNORECASE)
AROUND_LINK = re.compile(rf"<?{LINK.pattern}>?", re.IGNORECASE)
BRACKETED = re.compile(r"\(([^()]*)\)")
KEYS = {
    "name": ("name", "id", "spdx", "identifier"),
    "path": ("path", "url", "uri", "@id", "href"),
    "title": ("title", "label"),
}
"""Under which keys descriptors tell the name, the address and the title of a licence."""


def normalised(given: Any, register: Register) -> Answer:
    """The licence that is meant by an id, a name, an address, an SPDX expression, an entry of a descriptor, or a list.

    A list is one licence where all its entries are the same one; see `each_normalised` for the others.
    """
    if isinstance(given, str):
        return of_text(given, register)
    if isinstance(given, Mapping):
        return of_entry(given, register)
    if isinstance(given, list | tuple):
        return together(each_normalised(given, register), "several")
    if given is None:
        return unknown(reason("nothing"))
    return unknown(reason("not-text", given=clipped(repr(given), SHOWN)))


def each_normalised(given: Any, register: Register) -> tuple[Answer, ...]:
    """An answer for each licence that is given: the entries of a list, or the one thing."""
    entries = given if isinstance(given, list | tuple) else [given]
    return tuple(normalised(each, register) for each in entries)


def together(answers: Sequence[Answer], kind: str) -> Answer:
    """Several answers in one: known where all are the same licence, otherwise one of all that they may be."""
    if not answers:
        return unknown(reason("nothing"))
    if len(answers) == 1 or all(each.id is not None and each.id == answers[0].id for each in answers):
        return answers[0]
    possible = possible_of(answers)
    if not all(each.possible for each in answers):
        return unknown(reason("part-unknown", count=len(answers)), possible)
    return one_of(possible, reason(kind, count=len(answers), licences=", ".join(possible)))


def of_text(text: str, register: Register) -> Answer:
    """The licence that a text means."""
    text = PREFIX.sub("", text).strip()
    shown = clipped(" ".join(text.split()), SHOWN)
    if not text:
        return unknown(reason("nothing"))
    if len(text) > LONGEST:
        return unknown(reason("too-long", given=shown, limit=LONGEST))
    if is_address(text):
        return of_address(text, shown, register)
    if meaning := named(text, register):
        return of_meaning(meaning, text, shown)
    if expression := expression_in(text):
        return of_expression(expression, shown, register)
    return of_pieces(text, shown, register) or unknown(reason("unknown", given=shown), near_name(text, register))


def named(text: str, register: Register) -> Meaning | None:
    """What a name means."""
    found = (register.by_name.get(each) for each in readings(text))
    return register.by_id.get(text.casefold()) or next((each for each in found if each), None)


def of_meaning(meaning: Meaning, text: str, shown: str) -> Answer:
    """The answer for a name that is in the register."""
    if isinstance(meaning, Family):
        return one_of(meaning.members, reason(f"{meaning.missing}-missing", given=shown))
    if isinstance(meaning, NotALicence):
        return unknown(reason("not-a-licence", given=shown, what=meaning.id))
    return known(meaning.id, reason(how(meaning, text), given=shown, id=meaning.id))


def how(licence: Licence, text: str) -> str:
    """By which of its names a licence was known."""
    if text.casefold() == licence.id.casefold():
        return "spdx-id" if licence.spdx else "own-id"
    if text.casefold() in {each.casefold() for each in licence.former_ids}:
        return "former-id"
    titles = {folded(each) for each in licence.name.values()}
    return "alias" if titles.isdisjoint(readings(text)) else "title"


def of_address(text: str, shown: str, register: Register) -> Answer:
    """The licence that is at a web address: the most exact reading that the register knows."""
    for dress in dict.fromkeys(dresses(text)):
        meaning = register.by_address.get(dress) or in_directory(dress, register)
        if isinstance(meaning, Licence):
            return known(meaning.id, reason("url", given=shown, id=meaning.id))
        if meaning:
            return of_meaning(meaning, text, shown)
    return unknown(reason("unknown-url", given=shown), near_address(address(text), register))


def in_directory(dress: str, register: Register) -> Meaning | None:
    """What an address means whose path ends in a name, below one of the addresses that the register lists."""
    names = (dress.removeprefix(f"{each}/") for each in register.directories if dress.startswith(f"{each}/"))
    return next((found for each in names if (found := named(each, register))), None)


def of_expression(expression: Expression, shown: str, register: Register) -> Answer:
    """The answer for an SPDX expression: one licence only where there is but one in it, without an exception."""
    leaves = tuple(expression.leaves)
    answers = tuple(of_text(each.text, register) for each in leaves)
    excepted = [each.exception for each in leaves if each.exception]
    if excepted:
        return unknown(reason("exception", given=shown, exception=", ".join(excepted)), possible_of(answers))
    operators = {"choice" if each is Operator.OR else "all-of" for each in operators_in(expression)}
    return together(answers, operators.pop() if len(operators) == 1 else "expression")


def operators_in(expression: Expression) -> Iterator[Operator]:
    """Every operator in an expression."""
    if expression.operator:
        yield expression.operator
    for each in expression.parts:
        yield from operators_in(each)


def of_pieces(text: str, shown: str, register: Register) -> Answer | None:
    """The answer for a name followed by another of its names in brackets, or by its address; `None` for other texts."""
    links = LINK.findall(text)
    rest = AROUND_LINK.sub(" ", text)
    pieces = [each.strip() for each in (BRACKETED.sub(" ", rest), *BRACKETED.findall(rest), *links)]
    pieces = [each for each in pieces if folded(each)]
    if len(pieces) < 2 and not links:
        return None
    answers = [(of_address if each in links else of_name)(each, each, register) for each in pieces]
    if not all(each.possible for each in answers):
        found = possible_of(answers)
        return unknown(reason("more-words", given=shown), found) if found else None
    return agreed(answers, shown)


def of_name(text: str, shown: str, register: Register) -> Answer:
    """The licence of a name, and nothing else."""
    meaning = named(text, register)
    return of_meaning(meaning, text, shown) if meaning else unknown(reason("unknown", given=shown))


def agreed(answers: Sequence[Answer], shown: str) -> Answer:
    """What answers about one and the same licence say together; each of them must have something to say."""
    common = [each for each in answers[0].possible if all(each in other.possible for other in answers)]
    if not common:
        everything = possible_of(answers)
        return one_of(everything, reason("contradiction", given=shown, licences=", ".join(everything)))
    if len(common) > 1:
        return one_of(tuple(common), narrowest(answers).because)
    sure = next((each for each in answers if each.id == common[0]), None)
    return sure or known(common[0], reason("narrowed", given=shown, id=common[0]))


def narrowest(answers: Sequence[Answer]) -> Answer:
    """The answer that leaves the fewest licences."""
    return min(answers, key=lambda each: len(each.possible))


def of_entry(given: Mapping[str, Any], register: Register) -> Answer:
    """The licence of an entry of a descriptor: its name is heeded first, and nothing beside it may contradict it."""
    texts = {kind: first_text(given, keys) for kind, keys in KEYS.items()}
    answers = {kind: of_text(text, register) for kind, text in texts.items() if text}
    telling = {kind: each for kind, each in answers.items() if not is_silent(each, register)}
    shown = clipped(", ".join(dict.fromkeys(text for text in texts.values() if text)), SHOWN)
    if not telling:
        return next(iter(answers.values()), unknown(reason("nothing")))
    if refused := [each for each in telling.values() if each.because.rule == "not-a-licence"]:
        return denied(refused, list(telling.values()), shown)
    possible = {kind: each for kind, each in telling.items() if each.possible}
    first = next(iter(telling.values()))
    if "name" in telling and "name" not in possible:
        return unknown(first.because, near_of([*possible.values(), first]))
    return agreed(list(possible.values()), shown) if possible else unknown(first.because, near_of(telling.values()))


def first_text(given: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first text under one of the keys; of one in several languages, the first."""
    for key in keys:
        value = given.get(key)
        value = next(iter(value.values()), None) if isinstance(value, Mapping) else value
        if isinstance(value, str) and value.strip():
            return value
    return ""


def is_silent(answer: Answer, register: Register) -> bool:
    """Whether an answer is of a text that says nothing of a licence."""
    if answer.because.rule != "not-a-licence":
        return False
    return register.not_licences[dict(answer.because.details)["what"]].silent


def denied(refused: Sequence[Answer], answers: Sequence[Answer], shown: str) -> Answer:
    """The answer for an entry of which one part says that there is no licence: the others are but near."""
    near = possible_of(answers)
    if not near:
        return refused[0]
    return unknown(reason("denied", given=shown, licences=", ".join(near)), near)


def possible_of(answers: Iterable[Answer]) -> tuple[str, ...]:
    """All licences that answers may mean."""
    return tuple(dict.fromkeys(licence for each in answers for licence in each.possible))


def near_of(answers: Iterable[Answer]) -> tuple[str, ...]:
    """All licences that answers name, near ones too."""
    return tuple(dict.fromkeys(licence for each in answers for licence in (*each.possible, *each.candidates)))
