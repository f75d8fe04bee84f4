"""What a charter asks: of every kind of project, or of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from beffroi.catalogue.charters.building import shown
from beffroi.charters.matrix import Applies, Cell, Kind, applies, asked, matrix
from beffroi.charters.tailored import Relevelled, Tailoring, tailoring_of
from beffroi.model.charter import Charter, Parameter, Principle, Requirement, Text
from beffroi.model.levels import Level
from beffroi.showing import charter_applying, charter_requirement
from beffroi.showing.charter_list import status
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words
from beffroi.visible import prose, visible

SIGNS = {
    (Level.MUST, Applies.ALWAYS): "●",
    (Level.MUST, Applies.UNDER_CONDITIONS): "◐",
    (Level.SHOULD, Applies.ALWAYS): "○",
    (Level.SHOULD, Applies.UNDER_CONDITIONS): "◌",
    (Level.MAY, Applies.ALWAYS): "+",
    (Level.MAY, Applies.UNDER_CONDITIONS): "·",
}
NOTHING = "–"
ANY = Kind()


def text(charter: Charter, versions: Sequence[str], kind: Kind, lang: str) -> str:
    """The charter for a person at a terminal; only what it asks of a kind of project, where one is named."""
    words = Words("charter_show", lang)
    parts = [head(charter, versions, words)]
    if kind == ANY:
        parts += [requirements(charter, words), signs(charter, words), overview(charter, words)]
        parts += [tailoring(charter, words), listed(words("parameters"), parameters(charter, words))]
        parts += [listed(words("grace"), grace(charter, words)), listed(words("gone"), gone(charter, words))]
    else:
        parts.append(of_kind(charter, kind, words))
    blocks = ["\n".join(line.rstrip() for line in each) for each in parts]
    return "\n\n".join(each for each in blocks if each) + "\n"


def head(charter: Charter, versions: Sequence[str], words: Words) -> Iterator[str]:
    """What it is."""
    state = "" if charter.status == "active" else f" ({status(charter, Words('charter_list', words.lang))})"
    yield f"{visible(charter.name)} — {prose(charter.title[words.lang])}{state}"
    yield from paragraph(charter.description[words.lang], "  ")
    for label, value in facts(charter, versions, words):
        yield f"  {label} {visible(value)}"


def facts(charter: Charter, versions: Sequence[str], words: Words) -> Iterator[tuple[str, str]]:
    """Short facts, each with its label."""
    if charter.extends:
        yield words("extends"), charter.extends.name
    if len(versions) > 1:
        yield words("versions"), ", ".join(versions)
    yield words("count"), str(len(charter.requirements))
    yield words("file"), charter.path
    yield words("sha256"), charter.sha256


def requirements(charter: Charter, words: Words) -> Iterator[str]:
    """Every requirement under its principle, with the projects to which it applies."""
    yield words("requirements")
    for principle, found in by_principle(charter, charter.requirements):
        yield ""
        yield f"  {prose(principle.title[words.lang])}"
        for each in found:
            yield line(each, words)
            yield from paragraph(charter_applying.in_a_line(each.applies, charter.vocabulary, words.lang), " " * 10)


def by_principle(
    charter: Charter, wanted: Iterable[Requirement]
) -> Iterator[tuple[Principle, tuple[Requirement, ...]]]:
    """Requirements by their principles, in the order of the charter; principles without any are left out."""
    kept = tuple(wanted)
    for principle in charter.principles:
        if found := tuple(each for each in kept if each.principle == principle.id):
            yield principle, found


def line(requirement: Requirement, words: Words) -> str:
    """One requirement: its id, its level, what it says."""
    level = charter_requirement.level(requirement.level, words.lang)
    return f"    {visible(requirement.id)} ({level}) — {prose(requirement.title[words.lang])}"


def signs(charter: Charter, words: Words) -> Iterator[str]:
    """A table of requirements and layers, with a sign for each phase."""
    yield words("signs")
    phases = charter_applying.titles(charter.vocabulary.phases, charter.vocabulary.phases, words.lang)
    yield from paragraph(words("phases-in-order", names=", ".join(phases)), "  ")
    yield from paragraph(legend(words), "  ")
    yield ""
    names = [visible(each) for each in charter.vocabulary.layers]
    widths = [max(len(each), len(charter.vocabulary.phases)) for each in names]
    first = max((len(visible(each.id)) for each in charter.requirements), default=0)
    rows = [(f"{'':{first}}", names)]
    rows += [(f"{visible(each.id):{first}}", row_of(each, charter)) for each in charter.requirements]
    for name, cells in rows:
        padded = (f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True))
        yield f"  {name}  {'  '.join(padded)}"


def legend(words: Words) -> str:
    """What the signs mean."""
    levels = {level: charter_requirement.level(level, words.lang) for level in Level}
    always = ", ".join(f"{SIGNS[level, Applies.ALWAYS]} {levels[level]}" for level in Level)
    others = ", ".join(f"{SIGNS[level, Applies.UNDER_CONDITIONS]} {levels[level]}" for level in Level)
    return words("legend", always=always, others=others)


def row_of(requirement: Requirement, charter: Charter) -> list[str]:
    """The signs of a requirement in each layer, one for each phase; nothing where it never applies."""
    words = charter.vocabulary
    cells = ("".join(sign(requirement, layer, phase) for phase in words.phases) for layer in words.layers)
    return ["" if set(each) == {NOTHING} else each for each in cells]


def sign(requirement: Requirement, layer: str, phase: str) -> str:
    """The sign of a requirement for one layer and phase."""
    how = applies(requirement, Kind(layers=(layer,), phases=(phase,)))
    return SIGNS.get((requirement.level, how), NOTHING)


def overview(charter: Charter, words: Words) -> Iterator[str]:
    """How many musts and shoulds there are in each layer and phase."""
    yield words("overview")
    yield from paragraph(words("overview-legend"), "  ")
    yield ""
    cells = {place: counted(each) for place, each in matrix(charter).items()}
    phases = list(charter.vocabulary.phases)
    widths = [max([len(visible(each)), *(len(cells[place]) for place in cells if place[1] == each)]) for each in phases]
    first = max((len(visible(each)) for each in charter.vocabulary.layers), default=0)
    rows = [("", [visible(each) for each in phases])]
    rows += [(visible(layer), [cells[layer, phase] for phase in phases]) for layer in charter.vocabulary.layers]
    for name, told in rows:
        padded = (f"{cell:{width}}" for cell, width in zip(told, widths, strict=True))
        yield f"  {name:{first}}  {'  '.join(padded)}"


def counted(cell: Cell) -> str:
    """Musts and shoulds of one layer and phase, those under conditions behind a plus: `10+4 · 3+1`."""
    levels = (Level.MUST, Level.SHOULD)
    return " · ".join(f"{len(cell.always[level])}+{len(cell.under_conditions[level])}" for level in levels)


def tailoring(charter: Charter, words: Words) -> Iterator[str]:
    """How a profile differs from the charter that it extends."""
    if found := tailoring_of(charter):
        told = tailored(found, words) or [words("not-tailored")]
        yield from listed(words("tailored", name=found.parent.name), told)


def tailored(found: Tailoring, words: Words) -> list[str]:
    """The same, a sentence each."""
    lang = words.lang
    told = [setting(each, before, words) for each, before in found.set]
    told += [relevelled(each, words) for each in found.relevelled]
    for each in found.added:
        level = charter_requirement.level(each.level, lang)
        told.append(words("added", name=each.id, level=level, title=each.title[lang]))
    for name, reason in found.excluded.items():
        told.append(words("excluded", name=name) + words("because", reason=reason[lang]))
    told += [word(kind, name, title, words) for kind, name, title in found.words]
    return told


def setting(given: Parameter, before: Any, words: Words) -> str:
    """A parameter that is set, with the value that it had."""
    title, now = given.title[words.lang], shown(given.value, words.lang)
    was = "" if before is None else words("before", value=shown(before, words.lang))
    return words("set", name=given.id, title=title, value=now) + was


def relevelled(given: Relevelled, words: Words) -> str:
    """A requirement at another level, with the reason."""
    requirement = given.requirement
    before, after = (charter_requirement.level(each, words.lang) for each in (given.before, requirement.level))
    levels = {"before": before, "after": after}
    told = words("raised", **levels) if given.is_raised else words("lowered", **levels)
    because = words("because", reason=requirement.reason[words.lang]) if requirement.reason else ""
    return f"{requirement.id} {told}{because}"


def word(kind: str, name: str, title: Text | None, words: Words) -> str:
    """A word that is added, renamed or taken away."""
    what = {"layers": words("of-layers"), "phases": words("of-phases"), "flags": words("of-flags")}[kind]
    if title is None:
        return words("word-taken", name=name, what=what)
    return words("word-set", name=name, title=title[words.lang], what=what)


def parameters(charter: Charter, words: Words) -> list[str]:
    """What is set, a sentence each."""
    return [
        words("parameter", name=each.id, title=each.title[words.lang], value=shown(each.value, words.lang))
        for each in charter.parameters.values()
    ]


def grace(charter: Charter, words: Words) -> list[str]:
    """Periods of grace, a sentence each."""
    return [
        words("grace-until", name=name, started=each.started_before, until=each.until)
        + (words("because", reason=each.reason[words.lang]) if each.reason else "")
        for name, each in charter.grace.items()
    ]


def gone(charter: Charter, words: Words) -> list[str]:
    """Requirements that were once asked, a sentence each."""
    return [
        words("retired-since", name=each.id, version=each.retired or "", title=each.title[words.lang])
        + (words("replaced", names=", ".join(each.replaced_by)) if each.replaced_by else "")
        for each in charter.retired
    ]


def listed(title: str, told: list[str]) -> Iterator[str]:
    """Sentences under a title, if there are any."""
    if told:
        yield title
    for each in told:
        yield from paragraph(each, "  • ")


def of_kind(charter: Charter, kind: Kind, words: Words) -> Iterator[str]:
    """What is asked of a kind of project, by principle: first what always applies, then what does under conditions."""
    found = asked(charter, kind)
    yield words("of-kind", kind=kind_words(charter, kind, words))
    groups = ((Applies.ALWAYS, words("always")), (Applies.UNDER_CONDITIONS, words("under-conditions")))
    for how, title in groups:
        kept = [each for each, applying in found if applying is how]
        yield ""
        yield f"{title} ({len(kept)})"
        for principle, asked_of in by_principle(charter, kept):
            yield ""
            yield f"  {prose(principle.title[words.lang])}"
            for each in asked_of:
                yield line(each, words)
                yield from paragraph(each.statement[words.lang], " " * 10)
                if how is Applies.UNDER_CONDITIONS:
                    where = charter_applying.in_a_line(each.applies, charter.vocabulary, words.lang)
                    yield from paragraph(words("where", conditions=where), " " * 10)


def kind_words(charter: Charter, kind: Kind, words: Words) -> str:
    """A kind of project in words."""
    lists = ((kind.layers, "layers"), (kind.phases, "phases"), (kind.flags, "flags"))
    told = [charter_applying.titles(names, getattr(charter.vocabulary, key), words.lang) for names, key in lists]
    return " · ".join(", ".join(each) for each in told if each)


def values(charter: Charter, versions: Sequence[str], kind: Kind, lang: str) -> dict[str, Any]:
    """The charter as plain values: all that it says, how it is tailored, and what it asks of whom."""
    found = dict(asked_ids(charter, kind))
    return {
        "id": charter.id,
        "version": charter.version,
        "versions": list(versions),
        "status": charter.status,
        "path": charter.path,
        "sha256": charter.sha256,
        "extends": charter.extends.name if charter.extends else None,
        "title": dict(charter.title),
        "description": dict(charter.description),
        "vocabulary": {
            key: {name: dict(title) for name, title in getattr(charter.vocabulary, key).items()}
            for key in ("layers", "phases", "flags")
        },
        "parameters": {
            name: {"title": dict(each.title), "value": each.value} for name, each in charter.parameters.items()
        },
        "principles": [
            {"id": each.id, "title": dict(each.title), "description": each.description and dict(each.description)}
            for each in charter.principles
        ],
        "kind": {"layers": list(kind.layers), "phases": list(kind.phases), "flags": list(kind.flags)},
        "requirements": [
            {**charter_requirement.values(each, charter, lang), "asked": found[each.id]}
            for each in charter.requirements
            if each.id in found
        ],
        "matrix": [
            {"layer": layer, "phase": phase, **cell_values(each)} for (layer, phase), each in matrix(charter).items()
        ],
        "retired": [charter_requirement.values(each, charter, lang) for each in charter.retired],
        "grace": {name: grace_values(each) for name, each in charter.grace.items()},
        "tailoring": tailoring_values(charter),
    }


def grace_values(given: Any) -> dict[str, Any]:
    """A period of grace as plain values."""
    started, until = given.started_before.isoformat(), given.until.isoformat()
    return {"startedBefore": started, "until": until, "reason": given.reason and dict(given.reason)}


def asked_ids(charter: Charter, kind: Kind) -> Iterator[tuple[str, str]]:
    """The requirements that apply to a kind of project, and whether they always do."""
    return ((each.id, how.value) for each, how in asked(charter, kind))


def cell_values(cell: Cell) -> dict[str, Any]:
    """The ids of what is asked in one layer and phase."""
    return {
        "always": {level.value: list(ids) for level, ids in cell.always.items()},
        "underConditions": {level.value: list(ids) for level, ids in cell.under_conditions.items()},
    }


def tailoring_values(charter: Charter) -> dict[str, Any] | None:
    """How a profile is tailored, as plain values."""
    found = tailoring_of(charter)
    if found is None:
        return None
    relevelled = [
        {
            "requirement": each.requirement.id,
            "before": each.before,
            "after": each.requirement.level,
            "reason": each.requirement.reason and dict(each.requirement.reason),
        }
        for each in found.relevelled
    ]
    return {
        "of": found.parent.name,
        "set": {each.id: {"before": before, "after": each.value} for each, before in found.set},
        "relevelled": relevelled,
        "added": [each.id for each in found.added],
        "excluded": {name: dict(reason) for name, reason in found.excluded.items()},
        "words": [{"kind": kind, "word": name, "title": title and dict(title)} for kind, name, title in found.words],
    }
