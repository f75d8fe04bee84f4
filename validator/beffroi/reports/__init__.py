"""Report formats: one module each with `render(report)`, a text or bytes, and `SUFFIXES`; found by name."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.model.report import Report

Render = Callable[["Report"], str | bytes]


def known_formats() -> tuple[str, ...]:
    """The names of all report formats."""
    return tuple(sorted(each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_")))


def renderer(name: str) -> Render:
    """The `render` of the format of that name."""
    render: Render = import_module(f"{__name__}.{name}").render
    return render


def format_of(name: str) -> str | None:
    """The format that the name of a file asks for by its suffix, if any does."""
    suffixes = [(each, suffix) for each in known_formats() for suffix in import_module(f"{__name__}.{each}").SUFFIXES]
    return next((each for each, suffix in suffixes if name.lower().endswith(suffix)), None)


def needs(names: Iterable[str]) -> tuple[int, int]:
    """What some formats can do with: how many places of each finding, how many rows of each table; 0 for no more."""
    modules = [import_module(f"{__name__}.{each}") for each in names]
    samples = max((getattr(each, "SAMPLES", 0) for each in modules), default=0)
    return samples, max((getattr(each, "EXCERPT", 0) for each in modules), default=0)
