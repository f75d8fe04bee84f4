"""The types of Table Schema (Data Package v2), one module each; found by name, listed nowhere else."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from beffroi.tables.fields.contract import FieldType

PREFIX = "type_"


@cache
def known_types() -> tuple[str, ...]:
    """The names of all field types."""
    return tuple(
        sorted(m.name.removeprefix(PREFIX) for m in pkgutil.iter_modules(__path__) if m.name.startswith(PREFIX))
    )


@cache
def field_type(name: str) -> FieldType | None:
    """The field type of that name, if there is one."""
    if name not in known_types():
        return None
    module = import_module(f"{__name__}.{PREFIX}{name}")
    found: FieldType = module.TYPE
    return found
