"""The source files of the project are there, in forms that anybody can open and change.

Looks at `project.sourceFiles`: what each file is, told from its content and not from its name. Text, open formats
and office documents can be changed; a PDF or a picture is a result, a compiled program too, and what only the programs
of one vendor open is not open. Of a folder, one file that can be changed must be among the first 200. Whether the
files suffice to make the result again is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from beffroi.model.charter import Method
from beffroi.model.faults import reason
from beffroi.model.project import Observation
from beffroi.projects.formats import Form, form_of
from beffroi.projects.observing import contradicted, doubtful, lacking, met, unusable
from beffroi.projects.project import Located, Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/sourceFiles"
MOST = 20
"""How many source files are looked at one by one."""
IN_FOLDER = 200
RESULTS = {"pdf": "PDF", "image": "PNG, JPEG, GIF"}
"""Formats of results, by how they are called."""
CLOSED = {
    "ole": "Microsoft Office 97–2003",
    "xls": "Excel 97–2003",
    "xlsb": "Excel Binary Workbook",
    "access": "Microsoft Access",
}
BY_MAGIC = (
    (b"\x7fELF", "ELF", "compiled"),
    (b"\xca\xfe\xba\xbe", "Java", "compiled"),
    (b"\xcf\xfa\xed\xfe", "Mach-O", "compiled"),
    (b"\0asm", "WebAssembly", "compiled"),
    (b"MZ\x90\0", "EXE", "compiled"),
    (b"AC10", "DWG", "closed-format"),
    (b"8BPS", "Photoshop", "closed-format"),
)
"""Formats that are known by how they begin."""
HEAD = 16
ARCHIVES = {"7z", "rar"}


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at every source file."""
    declared = tuple(project.declaration.each(AT))
    if not declared:
        yield lacking("none", at=AT, method=Method.DECLARED)
        return
    for pointer, value in declared[:MOST]:
        if path := value.get("path"):
            yield seen(project, project.locate(path), f"{pointer}/path")
        else:
            yield lacking("no-path", at=pointer)
    if len(declared) > MOST:
        yield doubtful("too-many", at=AT, count=len(declared), most=MOST)


def seen(project: Project, located: Located, at: str) -> Observation:
    """One source file, or a folder of them."""
    if located.file is None:
        return unusable(located.path, located.fault or reason("missing-file"), at)
    if located.file.is_dir():
        return folder_seen(project, located, at)
    form = form_of(located.file)
    looked, path = project.looked(located), located.path
    if form.format == "empty":
        return contradicted("empty", at=at, looked=looked, path=path)
    kind, name = hindrance(located.file, form)
    if kind == "unknown":
        return doubtful("unknown-format", at=at, looked=looked, path=path)
    if kind:
        return contradicted(kind, at=at, looked=looked, path=path, format=name)
    return met("editable", at=at, looked=looked, path=path, format=form.format)


def folder_seen(project: Project, located: Located, at: str) -> Observation:
    """A folder of source files."""
    start = f"{located.path.removeprefix('./').rstrip('/')}/"
    files = [each for each in project.contents.files if each.startswith(start)][:IN_FOLDER]
    found = [each for each in map(project.locate, files) if each.file]
    good = sum(is_editable(each) for each in found)
    looked, path = project.looked(located), located.path
    if not good:
        return contradicted("nothing-in-folder", at=at, looked=looked, path=path, count=len(found))
    return met("folder", at=at, looked=looked, path=path, count=good, of=len(found))


def is_editable(located: Located) -> bool:
    """Whether a file can be changed by anybody."""
    form = form_of(located.file) if located.file else None
    return bool(form and located.file and form.format != "empty" and not hindrance(located.file, form)[0])


def hindrance(file: Path, form: Form) -> tuple[str, str]:
    """Why a file cannot be changed by anybody, if so, and the name of its format. An SVG is a picture, and a text."""
    head = head_of(file)
    if form.format in RESULTS and b"<" not in head:
        return "result", RESULTS[form.format]
    if form.format in CLOSED:
        return "closed-format", CLOSED[form.format]
    if found := next((each for each in BY_MAGIC if head.startswith(each[0])), None):
        return found[2], found[1]
    if form.format in ARCHIVES or form.format == "unknown":
        return "unknown", ""
    return "", ""


def head_of(file: Path) -> bytes:
    """The first bytes of a file; none where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError:
        return b""


VERIFIER = Verifier(run=run)
