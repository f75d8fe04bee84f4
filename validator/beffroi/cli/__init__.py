"""The command `beffroi`: turns options into calls, prints, exits."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from beffroi.cli.command import cli as cli


OBJECTS = 100_000
"""How many objects are made before Python looks for those that are no longer used: most runs are over before."""


def main() -> NoReturn:
    """Run the command and exit; all else is imported in here, so that Ctrl-C ends even the imports quietly."""
    gc.set_threshold(OBJECTS)
    try:
        from beffroi.cli.running import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(130)


def __getattr__(name: str) -> Any:
    """Import the click command when it is first asked for."""
    if name != "cli":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from beffroi.cli.command import cli

    return cli
