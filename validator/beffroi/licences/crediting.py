"""Whether a data package names its sources as their licences ask: where it does not, the line to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from beffroi.errors import CannotRead
from beffroi.licences.deriving import Reasoner
from beffroi.licences.filed import named_like
from beffroi.licences.folding import folded
from beffroi.licences.recognising import text_of
from beffroi.licences.register import names_of
from beffroi.licences.sourcing import called, lines_for, mentioned
from beffroi.model.compatibility import Mention, Use
from beffroi.model.faults import Defect, fault
from beffroi.model.licences import Licence

NAME = re.compile(
    r"(?:readme|notice|credits?|attributions?|sources?|licen[cs]es?|copying)(?:[-_.][\w.-]*)?", re.IGNORECASE
)
"""Files in which a package may name its sources."""
SHORTEST = 4
"""The fewest letters and digits of a name that is looked for."""


def uncredited(
    licences: Any, sources: Sequence[Mapping[str, Any]], texts: Sequence[str], reasoner: Reasoner, lang: str
) -> Iterator[Defect]:
    """The sources whose licence asks for a line, and which none of the texts of a package names with its licence."""
    told = [folded(each) for each in texts]
    for index, source in enumerate(sources):
        mention = mentioned(source, reasoner)
        for line in lines_for(licences, [source], Use.DERIVED, reasoner):
            licence = reasoner.register.licences[line.licence]
            if mention and not any(names_it(each, mention, licence) for each in told):
                pointer = f"/sources/{index}"
                shown = line.text[lang].replace("\u00a0", " ")  # which a detail would make visible
                missed = fault("source-not-credited", source=called(source, pointer), line=shown)
                yield Defect(fault=missed, pointer=pointer)


def names_it(text: str, mention: Mention, licence: Licence) -> bool:
    """Whether a folded text names a source, and its licence."""
    names = [*names_of(licence), *licence.urls]
    return holds(text, (mention.title, mention.path)) and holds(text, names)


def holds(text: str, names: Iterable[str | None]) -> bool:
    """Whether one of the names stands in a folded text; those that are too short are not looked for."""
    wanted = (folded(each) for each in names if each)
    return any(len(each) >= SHORTEST and each in text for each in wanted)


def texts_of(descriptor: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """The texts in which a package may name its sources: those of its descriptor itself, and of files beside it."""
    yield from (each for each in descriptor.values() if isinstance(each, str))
    for each in named_like(NAME, folder):
        try:
            text = text_of(folder / each, follow=False)
        except CannotRead:
            continue
        if isinstance(text, str):
            yield text
