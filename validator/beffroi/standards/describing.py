"""What a standard of others says of itself, in our form: version, texts, contributors, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from beffroi.standards.drafting import ACCEPTED, VERSION, to_complete, to_translate
from beffroi.standards.tidying import Change, kept, unheeded
from beffroi.tables.fields.type_string import is_email
from beffroi.values import dataclass

NUMBERED = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?", re.IGNORECASE)
WEB = re.compile(r"https?://[^\s]+")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LEFT_OUT = "[…]"
FRENCH = frozenset(
    ["le", "la", "les", "l", "de", "des", "du", "d", "et", "un", "une", "est", "pour", "en", "dans", "ou", "au"]
)
ENGLISH = frozenset(
    ["the", "of", "and", "is", "are", "for", "to", "in", "or", "a", "an", "by", "with", "that", "this", "from"]
)
UNDERSTOOD = {
    "contributors": {"title", "organization", "organisation", "path", "email", "role", "roles"},
    "sources": {"title", "name", "path", "web"},
}
"""What is taken over of each item of a list."""
MADE_ELSEWHERE = ("name", "version", "title", "description", "path", "fields", "custom_checks", "resources", "$schema")
"""Keys that become something else of the standard."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a source says of itself, as keys of our `standard.yaml`, and what was changed."""

    value: Mapping[str, Any]
    changes: tuple[Change, ...]


def language_of(*texts: Any) -> str | None:
    """The language of texts, told by their short words; `None` where that is not clear."""
    words = re.findall(r"[a-zà-ÿœ]+", " ".join(each for each in texts if isinstance(each, str)).lower())
    french, english = sum(each in FRENCH for each in words), sum(each in ENGLISH for each in words)
    return None if french == english else "fr" if french > english else "en"


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Puts the texts of a source under their language, without the addresses of persons unless those are wanted."""

    lang: str
    contacts: bool

    def __call__(self, text: Any) -> dict[str, str] | None:
        """A text in both languages; `None` where there is none."""
        if isinstance(text, Mapping):
            found = {key: self.bare(text[key]) for key in ("en", "fr") if isinstance(text.get(key), str) and text[key]}
            other = next(iter(found.items()), None)
            return {**to_translate(other[1], other[0]), **found} if other else None
        return to_translate(self.bare(text.strip()), self.lang) if isinstance(text, str) and text.strip() else None

    def bare(self, value: Any) -> Any:
        """A value without addresses of mail, in whatever it holds."""
        if isinstance(value, str):
            return value if self.contacts else MAIL.sub(LEFT_OUT, value)
        if isinstance(value, Mapping):
            return {key: self.bare(each) for key, each in value.items()}
        return [self.bare(each) for each in value] if isinstance(value, list) else value


def described(source: Mapping[str, Any], say: Speaker) -> Told:
    """The keys of a `standard.yaml` that tell what it is, but for its id."""
    version = numbered(source.get("version"))
    days = {ours: day(source.get(theirs)) for ours, theirs in (("created", "created"), ("modified", "lastModified"))}
    contributors = list(contributors_of(source, say))
    named = list(sources_of(source, say))
    sources = [each for each in (self_of(source, say), *named) if each]
    taken = set(MADE_ELSEWHERE)
    taken |= {
        key for key, found in (("contributors", contributors), ("sources", named)) if all_told(source, key, found)
    }
    taken |= {theirs for ours, theirs in (("created", "created"), ("modified", "lastModified")) if days[ours]}
    rest = {key: value for key, value in source.items() if key not in taken and value not in (None, "", [], {})}
    value = {
        "version": version or VERSION,
        "status": "draft",
        "title": say(source.get("title")) or to_complete(),
        "description": say(source.get("description")) or to_complete(),
        **{key: found for key, found in days.items() if found},
        **({"contributors": contributors} if contributors else {}),
        **({"sources": sources} if sources else {}),
        "licences": {"accept": list(ACCEPTED)},
    }
    extra = {unheeded(key): say.bare(each) for key, each in rest.items()}
    return Told(value={**value, **extra}, changes=tuple(changes_of(source, version, rest)))


def changes_of(source: Mapping[str, Any], version: str | None, rest: Mapping[str, Any]) -> Iterator[Change]:
    """What is written otherwise than in the source."""
    given = source.get("version")
    if version != given:
        kind = "version" if version else "no-version"
        yield Change(kind=kind, at="/version", details={"key": str(given or "-"), "other": version or VERSION})
    for key in rest:
        yield kept(key, f"/{unheeded(key)}")


def numbered(given: Any) -> str | None:
    """A version as three numbers: `v1.2` is `1.2.0`."""
    found = NUMBERED.fullmatch(given.strip()) if isinstance(given, str) else None
    return ".".join(str(int(part or 0)) for part in found.groups()) if found else None


def day(given: Any) -> str | None:
    """The day of a date or moment in ISO 8601."""
    try:
        return date.fromisoformat(str(given)[:10]).isoformat()
    except ValueError:
        return None


def contributors_of(source: Mapping[str, Any], say: Speaker) -> Iterator[dict[str, Any]]:
    """Those who made the source."""
    for each in listed(source, "contributors"):
        organisation = each.get("organization") or each.get("organisation")
        title = each.get("title") or organisation
        roles = [*(each.get("roles") or ()), each.get("role")] if is_texts(each.get("roles")) else [each.get("role")]
        mail, path = str(each.get("email") or "").strip(), each.get("path")
        if isinstance(title, str) and title.strip():
            yield {
                "title": say.bare(title),
                **({"organization": organisation} if isinstance(organisation, str) and organisation != title else {}),
                **({"path": path} if is_web(path) else {}),
                **({"email": mail} if say.contacts and mail and is_email(mail) else {}),
                **({"roles": found} if (found := [role for role in roles if isinstance(role, str)]) else {}),
            }


def sources_of(source: Mapping[str, Any], say: Speaker) -> Iterator[dict[str, Any]]:
    """What the source is built upon."""
    for each in listed(source, "sources"):
        path = each.get("path") or each.get("web")
        title = each.get("title") or each.get("name") or path
        if isinstance(title, str) and title.strip():
            yield {"title": say.bare(title), **({"path": path} if is_web(path) else {})}


def self_of(source: Mapping[str, Any], say: Speaker) -> dict[str, Any] | None:
    """The source itself, whose columns ours are."""
    title = source.get("title") or source.get("name")
    path = next((source[key] for key in ("path", "homepage") if is_web(source.get(key))), None)
    if not isinstance(title, str) or not title.strip():
        return None
    version = source.get("version")
    return {
        "title": say.bare(title),
        **({"path": path} if path else {}),
        **({"version": version} if isinstance(version, str) and version else {}),
        "relation": "same-columns",
    }


def is_texts(given: Any) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(given, list) and all(isinstance(each, str) for each in given)


def all_told(source: Mapping[str, Any], key: str, found: list[dict[str, Any]]) -> bool:
    """Whether nothing of a list of the source was left out but addresses of mail."""
    given = list(listed(source, key))
    whole = len(given) == len(found) and len(given) == len(source.get(key) or ())
    return whole and all(set(each) <= UNDERSTOOD[key] for each in given)


def listed(source: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """The objects that a key of the source lists."""
    given = source.get(key)
    yield from (each for each in (given if isinstance(given, list) else ()) if isinstance(each, Mapping))


def is_web(path: Any) -> bool:
    """Whether a path is an address of the web."""
    return isinstance(path, str) and WEB.fullmatch(path) is not None
