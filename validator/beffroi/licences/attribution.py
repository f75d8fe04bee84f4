"""The lines that licences ask to print: who made what is used, where it is, of when it is, under which licence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.licences.deriving import Reasoner
from beffroi.model.compatibility import Attribution, Form, Mention, Row, Use, Verdict
from beffroi.model.licences import Licence, Obligation
from beffroi.visible import clipped, prose

LONGEST = 300
"""The most characters of a fact that a line shows."""
ASKING = (Obligation.ATTRIBUTION, Obligation.NOTICE)
"""The obligations that a line meets."""
MAKERS = ("publisher", "producer", "author", "creator", "rightsHolder", "rights-holder")
"""The roles of contributors who are to be named, those first that are to be named before others."""
BLANKS = {
    "title": {"en": "[title]", "fr": "[titre]"},
    "path": {"en": "[address]", "fr": "[adresse]"},
    "producer": {"en": "[name of the producer]", "fr": "[nom du producteur]"},
    "modified": {"en": "[date of the last update]", "fr": "[date de dernière mise à jour]"},
}
"""What stands where a source does not tell a fact."""


BETWEEN = {"en": "; ", "fr": "\u00a0; "}


def mention_of(source: Mapping[str, Any], licence: str) -> Mention:
    """What a source of a descriptor tells of itself; what is no text is not told."""
    return Mention(
        licence=licence,
        title=first_text(source, "title", "name"),
        path=first_text(source, "path", "url", "homepage"),
        producer=first_text(source, "producer", "publisher", "author", "organization") or maker(source),
        modified=first_text(source, "modified", "updated", "lastModified"),
    )


def first_text(source: Mapping[str, Any], *keys: str) -> str | None:
    """The first text under one of the keys."""
    found = (source.get(key) for key in keys)
    return next((each.strip() for each in found if isinstance(each, str) and each.strip()), None)


def maker(source: Mapping[str, Any]) -> str | None:
    """Who made a source: its contributors of the first role that is to be named, else all of them."""
    given = source.get("contributors")
    people = [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []
    for role in MAKERS:
        if found := [each for each in people if role in roles(each)]:
            return named(found)
    return named(people)


def roles(contributor: Mapping[str, Any]) -> Sequence[Any]:
    """The roles of a contributor, as either version of Data Package writes them."""
    given = contributor.get("roles")
    return given if isinstance(given, list) else [contributor.get("role")]


def named(contributors: Sequence[Mapping[str, Any]]) -> str | None:
    """The names of contributors."""
    return ", ".join(filter(None, (first_text(each, "title", "organization") for each in contributors))) or None


def attributions(mentions: Sequence[Mention], result: str, use: Use, reasoner: Reasoner) -> Iterator[Attribution]:
    """A line for each source whose licence asks for one, where what is made may carry `result`, or may after review."""
    for each in dict.fromkeys(mentions):
        row = reasoner.table.row(each.licence, result, use)
        licence = reasoner.register.licences[each.licence]
        if row.verdict is not Verdict.REFUSED and asks(licence, row):
            yield line(each, licence, reasoner.table.form(each.licence), changed=changes_told(licence, row, use))


def asks(licence: Licence, row: Row) -> bool:
    """Whether a licence asks for a line."""
    return any(each in licence.obligations and each not in row.lifts for each in ASKING)


def changes_told(licence: Licence, row: Row, use: Use) -> bool:
    """Whether the line must say that something was changed."""
    asked = Obligation.STATE_CHANGES in licence.obligations and Obligation.STATE_CHANGES not in row.lifts
    return asked and use is Use.DERIVED


def line(mention: Mention, licence: Licence, form: Form, *, changed: bool) -> Attribution:
    """The line of one source, in each language."""
    told = {key: getattr(mention, key) for key in BLANKS}
    asked = [key for key in BLANKS if f"{{{key}}}" in form.text["en"]]
    texts = {lang: filled(form.text[lang], told, licence, lang) for lang in form.text}
    if changed and form.changed:
        texts = {lang: f"{text}{BETWEEN[lang]}{form.changed[lang]}" for lang, text in texts.items()}
    missing = tuple(key for key in asked if not told[key])
    return Attribution(licence=licence.id, text=texts, missing=missing)


def filled(template: str, told: Mapping[str, str | None], licence: Licence, lang: str) -> str:
    """A template with its facts, and blanks for those that are not told."""
    facts = {key: prose(clipped(value, LONGEST)) if value else BLANKS[key][lang] for key, value in told.items()}
    link = licence.urls[0] if licence.urls else f"https://spdx.org/licenses/{licence.id}.html"
    return template.format_map({**facts, "licence": licence.name[lang], "link": link})
