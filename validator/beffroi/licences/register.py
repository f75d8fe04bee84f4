"""The register of licences: `standards/licences.yaml`, and what a city adds in the `licences.yaml` of its catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache, cached_property
from pathlib import Path

from beffroi.catalogue import Catalogue, is_file
from beffroi.catalogue.definitions import bundled_root
from beffroi.errors import BeffroiError
from beffroi.licences.folding import address, dresses, folded
from beffroi.model.licences import Family, Licence, NotALicence, Policy, Source
from beffroi.values import dataclass

FILE = "licences.yaml"
Meaning = Licence | Family | NotALicence


class UnknownPolicy(BeffroiError):
    """The register holds no policy of that name."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """Who judges licences, and where it says so."""

    name: Mapping[str, str]
    source: Source


@dataclass(frozen=True, kw_only=True)
class Register:
    """All licences that are known, what names may mean, and the policies; `directories` are addresses above ids."""

    licences: Mapping[str, Licence] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    not_licences: Mapping[str, NotALicence] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    directories: tuple[str, ...] = ()

    @classmethod
    def bundled(cls) -> Register:
        """The register that comes with us."""
        return bundled_register()

    @classmethod
    def of(cls, catalogue: Catalogue) -> Register:
        """The register with what a city's own folders add. Raises `UnusableFile` where they contradict it."""
        from beffroi.licences.reading import extended

        found = cls.bundled()
        for root in reversed(catalogue.own):
            for file in files_of(root):
                found = extended(found, file)
        return found

    @property
    def meanings(self) -> Iterator[Meaning]:
        """Everything that a name may mean."""
        yield from self.licences.values()
        yield from self.families.values()
        yield from self.not_licences.values()

    @cached_property
    def by_name(self) -> Mapping[str, Meaning]:
        """What each folded name means."""
        return {folded(name): each for each in self.meanings for name in names_of(each)}

    @cached_property
    def by_id(self) -> Mapping[str, Licence]:
        """The licences by their ids in small letters."""
        return {each.casefold(): licence for each, licence in self.licences.items()}

    @cached_property
    def by_address(self) -> Mapping[str, Meaning]:
        """What each folded web address means."""
        return {key: each for each in self.meanings for url in each.urls for key in keys_of(url)}

    def policy(self, name: str, where: str | None = None) -> Policy:
        """The policy of that name. Raises `UnknownPolicy`, with the place where it is named."""
        if name not in self.policies:
            raise UnknownPolicy("unknown-policy", where=where, name=name, known=", ".join(sorted(self.policies)))
        return self.policies[name]

    def accepting(self, licence: str) -> Iterator[Policy]:
        """The policies that accept a licence."""
        return (each for each in self.policies.values() if licence in each.accepts)


def names_of(meaning: Meaning) -> Iterator[str]:
    """Everything that something is called."""
    yield meaning.id
    yield from meaning.aliases
    if isinstance(meaning, Licence):
        yield from meaning.former_ids
        yield from meaning.name.values()


def keys_of(url: str) -> set[str]:
    """Under what an address of the register is found: as it is, and bare where it names a page and no part of one."""
    whole = address(url)
    return {whole} if "#" in whole or "?" in whole else {whole, list(dresses(url))[-1]}


def files_of(root: Path) -> Iterator[Path]:
    """The registers in a folder of a catalogue, but for our own."""
    found = (each for each in (root / FILE, root / "standards" / FILE) if is_file(each))
    return (each for each in found if each.resolve() != bundled_file().resolve())


def bundled_file() -> Path:
    """The register that comes with us."""
    return bundled_root() / "standards" / FILE


@cache
def bundled_register() -> Register:
    """The same, read once."""
    from beffroi.licences.reading import extended

    return extended(Register(), bundled_file())
