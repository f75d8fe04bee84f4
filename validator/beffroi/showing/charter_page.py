"""A charter as a page to print and to vote on."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue.charters.building import shown
from beffroi.charters.matrix import Kind, asked, matrix
from beffroi.charters.tailored import tailoring_of
from beffroi.model.charter import Charter, Principle, Requirement
from beffroi.showing import charter_applying, charter_requirement, charter_show
from beffroi.showing.charter_list import status
from beffroi.showing.pages.blocks import (
    Block,
    Facts,
    Items,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    capital,
    code,
    joined,
    label,
    linked,
    plain,
    said,
    strong,
    web,
)
from beffroi.showing.words import Words


def page(charter: Charter, kind: Kind, lang: str) -> Page:
    """The page of a charter: what it asks, of whom, how it is tailored; of one kind of project, where it is named."""
    return Page(
        lang=lang,
        title=f"{charter.title[lang]} {charter.version}",
        blocks=tuple(PageOf(charter=charter, kind=kind, lang=lang).blocks()),
        home=None,
        translations=(),
        forms=(),
    )


class PageOf:
    """Makes the page of one charter in one language."""

    def __init__(self, *, charter: Charter, kind: Kind, lang: str) -> None:
        self.charter = charter
        self.kind = kind
        self.lang = lang
        self.words = Words("charter_show", lang)

    def blocks(self) -> Iterator[Block]:
        """What it is, its requirements by principle, tables of what is asked of whom, and the rest."""
        charter = self.charter
        yield said(charter.description[self.lang])
        if charter.status != "active":
            yield Paragraph(text=plain(capital(status(charter, Words("charter_list", self.lang)))), note=True)
        yield Facts(facts=tuple(self.facts()))
        found = {each.id: how for each, how in asked(charter, self.kind)}
        if self.kind != charter_show.ANY:
            yield said(self.words("of-kind", kind=charter_show.kind_words(charter, self.kind, self.words)))
        kept = [each for each in charter.requirements if each.id in found]
        for principle, requirements in charter_show.by_principle(charter, kept):
            yield self.principle(principle, requirements)
        if self.kind == charter_show.ANY:
            yield from self.tables()
            yield from self.rest()

    def facts(self) -> Iterator[tuple[str, Text]]:
        """Short facts."""
        for name, value in charter_show.facts(self.charter, (), self.words):
            yield label(name), code(value)

    def principle(self, principle: Principle, requirements: tuple[Requirement, ...]) -> Section:
        """One principle with its requirements."""
        lead = (said(principle.description[self.lang]),) if principle.description else ()
        blocks = (*lead, *(self.requirement(each) for each in requirements))
        return Section(id=principle.id, title=principle.title[self.lang], blocks=blocks)

    def requirement(self, given: Requirement) -> Section:
        """One requirement."""
        level = charter_requirement.level(given.level, self.lang)
        return Section(
            id=given.id,
            title=f"{given.id} — {given.title[self.lang]} ({level})",
            blocks=(
                Paragraph(text=strong(given.statement[self.lang])),
                said(given.why[self.lang]),
                Facts(facts=tuple(self.about(given))),
            ),
        )

    def about(self, given: Requirement) -> Iterator[tuple[str, Text]]:
        """To whom it applies, how it is verified, what is accepted, how to mend it, where it comes from."""
        words, lang = self.words, self.lang
        yield label(words("applies")), plain(charter_applying.in_a_line(given.applies, self.charter.vocabulary, lang))
        yield label(words("verified")), plain(words("semicolon").join(charter_requirement.verifying(given, lang)))
        yield label(words("accepted")), plain(charter_requirement.accepting(given, lang))
        if told := charter_requirement.evidence(given, lang):
            yield label(words("evidence")), plain(told)
        if given.reason:
            yield label(words("reason")), plain(given.reason[lang])
        yield label(words("mend")), plain(given.fix[lang])
        sources = [linked(f"{each.title[lang]} {each.ref or ''}".strip(), web(each.path)) for each in given.sources]
        yield label(words("sources")), joined(sources)

    def tables(self) -> Iterator[Section]:
        """What is asked of whom."""
        charter, words = self.charter, self.words
        phases = charter_applying.titles(charter.vocabulary.phases, charter.vocabulary.phases, self.lang)
        layers = charter_applying.titles(charter.vocabulary.layers, charter.vocabulary.layers, self.lang)
        rows = (self.row(each.id, charter_show.row_of(each, charter)) for each in charter.requirements)
        signs = Table(style="wide", caption=words("signs"), head=("", *layers), rows=tuple(rows))
        lead = said(f"{words('phases-in-order', names=', '.join(phases))} {charter_show.legend(words)}")
        yield Section(id="matrix", title=label(words("signs")), blocks=(lead, signs))
        cells = {place: charter_show.counted(each) for place, each in matrix(charter).items()}
        counts = (
            self.row(title, [cells[layer, phase] for phase in charter.vocabulary.phases])
            for layer, title in zip(charter.vocabulary.layers, layers, strict=True)
        )
        table = Table(style="wide", caption=words("overview"), head=("", *phases), rows=tuple(counts))
        blocks = (said(words("overview-legend")), table)
        yield Section(id="overview", title=label(words("overview")), blocks=blocks)

    @staticmethod
    def row(name: str, cells: list[str]) -> Row:
        """A row of a table."""
        return Row(cells=((said(name),), *((Paragraph(text=sign(each)),) for each in cells)))

    def rest(self) -> Iterator[Section]:
        """How it is tailored, what is set, periods of grace, and what was once asked."""
        charter, words = self.charter, self.words
        tailored = tailoring_of(charter)
        told = charter_show.tailored(tailored, words) if tailored else []
        if told:
            yield self.listed("tailoring", words("tailored", name=tailored.parent.name if tailored else ""), told)
        if charter.parameters:
            facts = tuple(
                (each.title[self.lang], joined([code(each.id), plain(shown(each.value, self.lang))], " = "))
                for each in charter.parameters.values()
            )
            yield Section(id="parameters", title=label(words("parameters")), blocks=(Facts(facts=facts),))
        for key, title, items in (
            ("grace", words("grace"), charter_show.grace(charter, words)),
            ("gone", words("gone"), charter_show.gone(charter, words)),
        ):
            if items:
                yield self.listed(key, title, items)

    @staticmethod
    def listed(name: str, title: str, items: list[str]) -> Section:
        """A section that is a list."""
        return Section(id=name, title=label(title), blocks=(Items(items=tuple(plain(each) for each in items)),))


def sign(text: str) -> Text:
    """Signs of one layer, in a font of which all are equally wide; nothing where there are none."""
    return code(text) if text else ()
