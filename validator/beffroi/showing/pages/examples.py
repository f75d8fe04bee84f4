"""The examples of a standard on its page: valid files, and typical mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from beffroi.model.report import Finding
from beffroi.model.standard import Standard
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.rulebook import with_words
from beffroi.showing.pages.blocks import (
    Folded,
    Items,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    code,
    joined,
    label,
    plain,
    said,
    told,
)
from beffroi.showing.pages.evidence import Evidence, Mistake, Rows
from beffroi.showing.pages.site import Places, View, public_path
from beffroi.showing.pages.tables import level_badge
from beffroi.values import dataclass
from beffroi.visible import clipped, visible

LONGEST = 120
"""How many characters of a cell are shown."""


@dataclass(frozen=True, kw_only=True)
class ExamplesView:
    """The examples of a standard, on a page."""

    standard: Standard
    evidence: Evidence
    places: Places
    view: View

    def blocks(self) -> Iterator[Section]:
        """The valid files with their first rows, and the typical mistakes with what is found in them."""
        evidence, words = self.evidence, self.view.words
        if evidence.valid:
            files = Items(items=tuple(code(self.path(each)) for each in evidence.valid))
            rows = (self.rows(name, each) for name, each in evidence.rows.items())
            yield Section(id="examples--valid", title=label(words("valid")), blocks=(files, *rows))
        if evidence.mistakes:
            told_first = said(words("mistakes-told"))
            mistakes = (self.mistake(each) for each in evidence.mistakes)
            yield Section(id="examples--invalid", title=label(words("mistakes")), blocks=(told_first, *mistakes))

    def path(self, path: Path) -> str:
        """What an example is called: beside the standard."""
        folder, home = self.standard.folder, public_path(self.standard).parent
        return (home / path.relative_to(folder)).as_posix() if folder else path.name

    def rows(self, name: str, rows: Rows) -> Folded:
        """The first rows of a valid example, one beside the other."""
        words, file = self.view.words, visible(rows.path.name)
        count = max(map(len, rows.columns.values()), default=0)
        shown = Table(
            style="sample",
            caption=words("first-rows", name=file),
            head=(words("column"), *(words("row", number=each + 1) for each in range(count))),
            rows=tuple(self.column(name, column, texts) for column, texts in rows.columns.items()),
        )
        return Folded(title=told(words, "first-rows", name=code(file)), blocks=(shown,))

    def column(self, name: str, column: str, texts: tuple[str, ...]) -> Row:
        """One column of these rows; what is long is cut."""
        header = Paragraph(text=code(column, self.places.field(name, column)))
        cells = (((Paragraph(text=code(clipped(each, LONGEST))),) if each else ()) for each in texts)
        return Row(cells=((header,), *cells))

    def mistake(self, mistake: Mistake) -> Folded:
        """An invalid example with what is found in it."""
        count = sum(found.count for _, found in mistake.findings)
        told_of = self.view.words("one-finding") if count == 1 else self.view.words("findings", count=count)
        name = visible(mistake.path.name)
        rows = tuple(self.finding(*each) for each in mistake.findings)
        head = tuple(self.view.words(each) for each in ("column", "finding", "mend"))
        shown = Table(style="findings", caption=name, head=head, rows=rows)
        return Folded(title=joined([code(name), plain(told_of)], " – "), blocks=(shown,))

    def finding(self, resource: str, found: Finding) -> Row:
        """One finding: its column, what it says, how to mend it."""
        said_of = with_words(found, self.view.lang)
        times = REPORT_WORDS[self.view.lang]["times"].format(count=found.count) if found.count > 1 else ""
        texts = [level_badge(found.level, self.view.lang), plain(said_of.message), plain(times and f"({times})")]
        return Row(
            cells=(
                (Paragraph(text=self.place(resource, found.field)),),
                (Paragraph(text=joined(texts, " ")),),
                (Paragraph(text=plain(said_of.fix)),) if said_of.fix else (),
            )
        )

    def place(self, resource: str, field: str | None) -> Text:
        """The column that a finding is about; the table, in a package; the file, where there is neither."""
        known = code(field, self.places.field(resource, field)) if field else ()
        where = code(resource, self.places.table(resource)) if resource and self.standard.is_package else ()
        return joined([where, known], " · ") or plain(self.view.words("whole-file"))
