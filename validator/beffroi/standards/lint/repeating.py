"""Keys that stand twice in one place, of which tools heed one or the other."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue.reading import inside
from beffroi.documents import Document, read_document
from beffroi.errors import BeffroiError
from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.foreign import schemas_in
from beffroi.standards.lint.targets import Target


def repeated_in(target: Target, document: Document) -> Iterator[Defect]:
    """Those of the file itself, and of the schemas that it names."""
    yield from repeated(document, None)
    for name in schemas_in(document.value):
        if isinstance(name, str):
            try:
                yield from repeated(read_document(inside(target.folder, name)), name)
            except BeffroiError:
                continue


def repeated(document: Document, file: str | None) -> Iterator[Defect]:
    """Those of one file."""
    if not document.repeated:
        return
    places: list[tuple[str, int | None]] = [*document.repetitions()]
    for pointer, line in places or [(each, None) for each in document.repeated]:
        key = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        yield Defect(
            fault=fault("standard-repeated-key", key=key), pointer=pointer if line else "", file=file, line=line
        )
