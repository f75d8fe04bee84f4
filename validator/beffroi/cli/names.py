"""What a shell completes: names that only a catalogue knows, and files where no name begins so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from beffroi.errors import BeffroiError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from beffroi.catalogue import Catalogue

Completing = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The files and folders that begin so, which the shell knows."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def names(known: Callable[[Catalogue], Iterable[str]], *, or_files: bool = True) -> Completing:
    """Completes the names that `known` finds in the catalogue of a command, or else files."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            found = [each for each in known(catalogue_for(context)) if each.startswith(incomplete)]
        except (BeffroiError, OSError):
            found = []
        if not found and or_files:
            return files(context, parameter, incomplete)
        return [CompletionItem(each) for each in found]

    return complete


def catalogue_for(context: click.Context) -> Catalogue:
    """The catalogue that the command line names so far. Raises `BeffroiError` where it cannot be read."""
    from beffroi.cli.options import catalogue_of

    return catalogue_of(context.params.get("catalogue") or ())


def ids_of_standards(catalogue: Catalogue) -> Iterable[str]:
    """The ids of all standards."""
    return catalogue.ids()


def ids_of_charters(catalogue: Catalogue) -> Iterable[str]:
    """The ids of all charters and profiles."""
    from beffroi.catalogue.charters import Charters

    return Charters.of(catalogue).ids()


def ids_of_licences(catalogue: Catalogue) -> Iterable[str]:
    """The ids of all licences."""
    from beffroi.licences.register import Register

    return sorted(Register.of(catalogue).licences)


def names_of_policies(catalogue: Catalogue) -> Iterable[str]:
    """The names of all licence policies."""
    from beffroi.licences.register import Register

    return sorted(Register.of(catalogue).policies)


def ids_of_rules(_catalogue: Catalogue) -> Iterable[str]:
    """The ids of all rules."""
    from beffroi.rulebook import known_rules

    return known_rules()


def ids_of_requirements(catalogue: Catalogue) -> Iterable[str]:
    """The ids of all requirements, and those of verifiers, which can be explained like them."""
    from beffroi.projects.verifiers import known_verifiers

    yield from sorted({file.stem for root in catalogue.roots for file in root.glob("charter/*/requirements/*.yaml")})
    yield from known_verifiers()


standards = names(ids_of_standards)
charters = names(ids_of_charters)
licences = names(ids_of_licences, or_files=False)
policies = names(names_of_policies, or_files=False)
requirements = names(ids_of_requirements, or_files=False)
rules = names(ids_of_rules, or_files=False)
