"""Two standards, or two versions of one, compared: what changed, and which version the changes ask for."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Literal

from beffroi.catalogue import Catalogue, version_key
from beffroi.catalogue.changes import KINDS, Bump, Change, Kind, bump, changes, is_too_low, next_version
from beffroi.catalogue.definitions import FILE
from beffroi.errors import UnknownStandard
from beffroi.model.standard import Standard
from beffroi.values import dataclass

Verdict = Literal["fine", "too-low", "cannot-tell"]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed from `before` to `after`."""

    before: Standard
    after: Standard
    changes: tuple[Change, ...]

    @property
    def bump(self) -> Bump | None:
        """Which part of the version the changes raise; `None` where there are none."""
        return bump(self.changes, self.before.version)

    @property
    def asked(self) -> str | None:
        """The version that the changes ask for at least, where it can be told."""
        return next_version(self.before.version, self.bump)

    @property
    def version(self) -> Verdict:
        """Whether the version that the second states is high enough; cannot tell where one of both states none."""
        if self.bump is None:
            return "fine"
        if self.asked is None or next_version(self.after.version, "patch") is None:
            return "cannot-tell"
        return "too-low" if is_too_low(self.after.version, self.asked) else "fine"

    @property
    def is_backwards(self) -> bool:
        """Whether the second is an earlier version of the first."""
        return self.before.id == self.after.id and is_too_low(self.after.version, self.before.version)

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """How many changes there are of each kind."""
        found = Counter(each.kind for each in self.changes)
        return {kind: found[kind] for kind in KINDS}

    def reaches(self, threshold: Kind) -> bool:
        """Whether a change is at least as grave as `threshold`."""
        return any(self.counts[kind] for kind in KINDS[: KINDS.index(threshold) + 1])


def compared(before: Standard, after: Standard) -> Comparison:
    """Compare two standards."""
    return Comparison(before=before, after=after, changes=changes(before, after))


def previous(standard: Standard, catalogue: Catalogue) -> Standard:
    """The version before that of a standard with a folder; raises `UnknownStandard` where there is none."""
    home = standard.folder
    if home and home.parent.name == "versions":
        home = home.parents[1]
    own = version_key(standard.version or "")
    older = [each.parent for each in home.glob(f"versions/*/{FILE}")] if home else []
    earlier = [each for each in older if version_key(each.name) < own]
    if not earlier:
        raise UnknownStandard("no-earlier-version", where=standard.path, name=standard.name)
    return catalogue.in_folder(max(earlier, key=lambda each: version_key(each.name)))
