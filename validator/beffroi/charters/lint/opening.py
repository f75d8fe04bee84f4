"""Opens a charter that is to be linted as far as it can be: what is wrong on the way is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from beffroi.catalogue import called
from beffroi.catalogue.charters import home_of
from beffroi.catalogue.charters.building import charter_of
from beffroi.catalogue.charters.writing import WrittenCharter
from beffroi.charters.lint.forms import misfits
from beffroi.charters.lint.seen import Whole
from beffroi.charters.lint.targets import Target
from beffroi.documents import Document, read_document
from beffroi.errors import BeffroiError, CannotRead
from beffroi.model.charter import Charter
from beffroi.model.faults import Defect, fault
from beffroi.values import dataclass

PLACE = re.compile(r"(.*?)(?::(\d+))?(?::\d+)?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What could be opened of a charter; `defects` were found on the way.

    `stopped` tells why it cannot be built, for where nothing else does. `judged` is false for a file that could not be
    read.
    """

    whole: Whole | None = None
    defects: tuple[Defect, ...] = ()
    stopped: Defect | None = None
    judged: bool = True


def opened(target: Target, lang: str) -> Opened:
    """Open one charter; why it cannot be used is told in `lang`."""
    try:
        document = read_document(target.file, called(target.file))
    except BeffroiError as error:
        return Opened(defects=(refusal(error, target, lang),), judged=not isinstance(error, CannotRead))
    defects = [*misfits(document, "charter"), *repeated(document, None)]
    found = dict(requirements(target, defects, lang))
    if any(True for _ in misfits(document, "charter")):
        return Opened(defects=tuple(defects))
    parent = parent_of(target, document)
    if isinstance(parent, BeffroiError):
        defects.append(refusal(parent, target, lang))
        parent = None
    charter = None if defects else built(target)
    stopped = refusal(charter, target, lang) if isinstance(charter, BeffroiError) else None
    whole = Whole(
        target=target,
        document=document,
        documents=found,
        parent=parent,
        charter=None if isinstance(charter, BeffroiError) else charter,
    )
    return Opened(whole=whole, defects=tuple(defects), stopped=stopped)


def requirements(target: Target, defects: list[Defect], lang: str) -> Iterator[tuple[str, Document]]:
    """The files of requirements that are of their form, by id; what is wrong with the others goes to `defects`."""
    for file in target.requirement_files():
        name = file.relative_to(target.folder).as_posix()
        try:
            document = read_document(file, called(file))
        except BeffroiError as error:
            defects.append(refusal(error, target, lang))
            continue
        wrong = [*misfits(document, "requirement", name), *repeated(document, name)]
        defects.extend(wrong)
        if not wrong:
            yield file.stem, document


def repeated(document: Document, file: str | None) -> Iterator[Defect]:
    """Keys that stand twice in one place."""
    for pointer, line in document.repetitions() if document.repeated else ():
        key = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        yield Defect(fault=fault("charter-repeated-key", key=key), pointer=pointer, file=file, line=line)


def parent_of(target: Target, document: Document) -> WrittenCharter | BeffroiError | None:
    """What is written of the charter that a profile extends, or why there is nothing."""
    name = document.value.get("extends")
    try:
        return target.charters.merged(target.charters.parent(document.path, name)) if name else None
    except BeffroiError as error:
        return error


def built(target: Target) -> Charter | BeffroiError:
    """The charter of a file, or why there is none."""
    try:
        return charter_of(target.charters.whole(target.file.as_posix()))
    except BeffroiError as error:
        return error


def refusal(error: BeffroiError, target: Target, lang: str) -> Defect:
    """The defect of a charter that cannot be used, with file and line where they are known."""
    matched = PLACE.fullmatch(error.where or "")
    path, line = Path(matched[1] if matched else ""), matched[2] if matched else None
    found = fault("charter-unusable", problem=plain(error.message(lang)), mend=plain(error.hint(lang)))
    name = path.as_posix()
    for folder in (called(target.folder), target.folder.as_posix(), home_of(target.file).parent.as_posix()):
        name = name.removeprefix(f"{folder}/")
    other = name if name not in ("", ".", target.file.name) else None
    return Defect(fault=found, file=other, line=int(line) if line else None)


def plain(text: str) -> str:
    """A text with ordinary spaces: in a detail, others would be made visible."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
