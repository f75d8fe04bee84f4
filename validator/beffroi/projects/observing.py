"""How a verifier says what it saw: one function an outcome, each with the key of its words and their details.

What was looked for inside a file is `verified` where the file is named as `looked`; what rests on declared fields alone
is `consistent`. A verifier that saw no more than that a field is filled in says so with `method`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from beffroi.model.charter import Method, Outcome
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Looked, Observation


def observation(
    outcome: Outcome,
    key: str,
    /,
    *,
    at: str = "",
    looked: Looked | None = None,
    line: int | None = None,
    method: Method | None = None,
    **details: object,
) -> Observation:
    """An observation whose words are under `key`; `at` is the JSON Pointer in the declaration that it is about."""
    return Observation(
        outcome=outcome,
        method=method or (Method.VERIFIED if looked else Method.CONSISTENT),
        because=reason(key, **details),
        pointer=at,
        looked=looked,
        line=line,
    )


Say = Callable[..., Observation]
say: Say = observation
"""The same, for details that are given as a mapping."""
met: Say = partial(observation, Outcome.MET)
"""It is as it must be."""
lacking: Say = partial(observation, Outcome.NOT_MET)
"""It is not, and nobody said that it was."""
contradicted: Say = partial(observation, Outcome.DIVERGENT)
"""It is declared, and what was seen says otherwise."""
doubtful: Say = partial(observation, Outcome.NEEDS_REVIEW)
"""A person must look."""
unseen: Say = partial(observation, Outcome.UNKNOWN)
"""It could not be looked at."""
inapplicable: Say = partial(observation, Outcome.NOT_APPLICABLE)
"""There is nothing that the requirement could be about."""


def unusable(path: str, because: Fault, at: str) -> Observation:
    """A file that the declaration names at `at` and that cannot be used; its words are the same for all verifiers.

    One that is not there, or leads out of the project, contradicts the declaration; one that cannot be read is unseen.
    """
    gone = because.rule in {"missing-file", "unsafe-path"}
    outcome = Outcome.DIVERGENT if gone else Outcome.UNKNOWN
    return say(outcome, because.rule, at=at, method=Method.VERIFIED, **{**dict(because.details), "path": path})
