"""A charter as it would be if some things were set otherwise, without writing a profile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from beffroi.catalogue.charters.tailoring import merged
from beffroi.catalogue.charters.writing import WrittenCharter
from beffroi.catalogue.reading import fingerprint
from beffroi.documents import parse_yaml
from beffroi.errors import BeffroiError
from beffroi.model.levels import Level
from beffroi.settings import LANGUAGES

REASON = dict.fromkeys(LANGUAGES, "–")
"""Nobody needs to say why a level is lowered where it is only tried."""
OPTION = "--set"


class UnknownSetting(BeffroiError):
    """What is to be set is neither a requirement nor a parameter of the charter, or no level of a requirement."""


def varied(written: WrittenCharter, settings: Sequence[str], excluded: Sequence[str]) -> WrittenCharter:
    """The charter with levels and parameters set (`RAW-1=must`, `plan-age=P12M`), and without some requirements.

    A value is written as in YAML. Raises `UnknownSetting`, or `UnusableFile` for a value that is not of its form.
    """
    levels: dict[str, Any] = {}
    parameters: dict[str, Any] = {}
    for each in settings:
        name, sign, text = (part.strip() for part in each.partition("="))
        if not sign or name not in {*written.requirements, *written.value["parameters"]}:
            raise UnknownSetting("charter-unknown-setting", where=OPTION, name=each, known=known(written, name))
        if name in written.requirements:
            levels[name] = {"level": level(name, text), "reason": REASON}
        else:
            parameters[name] = {"set": parse_yaml(text, OPTION, [])}
    for name in excluded:
        if name not in written.requirements:
            raise UnknownSetting("charter-unknown-setting", where="--exclude", name=name, known=known(written, name))
    changes = {"levels": levels, "parameters": parameters, "excludes": dict.fromkeys(excluded, REASON)}
    return merged(written, overlay(written, changes))


def level(name: str, text: str) -> str:
    """The level that a text names; raises `UnknownSetting`."""
    if text not in set(Level):
        raise UnknownSetting("charter-unknown-level", where=OPTION, name=name, found=text, known=", ".join(Level))
    return text


def known(written: WrittenCharter, name: str) -> str:
    """What could be meant, the most likely first."""
    from beffroi.catalogue import nearest

    return ", ".join(nearest(name, (*written.requirements, *written.value["parameters"])))


def overlay(written: WrittenCharter, changes: Mapping[str, Any]) -> WrittenCharter:
    """What would be written in a profile that only makes these changes, under the charter's own name."""
    value = {key: written.value[key] for key in ("id", "version", "status", "title")}
    return WrittenCharter(
        path=OPTION,
        folder=written.folder,
        value={**value, **changes},
        requirements={},
        sha256=fingerprint(json.dumps(changes, sort_keys=True)),
        line=lambda _: None,
        excluded={},
    )
