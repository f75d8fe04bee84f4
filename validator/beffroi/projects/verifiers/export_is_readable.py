"""What comes out of a full export of the software can be read, and is in an open format.

Looks into the file that `project.software[].exportSample` names: which format it is in, told from its content; that it
is open; and that it can be read from its begin to its end, a table with at least one row, JSON, XML or YAML. Whether it
holds everything that the software knows is not judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Observation
from beffroi.model.report import Subject
from beffroi.projects.formats import Form, form_of
from beffroi.projects.observing import contradicted, doubtful, lacking, met, unseen, unusable
from beffroi.projects.project import Located, Project
from beffroi.projects.software import AT, Software, software_of
from beffroi.projects.verifiers import Options, Verifier

OPEN = 3
"""The stars of an open format."""
LARGEST = 16 << 20
"""How much JSON or XML that is no table is read: 16 MiB."""
CHUNK = 1 << 16
TREES = {"json", "json-ld", "topojson", "geojson"}
XML = {"xml", "gml", "kml", "gpx", "rdf-xml"}
MESSAGES = {"unreadable", "not-a-table"}


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at each sample."""
    sampled = [each for each in software_of(project) if each.value.get("exportSample")]
    if not sampled:
        yield lacking("none", at=AT)
    for each in sampled:
        yield seen(project, each, project.locate(each.value["exportSample"]))


def seen(project: Project, software: Software, located: Located) -> Observation:
    """What there is to say of one sample."""
    at = software.at("exportSample")
    if located.file is None or not located.file.is_file():
        return unusable(located.path, located.fault or reason("missing-file"), at)
    form, looked = form_of(located.file), project.looked(located)
    said = {"at": at, "looked": looked, "software": software.name, "path": located.path}
    if form.format == "empty":
        return contradicted("empty", **said)
    if form.stars in range(1, OPEN) and form.format != "text":
        return contradicted("not-open", **said, format=form.format)
    if form.format in TREES | XML:
        return as_tree(project, located, form, said)
    return as_table(project, located, form, said)


def as_tree(project: Project, located: Located, form: Form, said: dict[str, object]) -> Observation:
    """A sample of JSON or XML."""
    rows = sum(each.rows or 0 for each in tables(project, located)) if form.format in TREES else 0
    if rows:
        return met("rows", **said, format=form.format, rows=rows)
    if located.file is None or located.file.stat().st_size > LARGEST:
        return unseen("too-large-to-read", **said, limit=f"{LARGEST >> 20} MiB")
    if not (is_xml if form.format in XML else is_json)(located.file):
        return contradicted("broken", **said, format=form.format)
    return met("tree", **said, format=form.format)


def as_table(project: Project, located: Located, form: Form, said: dict[str, object]) -> Observation:
    """A sample that the engine of tables reads, or YAML."""
    found = tables(project, located)
    rows = sum(each.rows or 0 for each in found)
    if rows:
        read = next((each.read.format for each in found if each.read), form.format)
        return met("rows", **said, format=read, rows=rows)
    if any(each.rows == 0 for each in found):
        return contradicted("no-rows", **said, format=form.format)
    if is_yaml(project, located):
        return met("tree", **said, format="yaml")
    if form.stars >= OPEN and not form.format.startswith(("csv", "ods", "parquet")):
        return doubtful("not-read", **said, format=form.format)
    return contradicted("unreadable-sample", **said)


def tables(project: Project, located: Located) -> tuple[Subject, ...]:
    """The tables in a file, judged against no standard."""
    judge = replace(project.judge, standard=None, catalogue=None, guessed=False)
    try:
        found = tuple(judge.paths([located.file.as_posix()])) if located.file else ()
    except BeffroiError:
        return ()
    return tuple(each for each in found if each.kind == "table" and not is_broken(each))


def is_broken(subject: Subject) -> bool:
    """Whether a table could not be read to its end."""
    return any(each.rule in MESSAGES for each in subject.findings)


def is_json(file: Path) -> bool:
    """Whether a file is JSON."""
    try:
        json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError):
        return False
    return True


def is_xml(file: Path) -> bool:
    """Whether a file is well-formed XML, without a document type, out of which entities could grow."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refused
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, OSError):
        return False
    return True


def refused(*_declared: object) -> None:
    """Stop at a document type."""
    raise ValueError


def is_yaml(project: Project, located: Located) -> bool:
    """Whether a file is YAML that holds more than one text."""
    if located.file is None or located.file.suffix.lower() not in {".yaml", ".yml"}:
        return False
    found = project.document(located)
    return not isinstance(found, Fault) and isinstance(found.value, dict | list)


VERIFIER = Verifier(run=run)
