"""Licences as values: what each one asks, under which names it goes, which rules accept it, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from beffroi.model.faults import Fault
from beffroi.values import dataclass

Text = Mapping[str, str]
"""A text by language."""
OWN = "LicenseRef-"
"""How the ids begin of licences to which SPDX gives none."""


class Domain(StrEnum):
    """What a licence is made for."""

    DATA = "data"
    CONTENT = "content"
    SOFTWARE = "software"
    HARDWARE = "hardware"


class Obligation(StrEnum):
    """What a licence asks of those who use or pass on a work."""

    ATTRIBUTION = "attribution"
    NOTICE = "notice"
    STATE_CHANGES = "state-changes"
    SHARE_ALIKE = "share-alike"
    SOURCE_CODE = "source-code"
    NETWORK_SOURCE = "network-source"
    NO_RESTRICTION = "no-restriction"
    NO_COMMERCIAL = "no-commercial"
    NO_DERIVATIVE = "no-derivative"
    LIMITED_USE = "limited-use"


class Status(StrEnum):
    """What a body that reviews licences says of one; `superseded` was approved, and a newer one replaces it."""

    APPROVED = "approved"
    SUPERSEDED = "superseded"
    NOT_REVIEWED = "not-reviewed"
    NOT_APPROVED = "not-approved"
    REJECTED = "rejected"


class DecreeList(StrEnum):
    """The lists of licences that French administrations may use (article D. 323-2-1 of the CRPA)."""

    INFORMATION = "information"
    SOFTWARE_PERMISSIVE = "software-permissive"
    SOFTWARE_RECIPROCAL = "software-reciprocal"


class Missing(StrEnum):
    """What a name leaves out that may mean several licences."""

    VERSION = "version"
    VARIANT = "variant"
    OR_LATER = "or-later"


class Outcome(StrEnum):
    """How far what somebody wrote was understood."""

    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact comes from; `date` is the day (or month) as of which it held."""

    title: str
    path: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a body (`open-definition`, `osi`, `fsf`) says of a licence, and where it says so."""

    body: str
    status: Status
    source: Source


@dataclass(frozen=True, kw_only=True)
class Licence:
    """One licence.

    `former_ids` are ids that meant it once; `decree` tells, by country, in which list of a law it stands;
    `replaced_by` is the licence to prefer to it.
    """

    id: str
    name: Text
    domains: tuple[Domain, ...]
    aliases: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    reviews: tuple[Review, ...] = ()
    decree: Mapping[str, DecreeList] = field(default_factory=dict)
    replaced_by: str | None = None
    note: Text | None = None
    sources: tuple[Source, ...] = ()

    @property
    def spdx(self) -> bool:
        """Whether the id is one of the SPDX licence list."""
        return not self.id.startswith(OWN)

    def review(self, body: str) -> Review | None:
        """What a body says of it."""
        return next((each for each in self.reviews if each.body == body), None)


@dataclass(frozen=True, kw_only=True)
class Family:
    """Licences that one name may mean, and what the name leaves out."""

    id: str
    missing: Missing
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NotALicence:
    """What people write where a licence should stand, and why it is none.

    `silent` is one that says nothing at all, so that a title or an address beside it may still tell the licence.
    """

    id: str
    reason: Text
    aliases: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A named rule that standards and charters refer to: the licences accepted for a domain.

    `reasons` tell why some others are not accepted, by id.
    """

    id: str
    title: Text
    domains: tuple[Domain, ...]
    accepts: tuple[str, ...]
    description: Text | None = None
    reasons: Mapping[str, Text] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Which licence is meant by what somebody wrote; made by `known`, `one_of` and `unknown`.

    `id` is the licence, or `None`. `candidates` are those among which it must be (`ambiguous`), or, where nothing is
    known, near ones to look at, which are never applied. `because` tells why: its `rule` is a reason such as `alias`,
    `version-missing` or `text`, its details fill the words of it.
    """

    id: str | None
    candidates: tuple[str, ...] = ()
    ambiguous: bool = False
    because: Fault

    @property
    def outcome(self) -> Outcome:
        """Known where there is an id; ambiguous where it is one of the candidates; else unknown."""
        if self.id is not None:
            return Outcome.KNOWN
        return Outcome.AMBIGUOUS if self.ambiguous else Outcome.UNKNOWN

    @property
    def possible(self) -> tuple[str, ...]:
        """The licences that it can be: the one, or those among which it must be; none where nothing is known."""
        if self.id is not None:
            return (self.id,)
        return self.candidates if self.ambiguous else ()


def reason(kind: str, **details: object) -> Fault:
    """Why an answer is as it is; each detail is kept as text."""
    return Fault(rule=kind, details=tuple((name, str(value)) for name, value in details.items()))


def known(licence: str, because: Fault) -> Answer:
    """The answer that it is this licence."""
    return Answer(id=licence, because=because)


def one_of(candidates: tuple[str, ...], because: Fault) -> Answer:
    """The answer that it is one of these, and that nobody can tell which."""
    return Answer(id=None, candidates=candidates, ambiguous=True, because=because)


def unknown(because: Fault, near: tuple[str, ...] = ()) -> Answer:
    """The answer that it is no licence that we know; `near` ones are only to be looked at."""
    return Answer(id=None, candidates=near, because=because)
