"""Files and folders that are made beside their place and moved there when they are whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beffroi.cli.writing import is_replaceable
from beffroi.errors import BeffroiError, CannotWrite


@contextmanager
def settled(path: Path, *, folder: bool) -> Iterator[Path]:
    """A path of the same name, at which a file or a `folder` is to be made; behind the context it is at `path`.

    A regular file that is there is replaced, with its permissions; a link to one stays. Raises `CannotWrite`, also
    where there is something else, or anything at all in the place of a folder.
    """
    if folder and os.path.lexists(path):
        raise CannotWrite("output-exists", where=path.as_posix())
    try:
        target = Path(os.path.realpath(path))
        refuse_others(target)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".beffroi-", ignore_cleanup_errors=True) as beside:
            made = Path(beside) / path.name
            yield made
            if target.exists():
                shutil.copymode(target, made)
            made.rename(target)
    except BeffroiError:
        raise
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise CannotWrite("cannot-write", where=path.as_posix(), reason=reason) from error


def refuse_others(target: Path) -> None:
    """Raise `OSError` where there is something that is no regular file."""
    if not is_replaceable(target):
        raise OSError(errno.EISDIR if target.is_dir() else errno.EINVAL, "")
