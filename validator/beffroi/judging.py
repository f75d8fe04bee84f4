"""Tables that belong together, each against its rules, with the foreign keys among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Sample, Subject
from beffroi.model.standard import ForeignKey, ResourceRules, Standard
from beffroi.rulebook import default_level
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.batches import Expected, Table
    from beffroi.tables.delivery import Delivered
    from beffroi.tables.engine import Judged
    from beffroi.tables.keys import Keys

UNDECIDED = {"no-standard", "no-rules", "no-schema"}
"""What is said of a table of which nothing but the structure could be judged."""
OF_LICENCES = {"licence-missing", "licence-unknown", "licence-ambiguous"}
"""What a standard that accepts some licences only cannot leave open."""
Levels = Callable[[str], Level]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One table to judge. `opener` reads it anew each time; `taken` is its file, if it has one.

    `standard` is what it is judged against; `rules` are its rules for this table, or those of a schema of the table's
    own. Where there are none, `unruled` is said of it. `faults` were noticed before reading.
    """

    name: str
    opener: Callable[[], Table | Fault]
    unruled: Fault
    taken: Delivered | None = None
    standard: Standard | None = None
    rules: ResourceRules | None = None
    resource: str | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(kw_only=True)
class Group:
    """Tables that may refer to each other by resource name."""

    items: tuple[Item, ...]
    samples: int | None
    jobs: int
    excerpt: int = 0
    progress: Callable[[str, float], None] | None = None
    indexes: dict[tuple[str, tuple[str, ...]], Keys | None] = field(default_factory=dict)

    def judge(self) -> tuple[Subject, ...]:
        """Judge every table."""
        try:
            return tuple(self.judge_item(item) for item in self.items)
        finally:
            for keys in self.indexes.values():
                if keys is not None:
                    keys.close()

    def judge_item(self, item: Item) -> Subject:
        """Judge one table."""
        subject = Subject(
            path=item.name,
            kind="table",
            bytes=item.taken.bytes if item.taken else None,
            resource=item.resource,
            standard=item.standard.reference if item.standard and item.rules in item.standard.resources else None,
        )
        opened = item.opener()
        if isinstance(opened, Fault):
            subject = self.refused(subject, item, opened)
        else:
            subject = self.with_excerpt(self.judge_table(subject, item, opened), item)
        return replace(subject, sha256=item.taken.sha256 if item.taken else None)

    def with_excerpt(self, subject: Subject, item: Item) -> Subject:
        """A table with the rows that its report shows, where it is to show any."""
        if not self.excerpt or isinstance(opened := item.opener(), Fault):
            return subject
        from beffroi.tables.excerpts import excerpt

        found = {sample.row for each in subject.findings for sample in each.samples if sample.row}
        return replace(subject, excerpt=excerpt(opened, subject.rows or 0, found, self.excerpt))

    def judge_table(self, subject: Subject, item: Item, opened: Table) -> Subject:
        """Judge what has been opened."""
        judged = self.judged(item, opened)
        findings = judged.tally.findings(levels_of(item.standard))
        known = self.decided(item, findings, whole=not judged.stopped)
        return replace(subject, rows=judged.rows, read=judged.read, findings=findings, judged=known)

    def refused(self, subject: Subject, item: Item, why: Fault) -> Subject:
        """A file that is no table, or cannot be read."""
        findings = findings_of([*item.faults, why], levels_of(item.standard))
        known = why.rule != "unreadable" and self.decided(item, findings, whole=False)
        return replace(subject, kind="file", findings=findings, judged=known)

    def judged(self, item: Item, table: Table) -> Judged:
        """What is found in one table."""
        from beffroi.tables.engine import References, TableJudge

        judge = TableJudge(table, item.rules, References(keys=self.references(item)), self.samples, self.jobs)
        for each in (*item.faults, *self.about_rules(item, table)):
            judge.tally.once(each)
        progress = self.progress
        return judge.run(None if progress is None else lambda part: progress(item.name, part))

    def decided(self, item: Item, findings: tuple[Finding, ...], *, whole: bool) -> bool:
        """Whether a verdict can be given: something is surely wrong, or all of the table was judged under rules."""
        if any(each.rule == "unreadable" for each in findings):
            return False
        if any(each.level is Level.MUST for each in findings):
            return True
        return whole and (has_fields(item.rules) or item.unruled.rule not in UNDECIDED)

    def about_rules(self, item: Item, table: Table) -> Iterator[Fault]:
        """What the rules say of the file as a whole."""
        if item.rules is None or item.rules.schema is None:
            yield item.unruled
            return
        accepted = item.rules.formats
        if accepted and table.read.format not in accepted:
            yield fault("format-not-accepted", format=table.read.format, accepted=", ".join(accepted))

    def references(self, item: Item) -> Mapping[ForeignKey, Keys | None]:
        """What each foreign key of the table refers to."""
        keys = item.rules.schema.foreign_keys if item.rules and item.rules.schema else ()
        return {key: self.index(key, item) for key in keys}

    def index(self, key: ForeignKey, item: Item) -> Keys | None:
        """An index of the keys that a foreign key refers to; `None` when there is no such table or column."""
        from beffroi.tables.engine import add_keys
        from beffroi.tables.keys import Keys

        known = [each for each in self.items if each.standard is item.standard]
        targets = [each for each in known if each.resource == key.resource]
        if not key.resource or (key.resource == "self" and not targets):
            targets = [item]
        place = (targets[0].name if targets else key.resource, key.reference_fields)
        if place not in self.indexes:
            index = Keys(distinct=True, most=0)
            opened = [(each, each.opener()) for each in targets]
            held = [
                add_keys(index, table, each.rules, key.reference_fields, self.jobs)
                for each, table in opened
                if not isinstance(table, Fault)
            ]
            self.indexes[place] = index if any(held) else None
        return self.indexes[place]


def has_fields(rules: ResourceRules | None) -> bool:
    """Whether rules say anything about columns."""
    return rules is not None and rules.schema is not None and bool(rules.schema.fields)


def defects_of(rules: ResourceRules) -> tuple[Defect, ...]:
    """What is wrong with the rules for a table, whatever the table: as written, and as compiled."""
    from beffroi.tables.plans import compile_plan
    from beffroi.tables.row_checks import compile_check

    schema = rules.schema
    if schema is None:
        return ()
    compiled = [defect for each in schema.fields for defect in compile_plan(each, schema.missing_values)[1]]
    placed = [replace(each, file=schema.file, line=schema.line(each.pointer)) for each in compiled]
    checks = [defect for each in rules.checks for defect in compile_check(each, schema.names)[1]]
    return (*schema.defects, *placed, *checks)


def levels_of(standard: Standard | None) -> Levels:
    """The level of each rule: the standard's, or else the rule's own."""
    given = standard.levels if standard else {}
    asked = Level.MUST if standard and standard.descriptor.get("licences") else None
    return lambda rule: given.get(rule) or (asked if rule in OF_LICENCES else None) or default_level(rule)


def findings_of(faults: list[Fault], levels: Levels) -> tuple[Finding, ...]:
    """Findings without a place."""
    return tuple(finding_of(Defect(fault=each), levels) for each in faults)


def finding_of(defect: Defect, levels: Levels) -> Finding:
    """The finding of one defect, on the line of the file that has it where that is known."""
    found = defect.fault
    where = Sample(line=defect.line, suggestion=found.suggestion)
    return Finding(
        rule=found.rule,
        level=levels(found.rule),
        field=defect.field,
        cause=found.cause,
        pointer=defect.pointer or None,
        details={**dict(found.details), **({"file": defect.file} if defect.file else {})},
        samples=(where,) if defect.line or found.suggestion else (),
    )


def expected_of(rules: ResourceRules | None, **known: Any) -> Expected:
    """What helps to read a table that falls under `rules`; `known` is what a descriptor says of it."""
    from beffroi.tables.batches import Expected

    return Expected(names=rules.schema.names if rules and rules.schema else (), **known)
