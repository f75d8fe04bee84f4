"""What is voted on is said in every language.

Why: a text that stands in one language twice was not translated.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.seen import Asked
from beffroi.model.faults import Defect, fault
from beffroi.settings import LANGUAGES

KEYS = ("title", "statement", "why", "fix")
FEW = 3
"""How many words may be the same in two languages."""


def defects(asked: Asked) -> Iterator[Defect]:
    """Texts that are the same in all languages, or of nothing but spaces."""
    texts = [(f"/{key}", asked.value[key]) for key in KEYS]
    if words := asked.value.get("when", {}).get("words"):
        texts.append(("/when/words", words))
    for pointer, text in texts:
        said = [text[lang].strip() for lang in LANGUAGES]
        for lang, each in zip(LANGUAGES, said, strict=True):
            if not each:
                yield asked.located(fault("charter-no-translation", place=pointer, lang=lang), f"{pointer}/{lang}")
        if len(set(said)) == 1 and len(said[0].split()) > FEW:
            yield asked.located(fault("charter-same-text", place=pointer), pointer)
