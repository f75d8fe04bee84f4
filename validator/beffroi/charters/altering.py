"""Copies of example projects in which some things are otherwise, for the time of a case."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from beffroi.charters.examples import EXPECTED, Case, projects_in
from beffroi.documents import read_document
from beffroi.errors import BeffroiError
from beffroi.packages.paths import unsafe
from beffroi.projects.declaration import NAME

LARGEST = 16 << 20
"""The most bytes of an example project that is copied."""


class UnusableCase(BeffroiError):
    """A case cannot be made of its project."""


@contextmanager
def altered(case: Case, examples: Path) -> Iterator[Path]:
    """The folder of the project of a case, as the case wants it, beside the declarations of the other examples.

    Raises `UnusableCase`.
    """
    projects = {each.name: each for each in projects_in(examples)}
    name = case.value["project"]
    if name not in projects:
        raise UnusableCase("case-no-project", name=name, known=", ".join(projects) or "-")
    with tempfile.TemporaryDirectory(prefix="beffroi-") as temporary:
        beside = Path(temporary)
        for other, folder in projects.items():
            if other != name:
                (beside / other).mkdir()
                shutil.copyfile(folder / NAME, beside / other / NAME)
        project = copied(projects[name], beside / name)
        alter(project, case.value)
        yield project


def copied(folder: Path, to: Path) -> Path:
    """A copy of an example project; links are not followed. Raises `UnusableCase` for one that is too large."""
    size = sum(each.lstat().st_size for each in folder.rglob("*"))
    if size > LARGEST:
        raise UnusableCase("case-too-large", name=folder.name, limit=f"{LARGEST >> 20} MiB")
    shutil.copytree(folder, to, symlinks=True, ignore=shutil.ignore_patterns(EXPECTED))
    return to


def alter(project: Path, changes: Mapping[str, Any]) -> None:
    """Change a project as a case wants it; raises `UnusableCase`."""
    value = read_document(project / NAME).value
    for pointer, new in changes.get("set", {}).items():
        value = put(value, pointer, new)
    for pointer in changes.get("remove", ()):
        take(value, pointer)
    written = json.dumps(value, ensure_ascii=False, indent=1)
    (project / NAME).write_bytes(written.encode("utf-8", "surrogatepass"))
    for path, text in changes.get("files", {}).items():
        replace_file(project, path, text)


def replace_file(project: Path, path: str, text: str | None) -> None:
    """Write a file of a project, or take it away; raises `UnusableCase` for a path that leads out of it."""
    file = project / path
    if unsafe(path) or not file.resolve().is_relative_to(project.resolve()):
        raise UnusableCase("case-unsafe-path", name=path)
    if text is None:
        if not file.is_file():
            raise UnusableCase("case-no-file", name=path)
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def put(value: Any, pointer: str, new: Any) -> Any:
    """The value with something else at a JSON Pointer, mappings made on the way; `-` is the place behind a list."""
    if not pointer:
        return new
    parts = parts_of(pointer)
    holder = value
    for part, following in pairwise(parts):
        holder = entered(holder, part, pointer, [] if following in {"-", "0"} else {})
    last = parts[-1]
    if isinstance(holder, list):
        index = index_in(holder, last, pointer)
        holder[index : index + 1] = [new]
    elif isinstance(holder, dict):
        holder[last] = new
    else:
        raise nowhere(pointer)
    return value


def entered(holder: Any, part: str, pointer: str, missing: Any) -> Any:
    """What stands in a mapping or list at a part of a pointer; made where it is missing."""
    if isinstance(holder, list):
        index = index_in(holder, part, pointer)
        holder[index:] = holder[index:] or [missing]
        return holder[index]
    if isinstance(holder, dict):
        return holder.setdefault(part, missing)
    raise nowhere(pointer)


def take(value: Any, pointer: str) -> None:
    """Take out what stands at a JSON Pointer; raises `UnusableCase` where there is nothing."""
    holder = value
    *above, last = parts_of(pointer)
    for part in above:
        holder = inner(holder, part, pointer)
    inner(holder, last, pointer)
    if isinstance(holder, list):
        del holder[int(last)]
    else:
        del holder[last]


def inner(holder: Any, part: str, pointer: str) -> Any:
    """What stands in a mapping or list at a part of a pointer."""
    if isinstance(holder, dict) and part in holder:
        return holder[part]
    if isinstance(holder, list) and part.isdecimal() and int(part) < len(holder):
        return holder[int(part)]
    raise nowhere(pointer)


def index_in(holder: list[Any], part: str, pointer: str) -> int:
    """The place in a list that a part of a pointer means: one that is there, or the next."""
    index = len(holder) if part == "-" else int(part) if part.isdecimal() else -1
    if 0 <= index <= len(holder):
        return index
    raise nowhere(pointer)


def parts_of(pointer: str) -> list[str]:
    """The parts of a JSON Pointer (RFC 6901); raises `UnusableCase` for what is none."""
    if not pointer.startswith("/"):
        raise nowhere(pointer)
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def nowhere(pointer: str) -> UnusableCase:
    """There is nothing at a pointer."""
    return UnusableCase("case-no-place", name=pointer)
