"""What changed from one charter to another, and what of it may fail a project that conformed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.catalogue.charters.building import shown
from beffroi.catalogue.charters.writing import WrittenCharter
from beffroi.charters.comparing import Change, Comparison
from beffroi.model.charter import Charter, Text
from beffroi.model.levels import Level
from beffroi.showing import charter_requirement
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words
from beffroi.visible import clipped, prose, visible

LONGEST = 160


def text(comparison: Comparison, lang: str) -> str:
    """The comparison for a person at a terminal: first what may fail projects."""
    words = Words("charter_diff", lang)
    return "".join(f"{line}\n" for line in lines(comparison, words))


def lines(comparison: Comparison, words: Words) -> Iterator[str]:
    """What is compared, then the changes."""
    before, after = (visible(each.name) for each in comparison.charters)
    yield f"{before} → {after}"
    failing = comparison.failing
    others = [each for each in comparison.changes if not each.fails]
    for title, found in ((words("failing"), failing), (words("others"), others)):
        if found:
            yield ""
            yield f"{title} ({len(found)})"
            for each in found:
                yield from paragraph(sentence(each, comparison, words), "  • ")
    yield ""
    yield words("none") if not comparison.changes else words("fails-some") if failing else words("fails-none")


def sentence(change: Change, comparison: Comparison, words: Words) -> str:
    """A change in words."""
    kind, _, key = change.id.partition("-")
    if kind == "requirement":
        return f"{visible(change.name)} {titled(change, comparison, words)}{asked(change, key, comparison, words)}"
    if kind == "parameter":
        return parameter(change, key, comparison, words)
    if kind == "grace":
        return f"{visible(change.name)}{words('colon')}{of_grace(change, key, words)}"
    return word(change, kind, key, words)


def titled(change: Change, comparison: Comparison, words: Words) -> str:
    """The title of the requirement that a change is about, between quotes."""
    for charter in reversed(comparison.charters):
        for each in (*charter.requirements, *charter.retired):
            if each.id == change.name:
                return words("title", title=prose(each.title[words.lang]))
    return words("colon")


def asked(change: Change, key: str, comparison: Comparison, words: Words) -> str:
    """What changed in what a requirement asks."""
    if key in {"raised", "lowered"}:
        before, after = (level(each, words) for each in (change.before, change.after))
        told = (
            words("raised", before=before, after=after)
            if key == "raised"
            else words("lowered", before=before, after=after)
        )
        return told + because(change, comparison, words)
    if key in {"added", "retired", "excluded", "dropped"}:
        known = {
            "added": words("added", level=level(change.after or change.before, words)),
            "retired": words("retired"),
            "excluded": words("excluded"),
            "dropped": words("dropped"),
        }
        return known[key] + (because(change, comparison, words) if key == "excluded" else "")
    if key == "words":
        return words("words", keys=", ".join(change.after))
    if key == "moved":
        return words("moved", before=change.before, after=change.after)
    known = {
        "when": words("when"),
        "declare": words("declare"),
        "verify": words("verify"),
        "accepts": words("accepts"),
        "evidence": words("evidence"),
    }
    return words("other", what=known[key], before=plain(change.before, words), after=plain(change.after, words))


def because(change: Change, comparison: Comparison, words: Words) -> str:
    """The reason that a profile gives, if it does."""
    after = comparison.after
    written = after.requirements.get(change.name)
    reason = after.excluded.get(change.name) or (written.value.get("reason") if written else None)
    return words("because", reason=reason[words.lang]) if reason else ""


def level(given: Any, words: Words) -> str:
    """A level in words."""
    return charter_requirement.level(Level(given), words.lang)


def plain(value: Any, words: Words) -> str:
    """A value as the files write it, in few words."""
    if value is None:
        return words("nothing")
    if isinstance(value, list) and all(isinstance(each, Mapping) and "check" in each for each in value):
        return ", ".join(use(each) for each in value)
    return clipped(charter_requirement.plain(value), LONGEST)


def use(given: Mapping[str, Any]) -> str:
    """A verifier with its options."""
    options = given.get("options", {})
    return f"{given['check']} ({charter_requirement.plain(options)})" if options else str(given["check"])


def parameter(change: Change, key: str, comparison: Comparison, words: Words) -> str:
    """A change of a parameter, and where it stands."""
    charter: Charter = comparison.charters[0] if key == "dropped" else comparison.charters[1]
    title = prose(charter.parameters[change.name].title[words.lang])
    users = words("users", names=", ".join(change.requirements)) if change.requirements else words("no-users")
    before, after = (shown(each, words.lang) if each is not None else "" for each in (change.before, change.after))
    if key == "added":
        told = words("parameter-added", name=change.name, title=title, value=after)
    elif key == "dropped":
        told = words("parameter-dropped", name=change.name, title=title)
    else:
        told = words("parameter-set", name=change.name, title=title, before=before, after=after)
    return told + users


def of_grace(change: Change, key: str, words: Words) -> str:
    """A change of a period of grace."""
    if key == "dropped":
        return words("grace-dropped")
    given = {"started": change.after["startedBefore"], "until": change.after["until"]}
    return words("grace-added", **given) if key == "added" else words("grace-changed", **given)


def word(change: Change, kind: str, key: str, words: Words) -> str:
    """A change of a word of the vocabulary, or of a principle."""
    kinds = {
        "layers": words("layer"),
        "phases": words("phase"),
        "flags": words("flag"),
        "principle": words("principle"),
    }
    said: Text = change.after or change.before
    details = {"what": kinds[kind], "name": visible(change.name), "title": prose(said[words.lang])}
    if key == "added":
        return words("word-added", **details)
    return words("word-dropped", **details) if key == "dropped" else words("word-renamed", **details)


def values(comparison: Comparison, lang: str) -> dict[str, Any]:
    """The comparison as plain values; messages are in the language."""
    words = Words("charter_diff", lang)
    return {
        "before": reference(comparison.before),
        "after": reference(comparison.after),
        "counts": {"failing": len(comparison.failing), "changes": len(comparison.changes)},
        "changes": changes(comparison.changes, comparison, words),
    }


def reference(written: WrittenCharter) -> dict[str, Any]:
    """Which charter it is."""
    return {"id": written.id, "version": written.version, "path": written.path, "sha256": written.sha256}


def changes(found: Sequence[Change], comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    """The changes."""
    return [
        {
            "id": each.id,
            "name": each.name,
            "mayFail": each.fails,
            "before": each.before,
            "after": each.after,
            "requirements": list(each.requirements),
            "message": sentence(each, comparison, words),
        }
        for each in found
    ]
