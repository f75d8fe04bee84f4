"""How values and records are made that pass the table checks: one module a check, named like it, listed nowhere else.

A check without a module here is passed by chance: values are made until it passes.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from beffroi.model.faults import Options
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.standards.sampling.columns import Used
    from beffroi.standards.sampling.families import Source, Wanted
    from beffroi.standards.sampling.records import Record

    Texts = Callable[[Wanted, Options], Iterator[Source]]


@dataclass(frozen=True, kw_only=True)
class Hook:
    """What helps to pass one check.

    `texts(wanted, options)`, of a check of one column, gives what makes up texts that probably pass.
    `mend(record, used)` changes a record that does not pass, so that it may.
    """

    texts: Texts | None = None
    mend: Callable[[Record, Used], None] | None = None


@cache
def find(check_id: str) -> Hook | None:
    """The hook of a check, if it has one."""
    name = check_id.replace("-", "_")
    if name.startswith("_") or name not in {each.name for each in pkgutil.iter_modules(__path__)}:
        return None
    hook: Hook = import_module(f"{__name__}.{name}").HOOK
    return hook
