"""What may be made of what, as values: the rows of the table, and the verdicts that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from beffroi.model.licences import Obligation, Source, Text
from beffroi.values import dataclass

ANY = "any"
"""Every licence, also one in no class, in `sources` and `results` of a row."""
SAME = "same"
"""The licence of the source itself, in `results` of a row."""


class Use(StrEnum):
    """What is made: one thing of all (derived), a map, chart or report (produced), parts kept apart (collection)."""

    DERIVED = "derived"
    PRODUCED = "produced"
    COLLECTION = "collection"


class Verdict(StrEnum):
    """Whether what is made may carry a licence; the later ones outweigh the earlier ones."""

    ALLOWED = "allowed"
    NEEDS_REVIEW = "needs-review"
    REFUSED = "refused"

    @property
    def weight(self) -> int:
        """How much it outweighs others, from 0."""
        return list(Verdict).index(self)


class Certainty(StrEnum):
    """How a row is known, the surest first."""

    STATED_BY_LICENCE = "stated-by-licence"
    STATED_BY_STEWARD = "stated-by-steward"
    COMMON_READING = "common-reading"
    NEEDS_REVIEW = "needs-review"

    @property
    def doubt(self) -> int:
        """How unsure it is, from 0."""
        return list(Certainty).index(self)


class Extra(StrEnum):
    """What a use asks beyond the obligations of the licence itself."""

    KEEP_LICENCE = "keep-licence"
    OFFER_DATABASE = "offer-database"


Duty = Obligation | Extra


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is under one of `sources`, made into one of `uses`, may, or may not, carry one of `results`.

    Both name licences, classes, groups, or `any`; `results` also `same`. A row that is `mixed` holds only where another
    source is under the licence of the result. `adds` and `lifts` change what remains to be done.
    """

    id: str
    sources: tuple[str, ...]
    results: tuple[str, ...]
    uses: tuple[Use, ...]
    verdict: Verdict
    certainty: Certainty
    why: Text
    cited: tuple[Source, ...]
    mixed: bool = False
    adds: tuple[Extra, ...] = ()
    lifts: tuple[Obligation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LicenceClass:
    """Licences that are treated alike where no row says otherwise."""

    id: str
    title: Text
    licences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """How licences want their source to be named: a text with placeholders, and what to add where it was changed."""

    licences: tuple[str, ...]
    text: Text
    changed: Text | None
    cited: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """What is to be told of a source: `modified` is the date of its last update, as written there."""

    licence: str
    title: str | None = None
    path: str | None = None
    producer: str | None = None
    modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """A line to print, in each language; `missing` are the facts that the source does not tell, in brackets there."""

    licence: str
    text: Mapping[str, str]
    missing: tuple[str, ...]
