"""What texts in a publiccode.yml must be, by the names that `schemas/publiccode.schema.json` gives them in `format`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from beffroi.projects import codes
from beffroi.tables.fields.type_string import is_email, is_uri

VERSION = re.compile(r"0(\.[0-9]+){0,2}|1(\.0){0,2}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MEDIA_TYPE = re.compile(
    r"(application|audio|font|haptics|image|message|model|multipart|text|video)/[a-z0-9][a-z0-9!#$&^_.+-]*",
    re.IGNORECASE,
)
"""RFC 6838, with the top-level types that IANA has registered."""
ALIAS = "alias:"
LONGEST = 4096
"""No text that has a form of its own is longer."""


def is_version(text: str) -> bool:
    """A version of the standard that is in force, or the draft of the next."""
    return VERSION.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """A day, as year-month-day and nothing else."""
    try:
        return DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_url(text: str) -> bool:
    """An absolute address on a host, of whatever protocol."""
    try:
        parts = urlsplit(text)
        return bool(parts.scheme and parts.hostname) and is_uri(text)
    except ValueError:
        return False


def is_video(text: str) -> bool:
    """An address of something on a site, not of the site."""
    return is_url(text) and bool(urlsplit(text).path.strip("/") or urlsplit(text).query)


def is_path(text: str) -> bool:
    """A file below the publiccode.yml, or an address of one."""
    from beffroi.packages.paths import unsafe

    return is_url(text) if "://" in text and not text.startswith("file:") else bool(text.strip()) and not unsafe(text)


def is_country(text: str) -> bool:
    """ISO 3166-1 alpha-2, in capitals."""
    return text in codes.countries()


def is_country_in_any_case(text: str) -> bool:
    """The same in small letters too, as version 0 still allows."""
    return text.upper() in codes.countries() and text in {text.upper(), text.lower()}


def is_supported(text: str) -> bool:
    """A URI, or an alias that the standard lists."""
    return text.removeprefix(ALIAS) in aliases() if text.startswith(ALIAS) else is_uri(text)


@cache
def aliases() -> tuple[str, ...]:
    """The aliases that the standard lists."""
    from beffroi.catalogue.definitions import form_of

    return tuple(form_of("publiccode")["$defs"]["alias"]["enum"])


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "publiccode-version": is_version,
    "date": is_day,
    "url": is_url,
    "uri": is_uri,
    "email": is_email,
    "video": is_video,
    "path": is_path,
    "language": codes.is_language,
    "country": is_country,
    "country-any-case": is_country_in_any_case,
    "media-type": lambda text: MEDIA_TYPE.fullmatch(text) is not None,
    "supported": is_supported,
}


@cache
def checker() -> Any:
    """The same for jsonschema; what is no text has no form."""
    from jsonschema import FormatChecker

    found = FormatChecker(formats=())
    for name, holds in FORMATS.items():
        found.checks(name)(held(holds))
    return found


def held(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    """A form that only texts must have."""
    return lambda value: not isinstance(value, str) or (len(value) <= LONGEST and holds(value))
