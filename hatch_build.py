"""Compiles the scanner when the package is built (docs/adr/0007); without a compiler the package is pure Python.

Used by hatchling; `python -m hatchling build --hooks-only -t wheel` compiles it where it stands.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags

FOLDER = "validator/beffroi/tables/scanner"
LIBRARY = "_scan.so"
FLAGS = ("-std=c99", "-O3", "-shared", "-fPIC", "-fvisibility=hidden")


class ScannerHook(BuildHookInterface[Any]):
    """Adds the compiled scanner to a wheel, which then is for one platform; it knows nothing of Python's own ABI."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before a wheel is made; an editable one finds the library in the source tree."""
        if self.target_name != "wheel":
            return
        folder = Path(self.root, FOLDER)
        failure = compiled(folder / "scan.c", folder / LIBRARY)
        if failure is not None:
            self.app.display_warning(f"beffroi's scanner is not built, large files will take longer: {failure}")
        elif version == "standard":
            build_data["force_include"][str(folder / LIBRARY)] = f"beffroi/tables/scanner/{LIBRARY}"
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{platform()}"


def compiled(source: Path, target: Path, *more: str) -> str | None:
    """Compile the scanner, with more flags; in one line why that failed, if it did.

    What is there already is replaced at once, as it may be in use, and taken away where it cannot be.
    """
    new = target.with_name(f"{target.name}.{os.getpid()}")
    stamp = f"-DSCAN_SOURCE={zlib.crc32(source.read_bytes())}u"
    try:
        command = [*compiler(), *FLAGS, stamp, *more, str(source), "-o", str(new)]
        subprocess.run(command, check=True, capture_output=True, text=True, errors="replace")  # noqa: S603
        new.replace(target)
    except (OSError, subprocess.CalledProcessError) as error:
        new.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        told = (getattr(error, "stderr", None) or str(error)).splitlines()
        return next((line for line in told if "error" in line), told[0])
    return None


def compiler() -> list[str]:
    """The command of the C compiler; raises `FileNotFoundError` where there is none."""
    if given := shlex.split(os.environ.get("CC", "")):
        return given
    for name in ("cc", "gcc", "clang"):
        if shutil.which(name):
            return [name]
    raise FileNotFoundError("there is no C compiler (cc, gcc or clang)")


def platform() -> str:
    """The tag of this platform; no promise about older Linux systems (manylinux, musllinux) is made."""
    tags = (tag.platform for tag in sys_tags())
    return next(each for each in tags if not each.startswith(("manylinux", "musllinux")))
