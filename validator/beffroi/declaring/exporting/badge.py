"""An SVG badge: the charter, and whether the project conforms to it, with how many waivers. Never a score."""

from __future__ import annotations

import unicodedata
from html import escape

from beffroi.declaring.judged import Judged
from beffroi.model.levels import Verdict
from beffroi.visible import clipped, prose

WORDS = {
    "en": {
        Verdict.CONFORMANT: "conformant",
        Verdict.NOT_CONFORMANT: "not conformant",
        Verdict.CANNOT_TELL: "cannot tell",
        "waiver": "{verdict}, with 1 waiver",
        "waivers": "{verdict}, with {count} waivers",
        "title": "{name} – {charter}: {verdict} ({day})",
    },
    "fr": {
        Verdict.CONFORMANT: "conforme",
        Verdict.NOT_CONFORMANT: "non conforme",
        Verdict.CANNOT_TELL: "impossible de conclure",
        "waiver": "{verdict}, avec 1 dérogation",
        "waivers": "{verdict}, avec {count} dérogations",
        "title": "{name} – {charter}\u00a0: {verdict} ({day})",
    },
}
COLOURS = {Verdict.CONFORMANT: "#1a7f37", Verdict.NOT_CONFORMANT: "#b3261e", Verdict.CANNOT_TELL: "#57606a"}
"""On each of them, white text has a contrast of more than 4.5 to 1 (WCAG 2.1, 1.4.3)."""
LABEL = "#24292f"
LONGEST = 60
NARROW, WIDE = set("ijltfrI.,:;!'|()[]- "), set("mwMWÆŒœæ@%")
PADDING = 8
HEIGHT = 22


def render(judged: Judged) -> str:
    """The badge of a project."""
    verdict = judged.report.verdict
    words = WORDS[judged.lang]
    told = words[verdict]
    if judged.waived and verdict is Verdict.CONFORMANT:
        told = words["waiver" if judged.waived == 1 else "waivers"].format(verdict=told, count=judged.waived)
    label = clipped(prose(judged.charter.title[judged.lang]), LONGEST)
    title = words["title"].format(
        name=prose(judged.name), charter=judged.charter.name, verdict=told, day=judged.report.generated[:10]
    )
    return drawn(label, told, COLOURS[verdict], title, judged.lang)


def drawn(label: str, told: str, colour: str, title: str, lang: str) -> str:
    """Two fields beside each other, whose texts are stretched to the widths that are reckoned here."""
    left, right = width(label) + 2 * PADDING, width(told) + 2 * PADDING
    whole = left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" width="{whole}" height="{HEIGHT}" '
        f'viewBox="0 0 {whole} {HEIGHT}" role="img" aria-labelledby="title">\n'
        f'  <title id="title">{escape(title)}</title>\n'
        f'  <rect width="{whole}" height="{HEIGHT}" rx="3" fill="{LABEL}"/>\n'
        f'  <path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v{HEIGHT - 6}a3 3 0 0 1-3 3h-{right - 3}z" fill="{colour}"/>\n'
        f'  <g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11" aria-hidden="true">\n'
        f"{text(label, PADDING)}{text(told, left + PADDING)}"
        f"  </g>\n</svg>\n"
    )


def text(words: str, x: int) -> str:
    """A text that begins at `x`."""
    stretched = f'textLength="{width(words)}" lengthAdjust="spacingAndGlyphs"'
    return f'    <text x="{x}" y="15" {stretched}>{escape(words)}</text>\n'


def width(words: str) -> int:
    """How many pixels a text takes, about, in letters of eleven."""
    return round(sum(letter_width(each) for each in words))


def letter_width(letter: str) -> float:
    """How many pixels one letter takes, about."""
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 11
    return 4.5 if letter in NARROW else 10.5 if letter in WIDE else 7.7 if letter.isupper() else 6.8
