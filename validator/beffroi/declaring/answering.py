"""What people type, understood as the value that a question asks for, or why it cannot be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from beffroi.declaring.forms import Form, Kind, schema_for
from beffroi.model.faults import Fault, reason
from beffroi.packages.paths import unsafe
from beffroi.visible import clipped, visible

YES = {"yes", "y", "true", "oui", "o", "vrai"}
NO = {"no", "n", "false", "non", "faux"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
LONGEST = 20_000
"""The most characters of an answer."""
MOST = {True: 80, False: 800}
"""How many characters a mend repeats of the answer, and how many of anything else."""


def understood(text: str, form: Form, lang: str, choices: Mapping[str, Any]) -> Any:
    """The value that `text` stands for, as the form wants it: a `Fault` where it stands for none."""
    if len(text) > LONGEST:
        return reason("too-long", most=LONGEST)
    if not form.many:
        return understood_one(text.strip(), form, lang, choices)
    found = [understood_one(each, form, lang, choices) for each in parts_of(text, form, choices)]
    faults = [each for each in found if isinstance(each, Fault)]
    return faults[0] if faults else list(dict.fromkeys(found)) if all_plain(found) else found


def parts_of(text: str, form: Form, choices: Mapping[str, Any]) -> list[str]:
    """Several answers in one line: texts each on a line of their own, words between commas or semicolons."""
    if form.kind is Kind.TEXT:
        parts = text.splitlines()
    elif re.fullmatch(r"[\d\s,;]+", text):
        parts = re.split(r"[\s,;]+", text)
    elif choices:
        parts = re.split(r"[,;]", text)
    else:
        parts = text.split(";" if ";" in text else ",")
    return [each.strip() for each in parts if each.strip()]


def understood_one(text: str, form: Form, lang: str, choices: Mapping[str, Any]) -> Any:
    """One value."""
    found = chosen(text, tuple(choices)) if choices else READERS[form.kind](text)
    if isinstance(found, Fault):
        return found
    value = {lang: found} if form.kind is Kind.TEXT else found
    problem = next(schema_for(form.pointer).problems(value), None)
    return reason("other-form", found=text, expected=form.description or problem.expected) if problem else value


def all_plain(found: list[Any]) -> bool:
    """Whether none of the values is a mapping, so that repetitions can be told."""
    return not any(isinstance(each, dict) for each in found)


def chosen(text: str, choices: tuple[str, ...]) -> str | Fault:
    """One of several values, by its number, its name, or the beginning of its name."""
    if text.isdecimal() and text not in choices:
        return choices[int(text) - 1] if 0 < int(text) <= len(choices) else no_choice(text, choices)
    folded = text.casefold()
    if text in choices or folded in choices:
        return text if text in choices else folded
    near = [each for each in choices if each.casefold().startswith(folded)]
    return near[0] if len(near) == 1 else no_choice(text, choices)


def no_choice(text: str, choices: tuple[str, ...]) -> Fault:
    """That an answer is none of those that can be chosen."""
    return reason("not-a-choice", found=text, last=len(choices), choices=", ".join(choices))


def yes_or_no(text: str) -> bool | Fault:
    """Yes or no, in English or French."""
    folded = text.casefold()
    return folded in YES if folded in YES | NO else reason("not-yes-or-no", found=text)


def number(text: str) -> int | float | Fault:
    """A number, with a comma or a point, and spaces between thousands."""
    bare = SPACES.sub("", text).replace(",", ".")
    if not NUMBER.fullmatch(bare):
        return reason("not-a-number", found=text)
    return float(bare) if "." in bare else int(bare)


def whole_number(text: str) -> int | Fault:
    """A whole number."""
    found = number(text)
    return found if isinstance(found, int) else reason("not-a-whole-number", found=text)


def day(text: str) -> str | Fault:
    """A day as ISO 8601 writes it; one that is written day first is only named."""
    if turned := DAY_FIRST.fullmatch(text):
        meant = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}"
        return reason("day-first", found=text, meant=meant) if is_day(meant) else reason("not-a-day", found=text)
    return text if DAY.fullmatch(text) and is_day(text) else reason("not-a-day", found=text)


def is_day(text: str) -> bool:
    """Whether there is such a day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def period(text: str) -> str | Fault:
    """A period as ISO 8601 writes it, or one of the words that stand for one."""
    found = text.casefold() if text.casefold() in {"continuous", "irregular", "never"} else text.upper()
    fits = found != "P" and next(schema_for("/project/delivery/rhythm").problems(found), None) is None
    return found if fits else reason("not-a-period", found=text)


def email(text: str) -> str | Fault:
    """An e-mail address."""
    fits = re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text)
    return text if fits else reason("not-an-email", found=text)


def address(text: str) -> str | Fault:
    """A web address; one without https:// is only named."""
    if re.fullmatch(r"https?://\S+", text):
        return text
    bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text)
    return (
        reason("address-without-scheme", found=text, meant=f"https://{text}")
        if bare
        else reason("not-an-address", found=text)
    )


def path(text: str) -> str | Fault:
    """A path below the declaration, with `/`."""
    found = text.replace("\\", "/").removeprefix("./")
    return reason("path-leads-out", found=text) if unsafe(found) or "://" in found else found


def word(text: str) -> str:
    """A text as it is."""
    return text


READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: word,
    Kind.WORD: word,
    Kind.CHOICE: word,
    Kind.YES_NO: yes_or_no,
    Kind.WHOLE: whole_number,
    Kind.NUMBER: number,
    Kind.DATE: day,
    Kind.PERIOD: period,
    Kind.EMAIL: email,
    Kind.ADDRESS: address,
    Kind.PATH: path,
}


def told(fault: Fault, lang: str) -> str:
    """Why an answer cannot be taken, and how to mend it, in the language."""
    details = {name: visible(clipped(str(value), MOST[name == "found"])) for name, value in fault.details}
    return mends()[fault.rule][lang].format_map(details)


@cache
def mends() -> Mapping[str, Mapping[str, str]]:
    """The words of all mends."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
