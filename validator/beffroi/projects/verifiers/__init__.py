"""Verifiers: what a requirement can ask to be looked at. One module each, found by its name.

A verifier is a module `<id>.py` (dashes as underscores) with one constant `VERIFIER`; its docstring is its manual page:
first what is so when it is satisfied, then what it looks at. Its words are in `<id>.toml` beside it, in English and
French. It yields what it saw (`beffroi.projects.observing`), at least one observation; it never raises for what a
project declares or delivers.
"""

from __future__ import annotations

import inspect
import pkgutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.errors import BeffroiError
from beffroi.model.project import Observation
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.projects.project import Project

Options = Mapping[str, Any]
Run = Callable[["Project", Options], Iterator[Observation]]


class UnknownVerifier(BeffroiError):
    """There is no verifier of that name, or it does not take such options."""


@dataclass(frozen=True, kw_only=True)
class Verifier:
    """`run` looks at a project; `options` is the JSON Schema of the options that a requirement gives it."""

    run: Run
    options: Mapping[str, Any] = field(default_factory=lambda: {"type": "object", "maxProperties": 0})


def known_verifiers() -> tuple[str, ...]:
    """The ids of all verifiers."""
    names = (each.name for each in pkgutil.iter_modules(__path__))
    return tuple(sorted(each.replace("_", "-") for each in names if not each.startswith("_")))


def verifier(name: str) -> Verifier:
    """The verifier of that id; raises `UnknownVerifier`."""
    if name not in known_verifiers():
        raise UnknownVerifier("unknown-verifier", name=name, known=", ".join(known_verifiers()))
    found: Verifier = module(name).VERIFIER
    return found


def manual(name: str) -> str:
    """The manual page of a verifier."""
    return inspect.getdoc(module(name)) or ""


def module(name: str) -> Any:
    """The module of a verifier."""
    return import_module(f"{__name__}.{name.replace('-', '_')}")


@cache
def words(name: str) -> Mapping[str, Mapping[str, str]]:
    """The words of a verifier, by key and language."""
    file = Path(__file__).parent / f"{name.replace('-', '_')}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
