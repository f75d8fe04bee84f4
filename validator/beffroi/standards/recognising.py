"""Which standards the files of a delivery seem to follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from beffroi.deliveries import DESCRIPTORS, kind_of, visible_file
from beffroi.detecting import Detector, Guess
from beffroi.model.faults import Fault
from beffroi.packages.archives import unpacked
from beffroi.settings import Settings
from beffroi.tables.delivery import Delivered, delivered, delivered_stream
from beffroi.tables.sources import is_table_name

Seen = tuple[str, tuple[Guess, ...]]
"""A file, and the standards that it shares columns with, the likeliest first."""


def recognised(paths: Iterable[str], detector: Detector, settings: Settings, most: int) -> Iterator[Seen]:
    """Each table that the paths name (files, folders, zips, `-`), with at most `most` standards.

    Raises `NoSuchInput` or `CannotRead`.
    """
    for path in paths:
        kind = kind_of(path)
        if kind == "stream":
            with delivered_stream(settings.input) as taken:
                yield seen(taken, detector, most)
        elif kind == "archive":
            with unpacked(Path(path)) as found:
                yield from () if isinstance(found, Fault) else in_folder(found, path, detector, most)
        elif kind == "file":
            with delivered(Path(path)) as taken:
                yield seen(taken, detector, most)
        else:
            folder = Path(path) if kind == "folder" else Path(path).parent
            yield from in_folder(folder, folder.as_posix(), detector, most)


def in_folder(folder: Path, name: str, detector: Detector, most: int) -> Iterator[Seen]:
    """Every table of a folder; reports call the folder `name`."""
    for path in sorted(folder.rglob("*")):
        if visible_file(path, folder) and is_table_name(path.name) and path.name not in DESCRIPTORS:
            with delivered(path, f"{name}/{path.relative_to(folder).as_posix()}") as taken:
                yield seen(taken, detector, most)


def seen(taken: Delivered, detector: Detector, most: int) -> Seen:
    """One table."""
    return taken.name, detector.guesses(taken)[:most]
