"""Two charters, or two versions of one, compared: what changed, and what of it may fail a project that conformed.

Requirements are compared as they are written, with `{parameter: id}` in place of values: that a parameter has another
value is one change, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any

from beffroi.catalogue import version_key
from beffroi.catalogue.charters import Charters, UnknownCharter, home_of, older_files
from beffroi.catalogue.charters.building import charter_of, in_order
from beffroi.catalogue.charters.writing import FILE, WrittenCharter
from beffroi.model.charter import Charter, Method
from beffroi.model.levels import Level
from beffroi.periods import later, parts
from beffroi.values import dataclass

ASKED = ("when", "declare", "verify", "accepts", "evidence")
"""The keys of a requirement by which projects are judged."""
WORDS = ("title", "statement", "why", "fix", "sources")
EPOCH = date(2000, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change. `id` says of which kind, `name` what it is about: a requirement, a parameter, a word, a principle.

    `before` and `after` are what was written; `fails` says that a project that conformed may no longer do so;
    `requirements` are those that a parameter stands in.
    """

    id: str
    name: str
    before: Any = None
    after: Any = None
    fails: bool = False
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed from `before` to `after`."""

    before: WrittenCharter
    after: WrittenCharter

    @cached_property
    def charters(self) -> tuple[Charter, Charter]:
        """Both as charters."""
        return charter_of(self.before), charter_of(self.after)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change: of requirements in the order of their ids, then of parameters, words, principles and grace."""
        pair = (self.before, self.after)
        return (*of_requirements(*pair), *of_parameters(*pair), *of_words(*pair), *of_principles(*pair), *grace(*pair))

    @property
    def failing(self) -> tuple[Change, ...]:
        """The changes that may fail a project that conformed."""
        return tuple(each for each in self.changes if each.fails)


def previous(written: WrittenCharter, charters: Charters) -> WrittenCharter:
    """The version before that of a charter; raises `UnknownCharter` where there is none."""
    files = older_files(home_of(written.folder / FILE) / FILE)
    own = version_key(written.version)
    earlier = [each for each in files if version_key(each.parent.name) < own]
    if not earlier:
        raise UnknownCharter("no-earlier-charter", where=written.path, name=written.name)
    return charters.whole(max(earlier, key=lambda each: version_key(each.parent.name)).as_posix())


def in_force(written: WrittenCharter, name: str) -> Mapping[str, Any] | None:
    """What is written of a requirement, if there is one that is not retired."""
    found = written.requirements.get(name)
    return found.value if found and not found.value.get("retired") else None


def of_requirements(before: WrittenCharter, after: WrittenCharter) -> Iterator[Change]:
    """What changed in the requirements."""
    for name in sorted({*before.requirements, *after.requirements}, key=in_order):
        old, new = in_force(before, name), in_force(after, name)
        if old and new:
            yield from of_requirement(name, old, new)
        elif new:
            fails = new["level"] == Level.MUST
            yield Change(id="requirement-added", name=name, after=new["level"], fails=fails)
        elif old:
            yield Change(id=ending(after, name), name=name, before=old["level"])


def ending(after: WrittenCharter, name: str) -> str:
    """How a requirement went that is no longer in force."""
    if name in after.excluded:
        return "requirement-excluded"
    return "requirement-retired" if name in after.requirements else "requirement-dropped"


def of_requirement(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What changed in one requirement."""
    make = partial(Change, name=name)
    before, after = Level(old["level"]), Level(new["level"])
    if before is not after:
        raised = after.rank < before.rank
        kind = "requirement-raised" if raised else "requirement-lowered"
        yield make(id=kind, before=before, after=after, fails=raised and after is Level.MUST)
    for key in ASKED:
        was, now = old.get(key), new.get(key)
        if was != now:
            fails = after is Level.MUST and STRICTER[key](was, now, new)
            yield make(id=f"requirement-{key}", before=was, after=now, fails=fails)
    if old["principle"] != new["principle"]:
        yield make(id="requirement-moved", before=old["principle"], after=new["principle"])
    if changed := [key for key in WORDS if old.get(key) != new.get(key)]:
        said = {key: (old.get(key), new.get(key)) for key in changed}
        yield make(id="requirement-words", before=part(said, 0), after=part(said, 1))


def part(said: Mapping[str, tuple[Any, Any]], index: int) -> dict[str, Any]:
    """One side of what was said."""
    return {key: each[index] for key, each in said.items()}


def applies_to_more(old: Any, new: Any, _requirement: Mapping[str, Any]) -> bool:
    """Whether a requirement may apply to projects to which it did not."""
    old, new = old or {}, new or {}
    for key in ("layers", "phases", "flags"):
        if key in old and (key not in new or set(new[key]) - set(old[key])):
            return True
    return "declaration" in old and old["declaration"] != new.get("declaration")


def asks_anew(old: Any, new: Any, _requirement: Mapping[str, Any]) -> bool:
    """Whether the declaration must say what it need not have said."""
    return new is not None and old != new


def looks_otherwise(old: Any, new: Any, requirement: Mapping[str, Any]) -> bool:
    """Whether there is a verifier that did not look before, or none that could satisfy what is accepted."""
    added = [each for each in new or () if each not in (old or ())]
    return bool(added) or (not new and Method.DECLARED not in requirement["accepts"])


def accepts_less(old: Any, new: Any, _requirement: Mapping[str, Any]) -> bool:
    """Whether a method no longer suffices."""
    return bool(set(old) - set(new))


def takes_less_evidence(old: Any, new: Any, _requirement: Mapping[str, Any]) -> bool:
    """Whether evidence that was taken may be taken no longer."""
    old, new = old or {}, new or {}
    kinds = "kinds" in new and not ("kinds" in old and set(old["kinds"]) <= set(new["kinds"]))
    return kinds or ("maxAge" in new and not reaches(old.get("maxAge"), new["maxAge"]))


def reaches(old: Any, new: Any) -> bool:
    """Whether a period is surely as long as another, or longer."""
    if old == new:
        return True
    periods = [each for each in (old, new) if isinstance(each, str) and parts(each)]
    return len(periods) == len((old, new)) and later(EPOCH, old) <= later(EPOCH, new)


STRICTER = {
    "when": applies_to_more,
    "declare": asks_anew,
    "verify": looks_otherwise,
    "accepts": accepts_less,
    "evidence": takes_less_evidence,
}
"""Whether a change of a key may fail a project that conformed."""


def of_parameters(before: WrittenCharter, after: WrittenCharter) -> Iterator[Change]:
    """What changed in the parameters, and which requirements each stands in."""
    old, new = before.value["parameters"], after.value["parameters"]
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        users = tuple(sorted(users_of(after if now else before, name), key=in_order))
        make = partial(Change, name=name, requirements=users)
        if was is None or now is None:
            kind = "parameter-added" if was is None else "parameter-dropped"
            yield make(id=kind, before=was and was["value"], after=now and now["value"])
        elif was["value"] != now["value"]:
            fails = any((each := in_force(after, user)) and each["level"] == Level.MUST for user in users)
            yield make(id="parameter-set", before=was["value"], after=now["value"], fails=fails)


def users_of(written: WrittenCharter, parameter: str) -> Iterator[str]:
    """The requirements in force by whose value of a parameter projects are judged."""
    for name in written.requirements:
        value = in_force(written, name)
        if value and parameter in set(parameters_in([value.get(key) for key in ASKED])):
            yield name


def parameters_in(value: Any) -> Iterator[str]:
    """The names of the parameters that stand in a value as `{parameter: id}`."""
    if isinstance(value, Mapping):
        if value.keys() == {"parameter"} and isinstance(value["parameter"], str):
            yield value["parameter"]
        for each in value.values():
            yield from parameters_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from parameters_in(each)


def of_words(before: WrittenCharter, after: WrittenCharter) -> Iterator[Change]:
    """What changed in the vocabulary; who has declared a word that is taken away may fail."""
    for kind in ("layers", "phases", "flags"):
        old, new = (each.value["vocabulary"].get(kind, {}) for each in (before, after))
        for name in (*old, *(each for each in new if each not in old)):
            was, now = old.get(name), new.get(name)
            if was is None:
                yield Change(id=f"{kind}-added", name=name, after=now)
            elif now is None:
                yield Change(id=f"{kind}-dropped", name=name, before=was, fails=True)
            elif was != now:
                yield Change(id=f"{kind}-renamed", name=name, before=was, after=now)


def of_principles(before: WrittenCharter, after: WrittenCharter) -> Iterator[Change]:
    """What changed in the principles."""
    old, new = ({each["id"]: each for each in side.value["principles"]} for side in (before, after))
    for name in (*old, *(each for each in new if each not in old)):
        was, now = old.get(name), new.get(name)
        if was != now:
            kind = "added" if was is None else "dropped" if now is None else "renamed"
            yield Change(id=f"principle-{kind}", name=name, before=was and was["title"], after=now and now["title"])


def grace(before: WrittenCharter, after: WrittenCharter) -> Iterator[Change]:
    """What changed in the periods of grace; those that end, or of which fewer projects are, may fail projects."""
    old, new = before.value["grace"], after.value["grace"]
    for name in sorted({*old, *new}, key=in_order):
        was, now = old.get(name), new.get(name)
        asked = in_force(after, name)
        if was != now:
            less = was and (now is None or any(now[key] < was[key] for key in ("startedBefore", "until")))
            fails = bool(less and asked and asked["level"] == Level.MUST and in_force(before, name))
            kind = "added" if was is None else "dropped" if now is None else "changed"
            yield Change(id=f"grace-{kind}", name=name, before=was, after=now, fails=fails)
