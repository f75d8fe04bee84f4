"""The table checks: one module each, found by its name and listed nowhere else."""

import pkgutil
import re
from functools import cache
from importlib import import_module
from typing import cast

from beffroi.model.check import Check

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@cache
def known() -> tuple[str, ...]:
    """Ids of all checks, sorted; no check is imported for it. A module whose name begins with `_` is not a check."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_")))


def find(check_id: str) -> Check | None:
    """The check of that id, imported on demand; `None` when there is none."""
    if not ID.fullmatch(check_id) or check_id not in known():
        return None
    module = import_module(f"{__name__}.{check_id.replace('-', '_')}")
    return cast("Check", module.CHECK)
