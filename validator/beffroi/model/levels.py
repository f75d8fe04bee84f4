"""The closed sets that a report speaks in, spelt as in our files."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """How binding a rule is (RFC 2119)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"

    @property
    def rank(self) -> int:
        """0 for `must`, growing as the level weakens."""
        return list(Level).index(self)

    def reaches(self, threshold: Level) -> bool:
        """Whether this level is at least as binding as `threshold`."""
        return self.rank <= threshold.rank


class Verdict(StrEnum):
    """What a report says of a subject as a whole."""

    CONFORMANT = "conformant"
    NOT_CONFORMANT = "not-conformant"
    CANNOT_TELL = "cannot-tell"


class Standing(StrEnum):
    """Whether a finding counts: one that is known from a baseline, or waived for a time, does not."""

    OPEN = "open"
    KNOWN = "known"
    WAIVED = "waived"
