"""numpy and pyarrow under their usual names, loaded when one of them is first used: a small file needs neither."""

from __future__ import annotations

from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
else:

    class Lazy:
        """A module that is imported when something of it is asked for."""

        def __init__(self, name: str) -> None:
            self.__name = name

        def __getattr__(self, attribute: str) -> Any:
            found = getattr(import_module(self.__name), attribute)
            setattr(self, attribute, found)
            return found

    np, pa, pc = Lazy("numpy"), Lazy("pyarrow"), Lazy("pyarrow.compute")


def load_ahead() -> None:
    """Load what judges columns, in a thread, while a library reads a file without Python's lock."""
    Thread(target=import_module, args=("beffroi.tables.by_columns",), daemon=True).start()


__all__ = ["load_ahead", "np", "pa", "pc"]
