"""What judgements say, in every language of ours: the words of verifiers, and those of `judging.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from beffroi.documents import shown
from beffroi.errors import refusal
from beffroi.model.faults import Fault
from beffroi.model.project import Observation
from beffroi.periods import in_words
from beffroi.projects.verifiers import words
from beffroi.settings import LANGUAGES
from beffroi.visible import visible

Text = Mapping[str, str]
BETWEEN = {"en": "; ", "fr": "\u00a0; "}
"""What stands between texts that are told as one."""


@cache
def own_words() -> Mapping[str, Mapping[str, str]]:
    """The words of judging itself."""
    file = Path(__file__).with_name("judging.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def told(because: Fault, verifier: str = "") -> Text:
    """A reason in words: those of a verifier, or the ones that all share; a detail such as P12M as people say it."""
    own = words(verifier) if verifier else {}
    templates = own.get(because.rule) or own_words()[because.rule]
    return {
        lang: templates[lang].format_map(
            {name: in_words(refusal(visible(shown(value)), lang), lang) for name, value in because.details}
        )
        for lang in LANGUAGES
    }


def worded(seen: Observation, verifier: str = "") -> Observation:
    """An observation with its words."""
    return replace(seen, verifier=verifier, said=told(seen.because, verifier))


def joined(texts: list[Text]) -> Text:
    """Several texts as one, each once."""
    return {lang: BETWEEN[lang].join(dict.fromkeys(each[lang] for each in texts)) for lang in LANGUAGES}
