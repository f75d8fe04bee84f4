"""The command `beffroi`: turns options into calls, prints, exits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from beffroi.cli.command import cli as cli


def main() -> NoReturn:
    """Run the command and exit; all else is imported in here, so that Ctrl-C ends even the imports quietly."""
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
