"""Opens what is to be linted as far as it can be: what is wrong on the way is told, and the rest is looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from beffroi.catalogue import called, is_file
from beffroi.catalogue.reading import inside, standard_from_file
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import read_document
from beffroi.errors import BeffroiError, CannotRead
from beffroi.model.faults import Defect, fault
from beffroi.model.standard import ResourceRules, Standard
from beffroi.standards.lint.foreign import schemas_in
from beffroi.standards.lint.forms import misfits
from beffroi.standards.lint.repeating import repeated_in
from beffroi.standards.lint.seen import Kind, Table, Whole
from beffroi.standards.lint.targets import Target
from beffroi.values import dataclass

PLACE = re.compile(r"(.*?)(?::(\d+))?(?::\d+)?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What could be opened of a file: all of it, or only its tables; `defects` were found on the way.

    `judged` is false for a file that could not be read.
    """

    whole: Whole | None = None
    tables: tuple[Table, ...] = ()
    defects: tuple[Defect, ...] = ()
    judged: bool = True


def opened(target: Target, lang: str) -> Opened:
    """Open one target; why it cannot be used is told in `lang`."""
    try:
        document = read_document(target.file, called(target.file))
    except BeffroiError as error:
        return Opened(defects=(refusal(error, target, lang),), judged=not isinstance(error, CannotRead))
    form = tuple(misfits(document)) if target.own else ()
    standard = None if form or (target.own and document.repeated) else built(target)
    if isinstance(standard, BeffroiError):
        form, standard = (refusal(standard, target, lang),), None
    kind = kind_of(target, document.value)
    return Opened(
        whole=Whole(target=target, kind=kind, document=document, standard=standard) if standard else None,
        tables=tables_of(kind, standard.resources if standard else resources_beside(target)),
        defects=(*form, *repeated_in(target, document)),
    )


def tables_of(kind: Kind, resources: tuple[ResourceRules, ...]) -> tuple[Table, ...]:
    """The tables of which the rules are known."""
    return tuple(
        Table(kind=kind, rules=each, schema=each.schema, beside=resources) for each in resources if each.schema
    )


def built(target: Target) -> Standard | BeffroiError:
    """The standard of a file of the right form, or why there is none."""
    try:
        return target.within.in_folder(target.folder) if target.own else standard_from_file(target.file)
    except BeffroiError as error:
        return error


def kind_of(target: Target, value: Any) -> Kind:
    """Which kind of standard a file is, by the keys that `standard_from_file` goes by."""
    if target.own:
        return Kind.OWN
    if isinstance(value, dict) and isinstance(value.get("fields"), list):
        return Kind.SCHEMA
    return Kind.PACKAGE if schemas_in(value) else Kind.PROFILE


def refusal(error: BeffroiError, target: Target, lang: str) -> Defect:
    """The defect of a standard that cannot be used, with the line where that is known."""
    matched = PLACE.fullmatch(error.where or "")
    path, line = Path(matched[1] if matched else ""), matched[2] if matched else None
    name = path.relative_to(target.folder).as_posix() if path.is_relative_to(target.folder) else path.name
    if name != target.file.name and isinstance(error, CannotRead) and not is_file(path):
        found = fault("standard-unusable", "missing-file", name=name)
        return Defect(fault=found)
    found = fault("standard-unusable", problem=plain(error.message(lang)), mend=plain(error.hint(lang)))
    other = name if name not in ("", ".", target.file.name) else None
    return Defect(fault=found, file=other, line=int(line) if line else None)


def plain(text: str) -> str:
    """A text with ordinary spaces: in a detail, others would be made visible."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def resources_beside(target: Target) -> tuple[ResourceRules, ...]:
    """The Table Schemas beside a `standard.yaml` that cannot be used, as far as they can be read themselves."""
    files = sorted(target.folder.glob("*.schema.yaml")) if target.own else ()
    return tuple(each for file in files if (each := rules_in(file)))


def rules_in(file: Path) -> ResourceRules | None:
    """The rules of one Table Schema, if it is one."""
    try:
        document = read_document(inside(file.parent, file.name))
    except BeffroiError:
        return None
    if not isinstance(document.value, dict) or not isinstance(document.value.get("fields"), list):
        return None
    schema = read_table_schema(document.value, line=document.line, file=file.name)
    return ResourceRules(name=file.name.partition(".")[0], schema=schema)
