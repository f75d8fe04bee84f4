"""Writes tables that are made up, and checks them as any delivery is checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from beffroi.checking import check_paths
from beffroi.errors import CannotSample
from beffroi.model.levels import Level, Verdict
from beffroi.model.report import Finding
from beffroi.model.standard import ResourceRules, Standard
from beffroi.settings import Settings
from beffroi.standards.sampling.files import WRITERS
from beffroi.standards.sampling.packages import descriptor
from beffroi.standards.sampling.tables import MadeTable, Order, made_up
from beffroi.tables.sources import FAMILIES
from beffroi.values import dataclass

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What is to be written: the format of each table, in a data package or as one file."""

    package: bool
    forms: tuple[str, ...]


def shape_of(standard: Standard, path: Path, form: str | None) -> Shape:
    """A data package for several tables, or where the path has no suffix, in the format that is asked for, or CSV.

    One table is written as its suffix says. Raises `CannotSample` where that cannot be.
    """
    suffix = path.suffix.removeprefix(".").lower()
    where = path.as_posix()
    if standard.is_package and suffix in {*FAMILIES, "zip"}:
        names = ", ".join(each.name for each in standard.resources)
        raise CannotSample("sample-several-tables", where=where, tables=names)
    package = standard.is_package or not suffix
    asked = form or (None if package else suffix)
    return Shape(package=package, forms=tuple(form_of(each, asked, where) for each in standard.resources))


def form_of(rules: ResourceRules, asked: str | None, where: str) -> str:
    """The format of a table: the one asked for, or the first that the standard accepts. Raises `CannotSample`."""
    accepted = [each for each in WRITERS if not rules.formats or each in rules.formats]
    form = asked or next(iter(accepted), "-")
    if form not in accepted:
        known = ", ".join(accepted) or "-"
        raise CannotSample("sample-format", where=where, table=rules.name, format=form, known=known)
    return form


def write(standard: Standard, order: Order, path: Path, shape: Shape) -> tuple[MadeTable, ...]:
    """Write tables that pass the standard to a new file or folder, and give them back.

    Raises `CannotSample` where they cannot be made up, or do not pass after all, and `OSError`.
    """
    tables = made_up(standard, order)
    if shape.package:
        write_package(standard, list(zip(tables, shape.forms, strict=True)), path, order.lang)
    else:
        WRITERS[shape.forms[0]](tables[0], path)
    confirm(standard, path, order.lang)
    return tables


def write_package(standard: Standard, tables: Sequence[tuple[MadeTable, str]], folder: Path, lang: str) -> None:
    """Write a folder with a descriptor and a file for each table."""
    folder.mkdir()
    described = descriptor(standard, tables, lang)
    text = json.dumps(described, ensure_ascii=False, indent=2, default=str)
    (folder / DESCRIPTOR).write_text(f"{text}\n", encoding="utf-8")
    for made, form in tables:
        WRITERS[form](made, folder / f"{made.rules.name}.{form}")


def confirm(standard: Standard, path: Path, lang: str) -> None:
    """Check what was written. Raises `CannotSample` where anything is to be mended, or no verdict can be reached."""
    report = check_paths([path.as_posix()], standard, Settings(lang=lang, samples=1))
    delivered = [each for each in report.subjects if each.delivered]
    found = [(each, finding) for each in delivered for finding in each.findings if finding.level is not Level.MAY]
    for subject, finding in found:
        raise CannotSample(
            "sample-fails",
            where=standard.path,
            table=subject.resource or "-",
            rule=finding.rule,
            field=finding.field or "-",
            message=told(finding),
        )
    if report.verdict is not Verdict.CONFORMANT:
        raise CannotSample("sample-not-judged", where=standard.path)


def told(finding: Finding) -> str:
    """The message of a finding, without no-break spaces, which would be made visible."""
    return finding.message.replace("\u00a0", " ")
