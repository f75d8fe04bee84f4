"""A standard in the formats that others use: one module a target, found by its name (`table_schema.py`: table-schema).

Each has `TARGET`, a function from an `Order` to an `Export`. A module whose name begins with `_` is not a target.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from beffroi.errors import UnusableFile

if TYPE_CHECKING:
    from beffroi.model.standard import Standard
    from beffroi.standards.exporting._export import Export, Order

    Target = Callable[[Order], Export]


def targets() -> tuple[str, ...]:
    """The names of all targets; none is imported for it."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_")))


def exported(standard: Standard, target: str, lang: str, resource: str | None = None) -> Export:
    """A standard, or one of its tables, for a target; texts are in the language where the target has only one.

    Raises `UnusableFile` for a standard that describes no table, or not the one that is asked for.
    """
    from beffroi.standards.exporting._export import Order

    if not standard.resources:
        raise UnusableFile("no-table-to-export", where=standard.path)
    chosen = tuple(each for each in standard.resources if resource in (None, each.name))
    if not chosen:
        known = ", ".join(each.name for each in standard.resources)
        raise UnusableFile("no-such-table", where=standard.path, name=resource, known=known)
    make: Target = import_module(f"{__name__}.{target.replace('-', '_')}").TARGET
    return make(Order(standard=standard, resources=chosen, lang=lang))
