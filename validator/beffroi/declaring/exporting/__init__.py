"""What was found about a project in formats that others read: one module a target, with `render(judged) -> str`."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from beffroi.declaring.judged import Judged


def targets() -> tuple[str, ...]:
    """The names of all targets."""
    return tuple(sorted(each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_")))


def exported(judged: Judged, target: str) -> str:
    """A judged project as a target has it. Raises `NotConformant` for a target that only conformant projects have."""
    rendered: str = import_module(f"{__name__}.{target}").render(judged)
    return rendered
