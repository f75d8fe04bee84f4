"""The examples of a standard are its tests: valid ones pass, invalid ones get exactly the findings that they declare.

`examples/valid/` and `examples/invalid/` hold data files and folders of packages. An invalid one comes with
`<name>.expected.yaml` beside it (a package: `expected.yaml` inside). A valid one may have remarks (`may`), no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from beffroi.catalogue.definitions import errors_of_form
from beffroi.checking import check_paths
from beffroi.documents import read_document
from beffroi.judging import findings_of, levels_of
from beffroi.model.faults import Fault, fault
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Report, Subject
from beffroi.model.standard import Standard
from beffroi.rulebook import worded
from beffroi.settings import Settings
from beffroi.values import dataclass
from beffroi.version import __version__

EXPECTED = "expected.yaml"
NO_DATA = (f".{EXPECTED}", ".md")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What findings are told apart by, the resource only in packages; what there is none of is empty."""

    resource: str
    rule: str
    field: str
    cause: str

    @property
    def what(self) -> str:
        """The rule, with the cause."""
        return f"{self.rule} ({self.cause})" if self.cause else self.rule

    @property
    def place(self) -> str:
        """The resource and the field."""
        return ".".join(each for each in (self.resource, self.field) if each)

    @property
    def order(self) -> tuple[str, ...]:
        """How kinds are sorted."""
        return self.resource, self.field, self.rule, self.cause


def examples_report(standards: Iterable[Standard], settings: Settings) -> Report:
    """The examples of all these standards, in words."""
    subjects = tuple(subject for each in standards for subject in judged_examples(each, settings))
    report = Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=subjects)
    return worded(report, settings.lang)


def judged_examples(standard: Standard, settings: Settings) -> Iterator[Subject]:
    """Every example of a standard as a subject, its findings what is wrong with it as a test.

    A standard without a folder of its own has no examples; one with none gets a subject that says so.
    Raises `UnusableFile` for an expectation that is not of the form of one.
    """
    examples = list(examples_of(standard))
    for path, valid in examples:
        report = check_paths([path.as_posix()], standard, settings)
        faults = not_valid(report) if valid else not_as_expected(path, report)
        yield Subject(
            path=(Path(standard.path).parent / path.relative_to(path.parents[2])).as_posix(),
            kind="example",
            standard=standard.reference,
            findings=findings_of(list(faults), levels_of(None)),
        )
    if standard.folder and not examples:
        none = findings_of([fault("example-none")], levels_of(None))
        yield Subject(path=standard.path, kind="standard", standard=standard.reference, findings=none)


def examples_of(standard: Standard) -> Iterator[tuple[Path, bool]]:
    """Every example, by name, and whether it is to be valid."""
    for kind in ("valid", "invalid"):
        folder = standard.folder / "examples" / kind if standard.folder else None
        for path in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
            if not path.name.startswith(".") and not path.name.endswith(NO_DATA):
                yield path, kind == "valid"


def not_valid(report: Report) -> Iterator[Fault]:
    """What is found in an example that should be valid."""
    for resource, found in found_in(report):
        if found.level is not Level.MAY:
            kind = kind_of(resource, found)
            message = found.message.replace("\u00a0", " ")  # in a detail, a no-break space would be made visible
            yield fault("example-not-valid", what=kind.what, place=kind.place, message=message)
    if not any(subject.judged for subject in report.subjects if subject.delivered):
        yield fault("example-not-judged")


def not_as_expected(path: Path, report: Report) -> Iterator[Fault]:
    """How the findings of an example differ from those that it declares."""
    file = path / EXPECTED if path.is_dir() else path.with_name(f"{path.stem}.{EXPECTED}")
    if not file.is_file():
        yield fault("example-without-expectation", name=file.name)
        return
    package = path.is_dir()
    found: Counter[Kind] = Counter()
    for resource, finding in found_in(report):
        found[kind_of(resource if package else "", finding)] += finding.count
    declared = expected_in(file)
    for each in sorted(declared | found, key=attrgetter("order")):
        seen, told = found[each], declared[each]
        if seen < told:
            yield fault("example-finding-missing", what=each.what, place=each.place, found=seen, declared=told)
        elif seen > told:
            yield fault("example-finding-undeclared", what=each.what, place=each.place, found=seen, declared=told)


def found_in(report: Report) -> Iterator[tuple[str, Finding]]:
    """Every finding on what was delivered, with its resource."""
    for subject in report.subjects:
        if subject.delivered:
            for each in subject.findings:
                yield subject.resource or "", each


def kind_of(resource: str, finding: Finding) -> Kind:
    """Of which kind a finding is."""
    return Kind(resource=resource, rule=finding.rule, field=finding.field or "", cause=finding.cause or "")


def expected_in(file: Path) -> Counter[Kind]:
    """The findings that a file declares; raises `UnusableFile` where it is not of the form of one."""
    document = read_document(file)
    for error in errors_of_form(document, "expected"):
        raise error
    declared: Counter[Kind] = Counter()
    for each in document.value:
        given = {key: each.get(key, "") for key in ("resource", "rule", "field", "cause")}
        declared[Kind(**given)] += each["count"]
    return declared
