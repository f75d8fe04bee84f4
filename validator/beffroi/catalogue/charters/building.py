"""Builds a charter from what is written: parameters filled in, requirements in the order of their principles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from beffroi.catalogue.charters.writing import WrittenCharter, WrittenRequirement
from beffroi.errors import UnusableFile
from beffroi.model.charter import (
    Applicability,
    Charter,
    EvidenceRule,
    Grace,
    Method,
    Parameter,
    Principle,
    Reference,
    Requirement,
    Text,
    VerifierUse,
    Vocabulary,
)
from beffroi.model.levels import Level
from beffroi.periods import in_words
from beffroi.settings import LANGUAGES

PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
NUMBER = re.compile(r"\d+|\D+")
YES = {"en": {True: "yes", False: "no"}, "fr": {True: "oui", False: "non"}}
POINT = {"en": ".", "fr": ","}
"""What stands before decimals."""


def charter_of(written: WrittenCharter) -> Charter:
    """The charter that is written. Raises `UnusableFile` for a requirement under a principle that there is not."""
    value = written.value
    parameters = {name: parameter_of(name, each) for name, each in value["parameters"].items()}
    order = {each["id"]: index for index, each in enumerate(value["principles"])}
    every = [requirement_of(name, each, parameters) for name, each in written.requirements.items()]
    for each in every:
        if each.principle not in order:
            raise UnusableFile(
                "charter-unknown-principle", where=each.path, name=each.principle, known=", ".join(order)
            )
    every.sort(key=lambda each: (order[each.principle], in_order(each.id)))
    return Charter(
        id=written.id,
        version=written.version,
        status=value["status"],
        path=written.path,
        sha256=written.sha256,
        title=value["title"],
        description=value["description"],
        principles=tuple(Principle(**each) for each in value["principles"]),
        vocabulary=Vocabulary(**value["vocabulary"]),
        parameters=parameters,
        requirements=tuple(each for each in every if not each.retired),
        retired=tuple(each for each in every if each.retired),
        excluded=written.excluded,
        grace={name: grace_of(each) for name, each in value["grace"].items()},
        sources=tuple(reference_of(each) for each in value["sources"]),
        extends=charter_of(written.parent) if written.parent else None,
        folder=written.folder,
    )


def in_order(name: str) -> list[tuple[bool, int, str]]:
    """An id as a sorting key: OD-10 behind OD-9."""
    return [(not each.isdigit(), int(each) if each.isdigit() else 0, each) for each in NUMBER.findall(name)]


def requirement_of(name: str, written: WrittenRequirement, parameters: Mapping[str, Parameter]) -> Requirement:
    """A requirement with its parameters filled in; raises `UnusableFile` for a parameter that there is not."""
    value = filled(written.value, parameters, written.path)
    when, evidence = value.get("when", {}), value.get("evidence", {})
    return Requirement(
        id=name,
        **{key: told(value[key], parameters) for key in ("title", "statement", "why", "fix")},
        principle=value["principle"],
        level=Level(value["level"]),
        applies=Applicability(
            **{key: tuple(when.get(key, ())) for key in ("layers", "phases", "flags")},
            declaration=when.get("declaration"),
            words=when.get("words"),
        ),
        declare=value.get("declare"),
        verify=tuple(VerifierUse(**each) for each in value.get("verify", ())),
        accepts=tuple(method for method in Method if method in value["accepts"]),
        evidence=EvidenceRule(kinds=tuple(evidence.get("kinds", ())), max_age=evidence.get("maxAge")),
        sources=tuple(reference_of(each) for each in value["sources"]),
        since=value["since"],
        retired=value.get("retired"),
        replaced_by=tuple(value.get("replacedBy", ())),
        reason=value.get("reason"),
        path=written.path,
    )


def filled(value: Any, parameters: Mapping[str, Parameter], path: str) -> Any:
    """A value in which each `{parameter: id}` is what is set for it."""
    if isinstance(value, Mapping):
        if value.keys() == {"parameter"}:
            name = value["parameter"]
            if name not in parameters:
                known = ", ".join(sorted(parameters)) or "-"
                raise UnusableFile("charter-unknown-parameter", where=path, name=name, known=known)
            return parameters[name].value
        return {key: filled(each, parameters, path) for key, each in value.items()}
    return [filled(each, parameters, path) for each in value] if isinstance(value, list) else value


def told(text: Text, parameters: Mapping[str, Parameter]) -> Text:
    """A text in which `{id}` is the value of that parameter, as people say it."""

    def word(found: re.Match[str], lang: str) -> str:
        given = parameters.get(found[1])
        return shown(given.value, lang) if given else found[0]

    return {lang: PLACEHOLDER.sub(lambda found, lang=lang: word(found, lang), text[lang]) for lang in LANGUAGES}  # type: ignore[misc]


def shown(value: Any, lang: str) -> str:
    """The value of a parameter in words."""
    if isinstance(value, bool):
        return YES[lang][value]
    if isinstance(value, Mapping):
        return ", ".join(map(str, value))
    if isinstance(value, list):
        return ", ".join(shown(each, lang) for each in value) or "-"
    if isinstance(value, float):
        return str(value).replace(".", POINT[lang])
    return in_words(value, lang) if isinstance(value, str) else str(value)


def parameter_of(name: str, value: Mapping[str, Any]) -> Parameter:
    """A parameter as written."""
    described = {key: value[key] for key in ("title", "value", "description", "schema") if key in value}
    return Parameter(id=name, **described)


def grace_of(value: Mapping[str, Any]) -> Grace:
    """A period of grace as written."""
    return Grace(
        started_before=date.fromisoformat(value["startedBefore"]),
        until=date.fromisoformat(value["until"]),
        reason=value.get("reason"),
    )


def reference_of(value: Mapping[str, Any]) -> Reference:
    """A source as written; a title that is the same in all languages may be written once."""
    title = value["title"]
    same: Text = dict.fromkeys(LANGUAGES, title) if isinstance(title, str) else title
    return Reference(title=same, ref=value.get("ref"), path=value.get("path"), relation=value.get("relation"))
