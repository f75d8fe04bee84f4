"""A digital charter as values: its principles, its requirements, what a city set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from beffroi.model.levels import Level
from beffroi.model.report import StandardReference
from beffroi.values import dataclass

Text = Mapping[str, str]
"""A text in every language of ours, by language."""


class Outcome(StrEnum):
    """What is known of a requirement, the gravest first."""

    DIVERGENT = "divergent"
    NOT_MET = "not-met"
    WAIVER_EXPIRED = "waiver-expired"
    EVIDENCE_EXPIRED = "evidence-expired"
    NEEDS_REVIEW = "needs-review"
    UNKNOWN = "unknown"
    WAIVED = "waived"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"

    @property
    def fails(self) -> bool:
        """Whether it is surely not met."""
        return self in {Outcome.DIVERGENT, Outcome.NOT_MET, Outcome.WAIVER_EXPIRED, Outcome.EVIDENCE_EXPIRED}

    @property
    def is_open(self) -> bool:
        """Whether it cannot be told if it is met."""
        return self in {Outcome.NEEDS_REVIEW, Outcome.UNKNOWN}


class Method(StrEnum):
    """How an outcome is known, the strongest first; the methods are never merged into one number."""

    VERIFIED = "verified"
    CONSISTENT = "consistent"
    ATTESTED = "attested"
    DECLARED = "declared"


@dataclass(frozen=True, kw_only=True)
class VerifierUse:
    """A verifier that a requirement calls, with its options."""

    check: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Applicability:
    """To which projects a requirement applies: all that is given must hold, of each list at least one.

    `declaration` is a JSON Schema on the declaration, `words` what it means: "projects that …".
    """

    layers: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    declaration: Mapping[str, Any] | None = None
    words: Text | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceRule:
    """Which evidence is taken: its kinds (none: any), and how old it may be, as an ISO 8601 duration."""

    kinds: tuple[str, ...] = ()
    max_age: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a requirement comes from."""

    title: Text
    ref: str | None = None
    path: str | None = None
    relation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One requirement, its parameters filled in.

    `declare` is a JSON Schema that the declaration must satisfy; `accepts` are the methods that suffice. `reason` tells
    why a profile lowered its level. `path` is the file that it stands in.
    """

    id: str
    title: Text
    statement: Text
    principle: str
    level: Level
    applies: Applicability = Applicability()
    declare: Mapping[str, Any] | None = None
    verify: tuple[VerifierUse, ...] = ()
    accepts: tuple[Method, ...]
    evidence: EvidenceRule = EvidenceRule()
    why: Text
    fix: Text
    sources: tuple[Reference, ...] = ()
    since: str
    retired: str | None = None
    replaced_by: tuple[str, ...] = ()
    reason: Text | None = None
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Principle:
    """A heading under which requirements stand."""

    id: str
    title: Text
    description: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a city sets: a value, of the form that the JSON Schema `schema` describes."""

    id: str
    title: Text
    value: Any
    description: Text | None = None
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words that declarations choose from, each with its title; phases stand in their order."""

    layers: Mapping[str, Text] = field(default_factory=dict)
    phases: Mapping[str, Text] = field(default_factory=dict)
    flags: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Grace:
    """Until the end of a day, projects that started before another one are told that they lack it, and not failed."""

    started_before: date
    until: date
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Charter:
    """A charter, merged with the one that it is a profile of.

    `requirements` are those in force, in the order of their principles; `retired` those that once were. `excluded` are
    requirements that a profile leaves out, with its reasons. `folder` holds its examples.
    """

    id: str
    version: str
    status: str
    path: str
    sha256: str
    title: Text
    description: Text
    principles: tuple[Principle, ...]
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    requirements: tuple[Requirement, ...]
    retired: tuple[Requirement, ...] = ()
    excluded: Mapping[str, Text] = field(default_factory=dict)
    grace: Mapping[str, Grace] = field(default_factory=dict)
    sources: tuple[Reference, ...] = ()
    extends: Charter | None = None
    folder: Path = Path()

    @property
    def name(self) -> str:
        """How it is called in texts and options: `municipal@1.0.0`."""
        return f"{self.id}@{self.version}"

    @property
    def reference(self) -> StandardReference:
        """What a report says of it."""
        return StandardReference(id=self.id, version=self.version, sha256=self.sha256)

    def requirement(self, wanted: str) -> Requirement | None:
        """The requirement in force of that id."""
        return next((each for each in self.requirements if each.id == wanted), None)

    def value(self, parameter: str) -> Any:
        """What is set for a parameter."""
        return self.parameters[parameter].value
