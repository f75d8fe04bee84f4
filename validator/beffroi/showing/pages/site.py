"""The pages of one run: what their files are called, and how they link to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from beffroi.catalogue import matches, version_key
from beffroi.model.standard import ResourceRules, Standard
from beffroi.showing.pages.blocks import Link
from beffroi.showing.words import Words
from beffroi.values import dataclass

FORMS = {"html": "HTML", "md": "Markdown"}
"""The formats of pages: the suffix of each, and its name."""
INDEX = "index"
TONGUES = {"en": "English", "fr": "Français"}
VERSIONS = "versions"
"""The folder of a standard that holds its older versions."""
LONGEST = 100
SECTIONS = ("content", "contents", "deliver", "check", "levels", "extends", "examples", "sources", "changes", "about")
"""The ids of what every page may have. Those of the parts of a section have `--` in them, and no others."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """The standards that get a page, in which languages and formats."""

    standards: tuple[Standard, ...]
    langs: tuple[str, ...]
    forms: tuple[str, ...]

    @cached_property
    def stems(self) -> Mapping[str, str]:
        """The name of each standard's page, without language and suffix, by the path of its file."""
        names = unique((stem(each) for each in self.standards), {INDEX})
        return {each.path: name for each, name in zip(self.standards, names, strict=True)}

    def versions(self, wanted: str) -> tuple[Standard, ...]:
        """All versions of the standard of that id that have a page, the newest first."""
        same = [each for each in self.standards if each.id == wanted]
        return tuple(sorted(same, key=lambda each: version_key(each.version or ""), reverse=True))

    def named(self, name: str | None) -> Standard | None:
        """The standard that `id`, `id@1` … means, where it has a page."""
        wanted, _, version = (name or "").partition("@")
        return next((each for each in self.versions(wanted) if not version or matches(each.version, version)), None)


@dataclass(frozen=True, kw_only=True)
class View:
    """One language and one format of a site."""

    site: Site
    lang: str
    form: str

    @cached_property
    def words(self) -> Words:
        """The words of pages."""
        return Words("pages", self.lang)

    def file(self, standard: Standard | None, lang: str = "", form: str = "") -> str:
        """The file of a standard's page, or of the list of all."""
        name = self.site.stems[standard.path] if standard else INDEX
        return f"{name}.{lang or self.lang}.{form or self.form}"

    def translations(self, standard: Standard | None) -> tuple[Link, ...]:
        """The same page in the other languages."""
        others = (each for each in self.site.langs if each != self.lang)
        return tuple(Link(label=TONGUES[each], file=self.file(standard, lang=each), lang=each) for each in others)

    def forms(self, standard: Standard | None) -> tuple[Link, ...]:
        """The same page in the other formats."""
        others = (each for each in self.site.forms if each != self.form)
        return tuple(Link(label=FORMS[each], file=self.file(standard, form=each)) for each in others)

    def link(self, name: str | None) -> str | None:
        """The file of the page of a standard that is named, where it has one."""
        found = self.site.named(name)
        return self.file(found) if found else None


def stem(standard: Standard) -> str:
    """What the page of a standard is called, unless another is called so: its id; older versions say which."""
    return safe(standard.name if is_older(standard) else standard.id)


def is_older(standard: Standard) -> bool:
    """Whether it is kept beside a newer version of itself."""
    return standard.folder is not None and standard.folder.parent.name == VERSIONS


def public_path(standard: Standard) -> Path:
    """The file of a standard as anybody may know it: without what lies above its own folder on this machine."""
    path = Path(standard.path)
    if not path.is_absolute() and ".." not in path.parts:
        return path
    own = 1 if standard.folder is None else 4 if is_older(standard) else 2
    return Path(*path.parts[-own:])


def safe(name: str) -> str:
    """A name as any system takes it for a file, and any server for an address."""
    return re.sub(r"[^A-Za-z0-9@._-]+|^[^A-Za-z0-9]+", "-", name)[:LONGEST].strip("-.") or "standard"


def unique(names: Iterable[str], taken: Iterable[str]) -> Iterator[str]:
    """Each name, with a number where it is taken already, be it in other capitals."""
    known = {each.casefold() for each in taken}
    for name in names:
        number, found = 1, name
        while found.casefold() in known:
            number, found = number + 1, f"{name}-{number + 1}"
        known.add(found.casefold())
        yield found


@dataclass(frozen=True, kw_only=True)
class TablePlace:
    """The id of a table on a page, and those of its fields, in their order."""

    rules: ResourceRules
    id: str
    fields: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return self.rules.schema.names if self.rules.schema else ()


@dataclass(frozen=True, kw_only=True)
class Places:
    """What can be linked to on the page of a standard."""

    tables: tuple[TablePlace, ...]

    @classmethod
    def of(cls, standard: Standard) -> Places:
        """The places of a standard."""
        taken = set(SECTIONS)
        return cls(tables=tuple(place_of(each, taken) for each in standard.resources))

    def table(self, name: str) -> str | None:
        """The link to a table; the first of its name."""
        return next((f"#{each.id}" for each in self.tables if each.rules.name == name), None)

    def field(self, table: str, name: str) -> str | None:
        """The link to a field of a table; the first of its name."""
        named = (each for each in self.tables if each.rules.name == table and name in each.names)
        return next((f"#{each.fields[each.names.index(name)]}" for each in named), None)


def place_of(rules: ResourceRules, taken: set[str]) -> TablePlace:
    """The place of a table, with ids that are not `taken`, and are from now on."""
    names = rules.schema.names if rules.schema else ()
    own, *fields = unique([as_id(rules.name), *(as_id(rules.name, each) for each in names)], taken)
    taken.update((own, *fields))
    return TablePlace(rules=rules, id=own, fields=tuple(fields))


def as_id(*names: str) -> str:
    """The id of a table, or of a field of it."""
    return ".".join(re.sub(r"\W+", "-", each).strip("-") or "x" for each in names)
