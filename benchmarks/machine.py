"""What the figures were measured on: the processor, the memory and the versions; no names of hosts or folders."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("beffroi", "frictionless", "pyarrow", "numpy", "python-calamine", "duckdb", "polars")


def processor() -> str:
    """The name of the processor."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> float:
    """The memory in GB."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9


def installed(library: str) -> str:
    """The library with its version, or nothing when it is not installed."""
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return ""


def machine() -> str:
    """The machine in a line."""
    libraries = filter(None, map(installed, LIBRARIES))
    system = f"{platform.system()} {platform.machine()}"
    parts = [processor(), f"{cores()} cores", f"{memory():.0f} GB", system, f"Python {platform.python_version()}"]
    return ", ".join([*parts, *libraries])
