"""Virtual environments of other validators, made once and kept in the user's cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.peers import Peer

READY = ".ready"


class NotInstalled(Exception):
    """A peer that could not be installed, and why."""


def cache() -> Path:
    """The folder of the environments."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "beffroi-benchmarks"


def done(*command: str) -> None:
    """Run a command. Raises `NotInstalled` with what it said last."""
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        said = (finished.stderr or finished.stdout).strip().splitlines()
        raise NotInstalled(said[-1] if said else f"exit code {finished.returncode}")


def python_of(peer: Peer) -> Path:
    """The interpreter of the peer's environment, which is made when it is not there. Raises `NotInstalled`."""
    folder = cache() / peer.id
    python = folder / "bin" / "python"
    if not (folder / READY).exists():
        done(sys.executable, "-m", "venv", "--clear", str(folder))
        done(str(python), "-m", "pip", "install", "--quiet", *peer.requirements)
        (folder / READY).touch()
    return python


def version_of(peer: Peer, python: Path) -> str:
    """The version of the peer that is installed."""
    code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
    return subprocess.run([python, "-c", code, peer.id], capture_output=True, text=True, check=True).stdout.strip()
