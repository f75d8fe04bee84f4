"""The rules in words: one file a rule under `rules/`, in English and French, read only when a finding needs it.

A cause that several rules share has its words in `rules/causes/`.
"""

from __future__ import annotations

import difflib
import string
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.documents import read_document
from beffroi.errors import BeffroiError
from beffroi.model.levels import Level
from beffroi.values import dataclass
from beffroi.visible import clipped, quoted, visible

if TYPE_CHECKING:
    from beffroi.model.report import Finding, Report

FOLDER = Path(__file__).parent / "rules"
CAUSES = FOLDER / "causes"
WHEN = {"en": "(asked because another column says: {when})", "fr": "(demandé parce qu’une autre colonne dit : {when})"}
"""What a message adds where a rule holds under a condition."""
IN_A_SENTENCE = 80
"""How many characters of a value a message shows."""


class UnknownRule(BeffroiError):
    """There is no rule of that id."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: its default level and its words."""

    id: str
    level: Level
    words: Mapping[str, Any]

    def text(self, key: str, cause: str | None, details: Mapping[str, str], lang: str) -> str:
        """The text under `key`, with the details filled in: the rule's own for the cause, the cause's, or the rule's.

        A text may be a list: the first whose placeholders can all be filled is used. An empty detail fills nothing.
        """
        filling = {name: self.word(name, value, lang) for name, value in details.items() if value}
        for place in (self.words.get("causes", {}).get(cause, {}), shared_cause(cause), self.words):
            written = place.get(key, {}).get(lang)
            for each in [written] if isinstance(written, str) else written or ():
                if placeholders(each) <= filling.keys():
                    return str(each.format_map(filling))
        return ""

    def word(self, placeholder: str, value: str, lang: str) -> str:
        """The words for a detail that has words of its own, such as the name of a type."""
        known = self.words.get("words", {}).get(placeholder, {}).get(value)
        return str(known[lang]) if known else value


def placeholders(text: str) -> set[str]:
    """The names between braces in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def rule(rule_id: str) -> Rule:
    """The rule of that id; raises `UnknownRule`."""
    path = FOLDER / f"{rule_id}.yaml"
    if not path.is_file():
        near = difflib.get_close_matches(rule_id, known_rules(), n=5, cutoff=0)
        raise UnknownRule("unknown-rule", name=rule_id, known=", ".join(near))
    words = read_document(path).value
    return Rule(id=rule_id, level=Level(words["level"]), words=words)


@cache
def shared_cause(cause: str | None) -> Mapping[str, Any]:
    """The words of a cause that reads the same under every rule; none where each rule has its own."""
    path = CAUSES / f"{cause}.yaml"
    words: Mapping[str, Any] = read_document(path).value if path.is_file() else {}
    return words


def known_rules() -> tuple[str, ...]:
    """The ids of all rules."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def default_level(rule_id: str) -> Level:
    """The level of a rule that no standard changes."""
    return rule(rule_id).level


def worded(report: Report, lang: str) -> Report:
    """The same report, and what it says of another standard, each finding with its message and mend in the language."""
    subjects = (
        replace(subject, findings=tuple(with_words(finding, lang) for finding in subject.findings))
        for subject in report.subjects
    )
    also = worded(report.also, lang) if report.also else None
    return replace(report, lang=lang, subjects=tuple(subjects), also=also)


def with_words(finding: Finding, lang: str) -> Finding:
    """A finding with its message and mend."""
    first = finding.samples[0] if finding.samples else None
    places = {"field": finding.field or "", "column": finding.column or ""}
    details = {name: visible(text) for name, text in {**places, **finding.details}.items()}
    if first and first.value is not None:
        details["value"] = quoted(clipped(first.value, IN_A_SENTENCE))
    if first and first.suggestion is not None:
        details["suggestion"] = quoted(clipped(first.suggestion, IN_A_SENTENCE))
    described = rule(finding.rule)
    message = described.text("message", finding.cause, details, lang) or described.words["title"][lang]
    return replace(
        finding,
        message=f"{message} {WHEN[lang].format(**details)}" if "when" in details else message,
        fix=described.text("fix", finding.cause, details, lang),
    )
