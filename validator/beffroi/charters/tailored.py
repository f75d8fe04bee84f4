"""How a profile differs from the charter that it extends: what it sets, raises, lowers, adds, leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.charter import Charter, Parameter, Requirement, Text
from beffroi.model.levels import Level
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Relevelled:
    """A requirement at another level than in the charter that is extended, with the reason that is recorded."""

    requirement: Requirement
    before: Level

    @property
    def is_raised(self) -> bool:
        """Whether it is more binding than it was."""
        return self.requirement.level.rank < self.before.rank


@dataclass(frozen=True, kw_only=True)
class Tailoring:
    """All that a profile says of its own; `set` are parameters with the value that they had before, if any.

    `words` are words of the vocabulary by their kind, those taken away with `None`.
    """

    parent: Charter
    set: tuple[tuple[Parameter, Any], ...]
    relevelled: tuple[Relevelled, ...]
    added: tuple[Requirement, ...]
    excluded: Mapping[str, Text]
    words: tuple[tuple[str, str, Text | None], ...]


def tailoring_of(charter: Charter) -> Tailoring | None:
    """How a charter is tailored; `None` for one that extends no other."""
    parent = charter.extends
    if parent is None:
        return None
    known = {each.id: each for each in parent.requirements}
    return Tailoring(
        parent=parent,
        set=tuple(parameters_set(charter, parent)),
        relevelled=tuple(
            Relevelled(requirement=each, before=known[each.id].level)
            for each in charter.requirements
            if each.id in known and known[each.id].level is not each.level
        ),
        added=tuple(each for each in charter.requirements if each.id not in known),
        excluded={name: each for name, each in charter.excluded.items() if name not in parent.excluded},
        words=tuple(words_changed(charter, parent)),
    )


def parameters_set(charter: Charter, parent: Charter) -> Iterator[tuple[Parameter, Any]]:
    """The parameters that are new or have another value, each with the one before."""
    for name, each in charter.parameters.items():
        before = parent.parameters.get(name)
        if before is None or before.value != each.value:
            yield each, before.value if before else None


def words_changed(charter: Charter, parent: Charter) -> Iterator[tuple[str, str, Text | None]]:
    """The words of the vocabulary that a profile adds, renames or takes away, each with its kind."""
    for kind in ("layers", "phases", "flags"):
        own, above = getattr(charter.vocabulary, kind), getattr(parent.vocabulary, kind)
        yield from ((kind, name, title) for name, title in own.items() if above.get(name) != title)
        yield from ((kind, name, None) for name in above if name not in own)
