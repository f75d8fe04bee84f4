"""The tables of a standard: what each is for, its columns, and the rules between columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from beffroi.catalogue.changes.sides import level_of_use, mode_of
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, Field, ResourceRules, Standard
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.showing import fields as field_words
from beffroi.showing.pages.blocks import (
    Block,
    Facts,
    Folded,
    Items,
    Paragraph,
    Piece,
    Row,
    Section,
    Table,
    Text,
    badge,
    code,
    joined,
    label,
    plain,
    said,
    strong,
    told,
)
from beffroi.showing.pages.site import Places, TablePlace, View
from beffroi.showing.words import Words, in_language, table
from beffroi.standards.examples import as_cell
from beffroi.values import dataclass
from beffroi.visible import visible

FEW = 6
"""How many listed values are shown at once."""


@dataclass(frozen=True, kw_only=True)
class TableView:
    """One table of a standard, on a page."""

    standard: Standard
    place: TablePlace
    places: Places
    view: View

    @property
    def rules(self) -> ResourceRules:
        """What the standard asks of the table."""
        return self.place.rules

    def section(self) -> Section:
        """All that is to be said of the table."""
        title = in_language(self.rules.title, self.view.lang) or self.rules.name
        blocks = (self.name(), *self.descriptions(), *self.facts(), *self.columns(), *self.rows())
        return Section(id=self.place.id, title=label(title), blocks=blocks)

    def name(self) -> Paragraph:
        """What the table is called in a package, and whether it may be left out."""
        return Paragraph(text=joined([code(self.rules.name), obligation(self.view, required=self.rules.required)], " "))

    def descriptions(self) -> Iterator[Block]:
        """What the standard says of the table, and what its schema says, if that is more."""
        schema = self.rules.schema
        given = (self.rules.description, schema.descriptor.get("description") if schema else None)
        for each in dict.fromkeys(in_language(text, self.view.lang) for text in given):
            if each:
                yield said(each)

    def facts(self) -> Iterator[Facts]:
        """The formats, the order of columns, and how an empty cell is written, where they are restricted."""
        changes, standard = Words("changes", self.view.lang), Words("standard", self.view.lang)
        mode, schema = mode_of(self.rules), self.rules.schema
        known = {
            standard("formats"): joined(code(each) for each in self.rules.formats),
            self.view.words("columns-match"): plain(changes(f"columns-{mode}")) if mode else (),
            self.view.words("no-value"): values_written(schema.missing_values if schema else (), self.view),
        }
        facts = tuple((label(key), text) for key, text in known.items() if text)
        if facts:
            yield Facts(facts=facts)

    def columns(self) -> Iterator[Block]:
        """The table of its fields."""
        fields = self.rules.schema.fields if self.rules.schema else ()
        if not fields:
            yield said(self.view.words("no-columns"))
            return
        head = ("column", "meaning", "value", "example")
        yield Table(
            style="fields",
            caption=self.view.words("columns-of", table=visible(self.rules.name)),
            head=tuple(self.view.words(each) for each in head),
            rows=tuple(self.field(each, id_) for each, id_ in zip(fields, self.place.fields, strict=True)),
        )

    def field(self, field: Field, id_: str) -> Row:
        """One field."""
        example = () if field.example is None else code(as_cell(field.example))
        cells = (
            (Paragraph(text=joined([code(field.name), obligation(self.view, required=field.required)], " ")),),
            tuple(self.meaning(field)),
            tuple(self.value(field)),
            (Paragraph(text=example),) if example else (),
        )
        return Row(cells=cells, id=id_)

    def meaning(self, field: Field) -> Iterator[Paragraph]:
        """The title of a field, and its description."""
        for text, shown in ((field.title, strong), (field.description, plain)):
            written = in_language(text, self.view.lang)
            if written:
                yield Paragraph(text=shown(written))

    def value(self, field: Field) -> Iterator[Block]:
        """What a field holds."""
        lang, words = self.view.lang, Words("fields", self.view.lang)
        kind, notation = field_words.kind(field, lang), field_words.notation(field, lang)
        asked = (
            told(words, key, unit=(), **{name: code(each) for name, each in details.items()})
            for key, details in field_words.conditions_of(field)
        )
        lines = [plain((notation and f"{kind}{REPORT_WORDS[lang]['colon']}{notation}") or kind), *asked]
        if field.unit:
            lines.insert(1, told(self.view.words, "unit", unit=plain(unit(field.unit, lang))))
        if field.missing_values:
            empty = [plain(self.view.words("no-value")), values_written(field.missing_values, self.view)]
            lines.append(joined(empty, REPORT_WORDS[lang]["colon"]))
        listed = field_words.allowed(field, lang)
        if 0 < len(listed) <= FEW:
            lines.append(plain(self.view.words("one-of")))
        yield Items(items=tuple(lines))
        if listed:
            yield self.listed(listed)

    def listed(self, values: list[tuple[str, str]]) -> Block:
        """The values that are allowed, folded away where there are many."""
        items = Items(items=tuple(joined([code(value), plain(text)], " – ") for value, text in values))
        if len(values) <= FEW:
            return items
        return Folded(title=plain(self.view.words("one-of-many", count=len(values))), blocks=(items,))

    def rows(self) -> Iterator[Section]:
        """What is asked of rows as a whole: keys, references, checks."""
        keys = field_words.keys_of(self.rules.schema) if self.rules.schema else ()
        asked = (*(self.key(key, names) for key, names in keys), *(self.check(each) for each in self.rules.checks))
        if asked:
            yield Section(
                id=f"{self.place.id}--rows", title=label(self.view.words("rules")), blocks=(Items(items=asked),)
            )

    def key(self, key: str, names: Mapping[str, tuple[str, ...]]) -> Text:
        """A key or a reference."""
        here = self.rules.name
        there = "".join(names.get("resource", ())) or here
        details = {
            "fields": self.named(here, names["fields"]),
            "resource": code(there, self.places.table(there)),
            "there": self.named(there, names.get("there", ())),
        }
        return told(Words("fields", self.view.lang), key, **details)

    def check(self, use: CheckUse) -> Text:
        """A check: what it asks, of which columns, of which rows, and how binding it is."""
        level = level_of_use(self.standard, use)
        columns = [
            (*plain_sign(sign), *self.named(self.rules.name, (name,))) for sign, name in field_words.columns_of(use)
        ]
        claim = plain(field_words.title(use, self.view.lang))
        asked = joined([claim, tuple(chain.from_iterable(columns))], REPORT_WORDS[self.view.lang]["colon"])
        text = joined([asked, *(self.when(column, values) for column, values in use.when.items())])
        return joined([level_badge(level, self.view.lang), text], " ") if level else text

    def when(self, column: str, values: tuple[str, ...]) -> Text:
        """The rows that a check is about."""
        details = {"column": self.named(self.rules.name, (column,)), "values": joined(code(each) for each in values)}
        return told(self.view.words, "when", **details)

    def named(self, table: str, names: tuple[str, ...]) -> Text:
        """Columns of a table, each linked to what is said of it."""
        return joined(code(each, self.places.field(table, each)) for each in names)


def obligation(view: View, *, required: bool) -> Text:
    """Whether something may be left out."""
    key = "required" if required else "optional"
    return badge(Words("standard", view.lang)(key), key)


def level_badge(level: Level, lang: str) -> Text:
    """How binding a rule is."""
    return badge(REPORT_WORDS[lang][level], level.value)


def plain_sign(sign: str) -> Text:
    """A sign between columns, its spaces kept."""
    return (Piece(text=sign),) if sign else ()


def values_written(values: tuple[str, ...], view: View) -> Text:
    """Texts that mean that there is no value, where the empty one is not the only one."""
    if values in ((), ("",)):
        return ()
    empty = Words("changes", view.lang)("empty")
    return joined(code(each) if each else plain(empty) for each in values)


def unit(given: str, lang: str) -> str:
    """A unit of measure (UCUM, ISO 4217) in words, where they are known; `{person}` is a word already."""
    known = table("vocabulary")
    key = f"unit {given}"
    return str(known[key][lang]) if key in known else given.strip("{}")
