"""What is asked of an export, and what it gives: files, what they cannot say, and what is still to be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from itertools import chain, count
from math import isfinite
from typing import Any

from beffroi.judging import levels_of
from beffroi.model.levels import Level
from beffroi.model.standard import Field, ResourceRules, Standard, TableSchema
from beffroi.settings import LANGUAGES
from beffroi.standards.drafting import slug
from beffroi.standards.wording import Wording
from beffroi.tables.sources.values import float_text
from beffroi.values import dataclass

WORDS = "exporting"
COLON = {"en": ": ", "fr": "\u00a0: "}


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What whoever uses an export must know, in every language; `kind` is for programs, the rest is its place."""

    kind: str
    text: Mapping[str, str]
    resource: str | None = None
    field: str | None = None

    def line(self, lang: str) -> str:
        """The remark behind its place."""
        place = ".".join(each for each in (self.resource, self.field) if each)
        return f"{place}{COLON[lang]}{self.text[lang]}" if place else self.text[lang]


@dataclass(frozen=True, kw_only=True)
class Export:
    """Files by their paths. `lost` is what they cannot say, or what nobody else checks; `to_complete` is left open."""

    files: Mapping[str, str]
    lost: tuple[Remark, ...] = ()
    to_complete: tuple[Remark, ...] = ()

    @property
    def is_folder(self) -> bool:
        """Whether it takes more than one file."""
        return len(self.files) > 1


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is exported: some of the tables of a standard, or all, for readers of a language."""

    standard: Standard
    resources: tuple[ResourceRules, ...]
    lang: str

    @cached_property
    def words(self) -> Wording:
        """The words of exports, in the language."""
        return Wording(WORDS, self.lang)

    @property
    def is_package(self) -> bool:
        """Whether several tables are exported."""
        return len(self.resources) > 1

    @property
    def name(self) -> str:
        """A name of the whole that can stand in an address and in a path."""
        alone = self.standard.is_package and not self.is_package
        return self.name_of(self.resources[0]) if alone else slug(self.standard.id) or "standard"

    @property
    def title(self) -> str:
        """The title of the whole."""
        alone = self.standard.is_package and not self.is_package
        return self.title_of(self.resources[0]) if alone else self.told(self.standard.title)

    def name_of(self, rules: ResourceRules) -> str:
        """A name of one table that can stand in an address and in a path."""
        whole = slug(self.standard.id) or "standard"
        return f"{whole}-{self.stems[rules.name]}" if self.standard.is_package else whole

    @cached_property
    def stems(self) -> Mapping[str, str]:
        """What files of each table are called: its name, as all systems can hold it, and unlike that of the others."""
        found: dict[str, str] = {}
        for each in self.standard.resources:
            stem = slug(each.name) or "table"
            free = chain([stem], (f"{stem}-{number}" for number in count(2)))
            found.setdefault(each.name, next(name for name in free if name not in found.values()))
        return found

    def title_of(self, rules: ResourceRules) -> str:
        """The title of one table."""
        own = rules.title or schema_of(rules).descriptor.get("title")
        return self.told(own if self.standard.is_package else self.standard.title or own)

    def description_of(self, rules: ResourceRules) -> str:
        """What one table holds."""
        own = schema_of(rules).descriptor.get("description") or rules.description
        return self.told(own if self.standard.is_package else self.standard.descriptor.get("description") or own)

    def told(self, text: Any) -> str:
        """A text of a standard in the language; in another one if it has no other."""
        return in_language(text, self.lang)

    def is_must(self, rule: str) -> bool:
        """Whether the standard asks for what a rule says, or only recommends it."""
        return levels_of(self.standard)(rule) is Level.MUST

    def needs(self, field: Field) -> bool:
        """Whether a field must have a value, as the standard does more than recommend."""
        return field.required and self.is_must("required")

    def place(self, rules: ResourceRules) -> str | None:
        """How remarks call a table: not at all where it is the only one."""
        return rules.name if self.is_package else None


def schema_of(rules: ResourceRules) -> TableSchema:
    """The Table Schema of a resource; an empty one where only its structure is known."""
    return rules.schema or TableSchema()


def in_language(text: Any, lang: str) -> str:
    """A text that a standard gives in several languages, or in none in particular."""
    if isinstance(text, Mapping):
        return str(text.get(lang) or next((each for each in text.values() if each), ""))
    return text if isinstance(text, str) else ""


def remark(kind: str, *, resource: str | None = None, field: str | None = None, **details: Any) -> Remark:
    """A remark in the words of its kind; a detail may be a text in several languages."""
    told = {
        lang: {key: in_language(each, lang) if isinstance(each, Mapping) else each for key, each in details.items()}
        for lang in LANGUAGES
    }
    text = {lang: Wording(WORDS, lang)(kind, **told[lang]) for lang in LANGUAGES}
    return Remark(kind=kind, text=text, resource=resource, field=field)


def filled(value: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping without the keys that hold nothing."""
    return {key: each for key, each in value.items() if each not in (None, "", [], {}, ())}


def as_json(value: Any) -> str:
    """A file of JSON, which has no numbers that are infinite or none at all: they are texts."""
    return json.dumps(finite(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def finite(value: Any) -> Any:
    """A value with each `NaN`, `INF` and `-INF` as Table Schema writes it."""
    if isinstance(value, Mapping):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    return float_text(value) if isinstance(value, float) and not isfinite(value) else value


def as_text(value: Any) -> str:
    """A value of a standard as a remark quotes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
