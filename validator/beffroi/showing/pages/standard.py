"""The page of one standard, in the order in which an officer and a vendor read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.building import NO_LONGER
from beffroi.model.standard import Standard
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.rulebook import known_rules, rule
from beffroi.showing.pages import origins
from beffroi.showing.pages.blocks import (
    Block,
    Command,
    Facts,
    Foreign,
    Items,
    Link,
    Page,
    Paragraph,
    Piece,
    Section,
    Text,
    badge,
    capital,
    code,
    joined,
    label,
    linked,
    plain,
    said,
    told,
)
from beffroi.showing.pages.changelog import changelog_of
from beffroi.showing.pages.examples import ExamplesView
from beffroi.showing.pages.package import listed, mapping, metadata
from beffroi.showing.pages.site import Places, View, public_path
from beffroi.showing.pages.tables import TableView, level_badge, obligation
from beffroi.showing.standard import accepted_licences
from beffroi.showing.words import Words, in_language, table
from beffroi.values import dataclass
from beffroi.visible import visible


@dataclass(frozen=True, kw_only=True)
class StandardView:
    """A standard on a page of a site. `parent` is the one that it builds upon, `name` what `--standard` is given."""

    standard: Standard
    parent: Standard | None
    examples: ExamplesView
    name: str
    places: Places
    view: View

    def page(self) -> Page:
        """The page."""
        view = self.view
        return Page(
            lang=view.lang,
            title=label(in_language(self.standard.title, view.lang) or self.standard.id),
            blocks=(*self.lead(), *self.sections()),
            home=Link(label=view.words("all"), file=view.file(None)),
            translations=view.translations(self.standard),
            forms=view.forms(self.standard),
        )

    def sections(self) -> Iterator[Section]:
        """Every section that has something to say."""
        tables = (
            TableView(standard=self.standard, place=each, places=self.places, view=self.view)
            for each in self.places.tables
        )
        yield from self.section("deliver", self.view.words("deliver"), self.deliver())
        yield from self.section("check", self.view.words("check"), self.check())
        yield from (each.section() for each in tables)
        yield from self.section("levels", Words("standard", self.view.lang)("levels"), self.levels())
        if self.parent:
            title = self.view.words("extends", name=self.parent.name)
            yield from self.section("extends", title, origins.additions(self.standard, self.parent, self.view))
        yield from self.section("examples", self.view.words("examples"), self.examples.blocks())
        title = Words("standard", self.view.lang)("sources")
        yield from self.section("sources", title, origins.sources(self.standard, self.places, self.view))
        yield from self.section("changes", self.view.words("changelog"), self.changelog())
        yield from self.section("about", self.view.words("about"), self.about())

    def section(self, id_: str, title: str, blocks: Iterator[Block]) -> Iterator[Section]:
        """A section, unless there is nothing in it."""
        found = tuple(blocks)
        if found:
            yield Section(id=id_, title=label(title), blocks=found)

    def lead(self) -> Iterator[Block]:
        """What the standard is, in short."""
        yield Paragraph(text=joined([code(self.standard.name), status(self.standard, self.view)], " "))
        yield from self.notices()
        description = in_language(self.standard.descriptor.get("description"), self.view.lang)
        if description:
            yield said(description)
        facts = tuple((label(key), text) for key, text in self.facts().items() if text)
        if facts:
            yield Facts(facts=facts)

    def notices(self) -> Iterator[Paragraph]:
        """What is to be known of the status, or of a newer version."""
        notice = self.notice()
        if notice:
            yield Paragraph(text=plain(notice), note=True)
        newest = self.view.site.versions(self.standard.id)[0]
        if newest != self.standard:
            name = code(newest.name, self.view.file(newest))
            yield Paragraph(text=told(self.view.words, "newer", name=name), note=True)

    def notice(self) -> str:
        """What is to be known of a standard that is not yet in use, or no longer."""
        if self.standard.status == "draft":
            return self.view.words("notice-draft")
        if self.standard.status not in NO_LONGER:
            return ""
        told_of, lang = rule(NO_LONGER[self.standard.status]), self.view.lang
        message = told_of.text("message", None, {"by": visible(self.standard.replaced_by or "")}, lang)
        return f"{capital(message)}. {told_of.words['why'][lang]}"

    def facts(self) -> dict[str, Text]:
        """Short facts, by their labels."""
        words, descriptor = Words("standard", self.view.lang), self.standard.descriptor
        extends, successor = self.standard.extends, self.standard.replaced_by
        parent = f"{extends.id}@{extends.version}" if extends else ""
        return {
            words("theme"): plain(theme(self.standard, self.view.lang)),
            words("extends"): code(parent, self.view.link(parent)) if parent else (),
            words("replaced-by"): code(successor, self.view.link(successor)) if successor else (),
            words("versions"): self.versions(),
            words("modified"): plain(str(descriptor.get("modified") or "")),
        }

    def versions(self) -> Text:
        """The versions that have a page, where there are several; this one is no link."""
        known = self.view.site.versions(self.standard.id)
        shown = (
            code(each.version or each.id, None if each == self.standard else self.view.file(each)) for each in known
        )
        return joined(shown) if len(known) > 1 else ()

    def deliver(self) -> Iterator[Block]:
        """Licences, raw data, metadata, tables."""
        words = Words("standard", self.view.lang)
        facts = {
            words("licences"): joined(code(each) for each in accepted_licences(self.standard)),
            self.view.words("raw"): plain(self.raw()),
            self.view.words("tables"): self.tables(),
        }
        if any(facts.values()):
            yield Facts(facts=tuple((label(key), text) for key, text in facts.items() if text))
        asked = tuple(metadata(self.standard.package, self.view)) if self.standard.package else ()
        if asked:
            yield Paragraph(text=told(self.view.words, "metadata", file=code("datapackage.json")))
            yield Items(items=asked)

    def raw(self) -> str:
        """What becomes of raw data."""
        given = mapping(self.standard.descriptor.get("raw"))
        if not given:
            return ""
        formats = given.get("formats")
        named = self.view.words("raw-formats", formats=", ".join(map(str, listed(formats)))) if formats else ""
        named = self.view.words("raw-open") if formats == "open" else named
        return self.view.words("raw-required" if given.get("required") is True else "raw-optional", formats=named)

    def tables(self) -> Text:
        """The tables, each linked to its section."""
        shown = (
            (
                *linked(in_language(each.title, self.view.lang) or each.name, self.places.table(each.name)),
                Piece(text=" "),
                *obligation(self.view, required=each.required),
            )
            for each in self.standard.resources
        )
        return joined(shown)

    def check(self) -> Iterator[Block]:
        """How to check a delivery, and what the levels mean."""
        what = self.view.words("folder" if self.standard.is_package else "file")
        yield said(self.view.words("check-told"))
        yield Command(command=f"beffroi check {what} --standard {shell(self.name)}")
        levels = {"must": "level-must", "should": "level-should", "may": "level-may"}
        words = REPORT_WORDS[self.view.lang]
        yield Items(
            items=tuple(
                joined([badge(words[level], level), plain(self.view.words(key))], " ") for level, key in levels.items()
            )
        )

    def levels(self) -> Iterator[Block]:
        """The rules whose level the standard changes, with the reasons."""
        written = mapping(self.standard.descriptor.get("levels"))
        items = []
        for each, level in self.standard.levels.items():
            reason = in_language(mapping(written.get(each)).get("reason"), self.view.lang)
            title = rule(each).words["title"][self.view.lang] if each in known_rules() else each
            text = (*joined([level_badge(level, self.view.lang), plain(title)], " "), Piece(text=" ("), *code(each))
            items.append(joined([(*text, Piece(text=")")), plain(reason)], REPORT_WORDS[self.view.lang]["colon"]))
        if items:
            yield Items(items=tuple(items))

    def changelog(self) -> Iterator[Foreign]:
        """What the authors of the standard tell of its versions."""
        text = changelog_of(self.standard)
        if text.strip():
            yield Foreign(markdown=text)

    def about(self) -> Iterator[Facts]:
        """Who keeps the standard, and by what its content is known."""
        words = Words("standard", self.view.lang)
        contributors = (
            contributor(each, self.view.lang) for each in listed(self.standard.descriptor.get("contributors"))
        )
        facts = {
            self.view.words("contributors"): joined(contributors),
            words("file"): code(public_path(self.standard).as_posix()),
            words("sha256"): code(self.standard.sha256),
        }
        yield Facts(facts=tuple((label(key), text) for key, text in facts.items() if text))


def status(standard: Standard, view: View) -> Text:
    """The status as a badge; nothing where a schema of others tells none."""
    if "status" not in standard.descriptor:
        return ()
    words = Words("listing", view.lang)
    known = standard.status in table("listing")
    text = words(standard.status) if known else view.words("active") if standard.status == "active" else standard.status
    return badge(text, standard.status if standard.status == "active" else "passive")


def theme(standard: Standard, lang: str) -> str:
    """The theme in words, where it is known."""
    given = str(standard.descriptor.get("theme") or "")
    return Words("vocabulary", lang)(f"theme {given}") if f"theme {given}" in table("vocabulary") else given


def contributor(given: Any, lang: str) -> Text:
    """A contributor: title and roles, nothing by which to reach a person."""
    if not isinstance(given, Mapping):
        return ()
    known = table("vocabulary")
    roles = [str(each) for each in listed(given.get("roles")) or [given["role"]] if each] if has_role(given) else []
    words = [known[f"role {each}"][lang] if f"role {each}" in known else each for each in roles]
    title = plain(in_language(given.get("title"), lang))
    return (*title, Piece(text=f" ({', '.join(words)})")) if title and words else title


def has_role(given: Mapping[str, Any]) -> bool:
    """Whether a contributor says what it did: `roles`, or `role` as in version 1 of the specification."""
    return bool(listed(given.get("roles")) or given.get("role"))


def shell(name: str) -> str:
    """A name as a shell takes it."""
    import shlex

    return shlex.quote(name)
