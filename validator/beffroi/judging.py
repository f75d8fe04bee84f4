"""Tables that belong together, each against its rules, with the foreign keys among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Sample, Subject
from beffroi.model.standard import ForeignKey, ResourceRules, Standard
from beffroi.rulebook import default_level

if TYPE_CHECKING:
    from beffroi.tables.batches import Expected, Table
    from beffroi.tables.delivery import Delivered
    from beffroi.tables.keys import KeyIndex

UNDECIDED = {"no-standard", "no-rules"}
Levels = Callable[[str], Level]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One table to judge. `opener` reads it anew each time; `taken` is its file, if it has one.

    `rules` is `None` where no standard or schema says anything about it; `faults` were noticed before reading.
    """

    name: str
    opener: Callable[[], Table | Fault]
    taken: Delivered | None = None
    rules: ResourceRules | None = None
    resource: str | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What came of a group of tables: their subjects in order, and what is wrong with the rules they fell under.

    `defects` are those of the standard, `own_defects` those of schemas that came with the data.
    """

    subjects: tuple[Subject, ...]
    defects: tuple[Defect, ...] = ()
    own_defects: tuple[Defect, ...] = ()


@dataclass(kw_only=True)
class Group:
    """Tables that may refer to each other by resource name. `unruled` is said of a table without rules."""

    items: tuple[Item, ...]
    standard: Standard | None
    samples: int | None
    unruled: Fault
    progress: Callable[[str, float], None] | None = None
    indexes: dict[tuple[str, tuple[str, ...]], KeyIndex | None] = field(default_factory=dict)

    def judge(self) -> Judgement:
        """Judge every table; defects of schemas that came with the data are told apart from the standard's."""
        subjects: list[Subject] = []
        of_standard: list[Defect] = []
        own: list[Defect] = []
        standing = self.standard.resources if self.standard else ()
        for item in self.items:
            subject, found = self.judge_item(item)
            subjects.append(subject)
            (of_standard if any(item.rules is each for each in standing) else own).extend(found)
        return Judgement(subjects=tuple(subjects), defects=tuple(of_standard), own_defects=tuple(own))

    def judge_item(self, item: Item) -> tuple[Subject, tuple[Defect, ...]]:
        """Judge one table."""
        from beffroi.tables.engine import References, TableJudge

        levels = levels_of(self.standard)
        subject = Subject(
            path=item.name,
            kind="table",
            sha256=item.taken.sha256 if item.taken else None,
            bytes=item.taken.bytes if item.taken else None,
            resource=item.resource,
            standard=self.standard.reference if self.standard and item.rules else None,
        )
        opened = item.opener()
        if isinstance(opened, Fault):
            findings = findings_of([*item.faults, opened], levels)
            return replace(subject, kind="file", findings=findings, judged=opened.rule != "unreadable"), ()
        references = References(indexes=self.references(item))
        judge = TableJudge(opened, item.rules, references, self.samples)
        for each in (*item.faults, *self.about_rules(item, opened)):
            judge.tally.once(each)
        progress = self.progress
        judged = judge.run(None if progress is None else lambda part: progress(item.name, part))
        findings = judged.tally.findings(levels)
        unreadable = any(each.rule == "unreadable" for each in findings)
        must = any(each.level is Level.MUST for each in findings)
        return replace(
            subject,
            rows=judged.rows,
            read=judged.read,
            findings=findings,
            judged=not unreadable and (item.rules is not None or self.unruled.rule not in UNDECIDED or must),
        ), judged.defects

    def about_rules(self, item: Item, table: Table) -> Iterator[Fault]:
        """What the rules say of the file as a whole."""
        if item.rules is None or item.rules.schema is None:
            yield self.unruled
            return
        accepted = item.rules.formats
        if accepted and table.read.format not in accepted:
            yield fault("format-not-accepted", format=table.read.format, accepted=", ".join(accepted))

    def references(self, item: Item) -> Mapping[ForeignKey, KeyIndex | None]:
        """What each foreign key of the table refers to."""
        keys = item.rules.schema.foreign_keys if item.rules and item.rules.schema else ()
        return {key: self.index(key, item) for key in keys}

    def index(self, key: ForeignKey, item: Item) -> KeyIndex | None:
        """An index of the keys that a foreign key refers to; `None` when the table is not in the delivery."""
        from beffroi.tables.engine import index_of

        target = (
            item if not key.resource else next((each for each in self.items if each.resource == key.resource), None)
        )
        if target is None:
            return None
        place = (target.name, key.reference_fields)
        if place not in self.indexes:
            opened = target.opener()
            self.indexes[place] = (
                None if isinstance(opened, Fault) else index_of(opened, target.rules, key.reference_fields)
            )
        return self.indexes[place]


def levels_of(standard: Standard | None) -> Levels:
    """The level of each rule: the standard's, or else the rule's own."""
    given = standard.levels if standard else {}
    return lambda rule: given.get(rule) or default_level(rule)


def findings_of(faults: list[Fault], levels: Levels) -> tuple[Finding, ...]:
    """Findings without a place."""
    return tuple(finding_of(Defect(fault=each), levels) for each in faults)


def finding_of(defect: Defect, levels: Levels, line: int | None = None) -> Finding:
    """The finding of one defect, on a line of the file that has it where that is known."""
    found = defect.fault
    return Finding(
        rule=found.rule,
        level=levels(found.rule),
        field=defect.field,
        cause=found.cause,
        pointer=defect.pointer or None,
        details=dict(found.details),
        samples=(Sample(line=line, suggestion=found.suggestion),) if line or found.suggestion else (),
    )


def expected_of(rules: ResourceRules | None, **known: Any) -> Expected:
    """What helps to read a table that falls under `rules`; `known` is what a descriptor says of it."""
    from beffroi.tables.batches import Expected

    return Expected(names=rules.schema.names if rules and rules.schema else (), **known)
