"""A rule in words: what it says, why it exists, how to mend what breaks it, what is right and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.rulebook import Rule, shared_cause
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words

GAP = re.compile(r"(?<!\{)\{[a-z_]+\}(?!\})")
"""A placeholder of a text, which stands for what was found."""


def listing(rules: Sequence[Rule], lang: str) -> str:
    """A line each: the id, its level, its title."""
    words = Words("explained", lang)
    width = max(len(each.id) for each in rules)
    level = max(len(words(each.level)) for each in rules)
    return "".join(f"{each.id:{width}}  {words(each.level):{level}}  {each.words['title'][lang]}\n" for each in rules)


def text(rule: Rule, lang: str) -> str:
    """The page of a rule."""
    words = Words("explained", lang)
    told = explained(rule, lang)
    lines = [f"{rule.id} — {told['title']} ({words(rule.level)})", ""]
    for key in ("why", "message", "fix"):
        lines.extend(paragraph(f"{words(key)} {told[key]}", "  ") if told[key] else ())
    for key in ("valid", "invalid"):
        lines.extend(paragraph(f"{words(key)} {told['example'][key]}", "  ") if key in told["example"] else ())
    if told["causes"]:
        lines.append(f"  {words('causes')}")
    for each in told["causes"]:
        lines.extend(paragraph(f"{each['cause']}{words('colon')}{each['message']}", "    • "))
        lines.extend(paragraph(f"→ {each['fix']}", "      ") if each["fix"] else ())
    return "".join(f"{line}\n" for line in lines)


def explained(rule: Rule, lang: str) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "rule": rule.id,
        "level": rule.level,
        "title": rule.words["title"][lang],
        "why": rule.words["why"][lang],
        "message": said(rule.words, "message", lang),
        "fix": said(rule.words, "fix", lang),
        "example": {key: str(value) for key, value in rule.words.get("example", {}).items()},
        "causes": list(causes(rule, lang)),
    }


def causes(rule: Rule, lang: str) -> Iterator[dict[str, str]]:
    """What is told of each cause that has words of its own under the rule."""
    for cause, own in rule.words.get("causes", {}).items():
        words = {**shared_cause(cause), **own}
        yield {
            "cause": cause,
            "message": said(words, "message", lang) or said(rule.words, "message", lang),
            "fix": said(words, "fix", lang) or said(rule.words, "fix", lang),
        }


def said(words: Mapping[str, Any], key: str, lang: str) -> str:
    """A text with a gap where the report says what was found; of several, the one that needs least."""
    written = words.get(key, {}).get(lang, "")
    gapped = GAP.sub("…", written if isinstance(written, str) else written[-1])
    return gapped.replace("{{", "{").replace("}}", "}")
