"""Examples for columns: from the data, or made up where the data may be a person's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from beffroi.model.standard import Field
from beffroi.standards.columns import SHORT, Name, personal
from beffroi.standards.guesses import Guess, Texts
from beffroi.tables.plans import compile_plan
from beffroi.values import dataclass

MADE_UP = {
    "mail": ("contact@ville.example",),
    "phone": ("01 99 00 12 34", "+33 1 99 00 12 34", "+33199001234", "0199001234", "33199001234"),
    "secret": (),
    "address": ("1 Lorem Ipsum",),
    "text": ("Lorem ipsum", "LOREM"),
    "name": ("Lorem ipsum", "LOREM"),
}
"""Numbers that begin with 01 99 00 are kept for fiction (Arcep, décision n° 2012-0856)."""
OF_TYPES = {
    "geojson": '{"type": "Point", "coordinates": [2.35, 48.85]}',
    "array": '["Lorem ipsum"]',
    "object": '{"lorem": "ipsum"}',
    "list": "Lorem ipsum",
    "uri": "https://ville.example/page",
}
MOMENT = datetime(1970, 1, 31, 14, 5)
ISO = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M:%S"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """An example for a field, if there is one; `instead` says of what it was made up instead of being taken."""

    text: str | None
    instead: str | None = None


def example_of(name: Name, guess: Guess, texts: Texts, constraints: dict[str, object]) -> Example:
    """An example that the field accepts: the most frequent short value, or a made-up one for what may be a person's."""
    kind = personal(name, texts)
    found = None if kind else usual(texts)
    if found is not None or not texts:
        return Example(text=found)
    field = Field(
        name=name.written, type=guess.type, format=guess.format, options=guess.options, constraints=constraints
    )
    plan = compile_plan(field, ())[0]
    made = (each for each in candidates(kind, guess) if not plan.faults(each))
    return Example(text=next(made, None), instead=kind)


def usual(texts: Texts) -> str | None:
    """The most frequent short text of those that are written as most are."""
    short = Counter({text: count for text, count in texts.items() if len(text) <= SHORT and text == text.strip()})
    looks: Counter[str] = Counter()
    for text, count in short.items():
        looks[look(text)] += count
    wanted = looks.most_common(1)[0][0] if looks else ""
    return next((text for text, _ in short.most_common() if look(text) == wanted), None)


def look(text: str) -> str:
    """How a text is written, whatever its letters and digits."""
    return re.sub("[^\\W\\d_]+", "a", re.sub("[0-9]+", "0", text))


def candidates(kind: str | None, guess: Guess) -> Iterator[str]:
    """What may be made up: for what a person's data are, and for the type."""
    yield from MADE_UP.get(kind or "", ())
    if guess.type in ISO:
        yield MOMENT.strftime(ISO[guess.type] if guess.format == "default" else guess.format)
    made = OF_TYPES.get(guess.type) or OF_TYPES.get(guess.format)
    yield from [made] if made else MADE_UP["text"]
