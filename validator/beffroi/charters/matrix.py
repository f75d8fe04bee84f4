"""What a charter asks of each kind of project: of a layer, in a phase, with the flags that are known to be set."""

from __future__ import annotations

from enum import StrEnum

from beffroi.catalogue import nearest
from beffroi.errors import BeffroiError
from beffroi.model.charter import Charter, Requirement
from beffroi.model.levels import Level
from beffroi.values import dataclass


class Applies(StrEnum):
    """Whether a requirement applies to a kind of project."""

    ALWAYS = "always"
    UNDER_CONDITIONS = "under-conditions"
    NEVER = "never"


class UnknownWord(BeffroiError):
    """A charter has no such layer, phase or flag."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of project: of one of some layers, in one of some phases (none named: any), with some flags set."""

    layers: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The ids of the requirements that a kind of project has to meet, by level; and those with further conditions."""

    always: dict[Level, tuple[str, ...]]
    under_conditions: dict[Level, tuple[str, ...]]


def kind_of(charter: Charter, **named: tuple[str, ...]) -> Kind:
    """The kind of project that words of a charter's vocabulary name; raises `UnknownWord`."""
    for kind, words in named.items():
        known = getattr(charter.vocabulary, kind)
        for each in words:
            if each not in known:
                listed = ", ".join(nearest(each, tuple(known))) or "-"
                raise UnknownWord("unknown-word-of-charter", where=charter.path, name=each, of=kind, known=listed)
    return Kind(**named)


def applies(requirement: Requirement, kind: Kind) -> Applies:
    """Whether a requirement applies to all projects of a kind, to some, or to none."""
    given = requirement.applies
    wanted = ((given.layers, kind.layers), (given.phases, kind.phases))
    if any(asked and named and not set(asked) & set(named) for asked, named in wanted):
        return Applies.NEVER
    narrower = any(asked and not (named and set(named) <= set(asked)) for asked, named in wanted)
    flagged = bool(given.flags) and not set(given.flags) & set(kind.flags)
    conditional = narrower or flagged or given.declaration is not None
    return Applies.UNDER_CONDITIONS if conditional else Applies.ALWAYS


def asked(charter: Charter, kind: Kind) -> tuple[tuple[Requirement, Applies], ...]:
    """The requirements that apply to projects of a kind, in the order of the charter."""
    found = ((each, applies(each, kind)) for each in charter.requirements)
    return tuple((each, how) for each, how in found if how is not Applies.NEVER)


def cell(charter: Charter, kind: Kind) -> Cell:
    """How much is asked of a kind of project."""
    found = asked(charter, kind)

    def ids(level: Level, wanted: Applies) -> tuple[str, ...]:
        return tuple(each.id for each, how in found if each.level is level and how is wanted)

    return Cell(
        always={level: ids(level, Applies.ALWAYS) for level in Level},
        under_conditions={level: ids(level, Applies.UNDER_CONDITIONS) for level in Level},
    )


def matrix(charter: Charter) -> dict[tuple[str, str], Cell]:
    """What is asked in each layer and phase."""
    words = charter.vocabulary
    return {
        (layer, phase): cell(charter, Kind(layers=(layer,), phases=(phase,)))
        for layer in words.layers
        for phase in words.phases
    }
