"""What the command writes is written whole or not at all; pipes and devices are written into."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from beffroi.errors import CannotWrite


def write_whole(path: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, to what `path` names, be it a link to it; raises `CannotWrite`.

    A regular file is replaced in one step or stays as it was. Anything else that is there is written into.
    """
    raw = content if isinstance(content, bytes) else encoded(content)
    try:
        if is_replaceable(path):
            replace_whole(Path(os.path.realpath(path)), raw)
        else:
            path.write_bytes(raw)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotWrite("cannot-write", where=str(path), reason=reason) from error


def append(path: Path, text: str) -> None:
    """Add `text` as UTF-8 to a file; raises `CannotWrite`."""
    try:
        with path.open("ab") as file:
            file.write(encoded(text))
    except OSError as error:
        raise CannotWrite("cannot-write", where=str(path), reason=error.strerror or str(error)) from error


def encoded(text: str) -> bytes:
    """UTF-8. A half character, as in a file name that is not UTF-8, becomes `\\udcff`, which JSON reads as the same."""
    return text.encode("utf-8", errors="backslashreplace")


def is_replaceable(path: Path) -> bool:
    """Whether there is a regular file, or nothing."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return True


def replace_whole(target: Path, content: bytes) -> None:
    """Write a file beside `target` and move it there; the permissions of a file that was there stay."""
    import shutil
    import tempfile

    beside = tempfile.TemporaryDirectory(dir=target.parent, prefix=".beffroi-", ignore_cleanup_errors=True)
    with beside as folder:
        file = Path(folder) / "report"
        file.write_bytes(content)
        if target.exists():
            shutil.copymode(target, file)
        file.replace(target)


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts as the files of a folder, which is made if need be: all of them, or none; raises `CannotWrite`.

    In a folder that is there, files of the same names are replaced, and all others stay.
    """
    from beffroi.standards.drafting import parents_of, temporary_folder_in

    try:
        with parents_of(folder), temporary_folder_in(folder if folder.is_dir() else folder.parent) as beside:
            made = beside / "made"
            made.mkdir()
            for name, text in files.items():
                (made / name).write_bytes(encoded(text))
            if folder.is_dir():
                move_all(made, folder, beside)
            else:
                made.rename(folder)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotWrite("cannot-write", where=folder.as_posix(), reason=reason) from error


def move_all(made: Path, folder: Path, beside: Path) -> None:
    """Move every file into a folder; where one of them cannot be moved, those that were there before come back."""
    import shutil

    with ExitStack() as undo:
        for file in sorted(made.iterdir()):
            target, before = folder / file.name, beside / file.name
            if os.path.lexists(target):
                shutil.copy2(target, before, follow_symlinks=False)
                undo.callback(before.replace, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            file.replace(target)
        undo.pop_all()
