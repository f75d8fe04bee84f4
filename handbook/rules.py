"""Every rule, with the words of `beffroi explain`."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.rulebook import Rule, known_rules, rule
from beffroi.showing.explained import explained
from beffroi.showing.pages.blocks import Block, Facts, Items, Section, code, joined, label, plain, said
from beffroi.showing.words import Words
from handbook.words import words

GROUPS = {
    "projects": ("requirement-", "declaration-", "declared-"),
    "standards": ("standard-", "example-"),
    "charters": ("charter-",),
    "licences": ("licence-", "source-"),
}
"""What a rule is about, by the beginning of its id; all others are about data."""
DATA = "data"


def blocks(lang: str) -> Iterator[Block]:
    """The rules by what they are about."""
    known = {group: [each for each in known_rules() if group_of(each) == group] for group in (DATA, *GROUPS)}
    for group, ids in known.items():
        parts = tuple(section(rule(each), lang) for each in ids)
        yield Section(id=f"about-{group}", title=words(lang, f"rules-{group}"), blocks=parts)


def group_of(name: str) -> str:
    """What a rule is about."""
    return next((group for group, starts in GROUPS.items() if name.startswith(starts)), DATA)


def section(given: Rule, lang: str) -> Section:
    """One rule."""
    said_of, told = Words("explained", lang), explained(given, lang)
    facts = [(label(said_of(key)), plain(told[key])) for key in ("why", "message", "fix") if told[key]]
    shown = [
        (label(said_of(key)), code(told["example"][key])) for key in ("valid", "invalid") if key in told["example"]
    ]
    title = f"{given.id} — {told['title']} ({said_of(given.level)})"
    return Section(id=given.id, title=title, blocks=(Facts(facts=(*facts, *shown)), *causes(told["causes"], said_of)))


def causes(told: list[dict[str, str]], said_of: Words) -> Iterator[Block]:
    """What is told of each cause that has words of its own."""
    if told:
        yield said(label(said_of("causes")))
        yield Items(
            items=tuple(
                joined([code(each["cause"]), plain(each["message"]), plain(each["fix"] and f"→ {each['fix']}")], " ")
                for each in told
            )
        )
