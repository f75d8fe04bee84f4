"""What is found out about a declared project: observations of verifiers, and a judgement on each requirement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from beffroi.model.charter import Method, Outcome, Principle, Requirement
from beffroi.model.faults import Fault
from beffroi.model.levels import Level
from beffroi.values import dataclass

Text = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A file that was looked at, by the path that the declaration gives it."""

    path: str
    sha256: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One thing that a verifier saw.

    `outcome` is what it means for the requirement, `because` says why (its `rule` is a key of words), and `said` is
    that in words. `pointer` is the place in the declaration that it is about; `looked` the file that was looked into,
    `line` a line there.
    """

    outcome: Outcome
    method: Method
    because: Fault
    verifier: str = ""
    said: Text = field(default_factory=dict)
    pointer: str = ""
    looked: Looked | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A piece of evidence that a claim rests on: where it is, of which kind, its dates as declared."""

    place: str
    kind: str | None = None
    collected: str | None = None
    expires: str | None = None
    by: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What is known of one requirement, which stands under a `principle`.

    `level` is that of the requirement, or `may` in a period of grace. `observations` decide the outcome, those that
    weigh most first; `said` tells it in words. `line` and `column` are the place in the declaration at `pointer`.
    """

    requirement: Requirement
    principle: Principle
    level: Level
    outcome: Outcome
    method: Method | None
    observations: tuple[Observation, ...]
    said: Text
    evidence: tuple[Evidence, ...] = ()
    pointer: str = ""
    line: int | None = None
    column: int | None = None
