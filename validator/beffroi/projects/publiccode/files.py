"""Whether the files that a publiccode.yml names are there, and are what they are named as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from beffroi.documents import escaped
from beffroi.packages.paths import Contents
from beffroi.projects.publiccode.flaw import Flaw, error
from beffroi.projects.publiccode.formats import is_path

LOGOS = (".svg", ".svgz", ".png")
SCREENSHOTS = (".png", ".jpg", ".jpeg")
MAGIC = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".svgz": (b"\x1f\x8b",),
}
HEAD = 4096
MOST = 50
"""How many screenshots of one language are looked at."""


def of_files(value: Mapping[str, Any], contents: Contents) -> Iterator[Flaw]:
    """What is wrong with the files that are named."""
    for key in ("logo", "monochromeLogo"):
        yield from of_picture(value.get(key), f"/{key}", LOGOS, contents)
    for lang, words in mapping(value.get("description")).items():
        shots = mapping(words).get("screenshots")
        for index, each in enumerate(shots[:MOST] if isinstance(shots, list) else ()):
            at = f"/description/{escaped(lang)}/screenshots/{index}"
            yield from of_picture(each, at, SCREENSHOTS, contents)
    authors = mapping(value.get("legal")).get("authorsFile")
    if isinstance(authors, str) and is_path(authors) and "://" not in authors:
        yield from gone(authors, "/legal/authorsFile", contents)


def of_picture(path: Any, at: str, suffixes: tuple[str, ...], contents: Contents) -> Iterator[Flaw]:
    """What is wrong with one picture; one on the web is known by its address only."""
    if not isinstance(path, str) or not is_path(path):
        return
    web = "://" in path
    suffix = PurePosixPath(urlsplit(path).path if web else path).suffix.lower()
    if suffix not in suffixes:
        yield error("not-such-a-picture", at, found=path, expected=", ".join(suffixes))
    elif not web:
        located = contents.locate(path)
        yield from gone(path, at, contents)
        if located.file and not located.fault and not is_picture(located.file, suffix):
            yield error("no-picture", at, found=path, expected=suffix.removeprefix("."))


def gone(path: str, at: str, contents: Contents) -> Iterator[Flaw]:
    """What is said of a file that is not there."""
    located = contents.locate(path)
    if located.fault or not located.file:
        yield error("no-such-file", at, found=path)


def is_picture(file: Path, suffix: str) -> bool:
    """Whether a file begins as a picture of that kind does."""
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError:
        return False
    return b"<svg" in head.lower() if suffix == ".svg" else head.startswith(MAGIC[suffix])


def mapping(value: Any) -> Mapping[str, Any]:
    """A value, if it is a mapping; else an empty one."""
    return value if isinstance(value, dict) else {}
