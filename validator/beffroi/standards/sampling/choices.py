"""Texts of fields whose values are listed."""

from __future__ import annotations

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Source, Wanted
from beffroi.tables.constraints import as_text


def listed(wanted: Wanted) -> tuple[str, ...]:
    """The texts that stand for the listed values (`enum`, `categories`) and are valid; none where none are listed."""
    given = wanted.constraint("enum") or wanted.field.options.get("categories") or ()
    values = [each.get("value") if isinstance(each, dict) else each for each in given if isinstance(given, list)]
    texts = [text for each in values for text in (as_text(each), wanted.written(each)) if text is not None]
    return tuple(each for each in dict.fromkeys(texts) if each and not wanted.plan.judged(each))


def among(texts: tuple[str, ...], wanted: Wanted) -> Source:
    """One of the texts; each once, in their order, where values must be distinct."""

    def pick(draw: Draw) -> str | None:
        return texts[draw.number % len(texts)] if wanted.distinct and not draw.attempt else draw.one_of(texts)

    return pick
