"""A draft of a standard: what was written where, what it was made of, what is uncertain, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.showing.words import Words
from beffroi.standards.drafting import Draft, Note
from beffroi.visible import visible


def text(draft: Draft, folder: Path, lang: str) -> str:
    """What officers are told."""
    words = Words("drafted", lang)
    place = visible(folder.as_posix())
    lines = [words("written", place=place), *(f"  {path}" for path in draft.paths)]
    for title, notes in (("told", draft.told), ("to-check", draft.to_check)):
        if notes:
            lines += ["", words(title, count=len(notes)), *(told(each, words) for each in notes)]
    lines += ["", *next_steps(draft, place, words)]
    return "".join(f"{line}\n" for line in lines)


def told(note: Note, words: Words) -> str:
    """One note, after its place; its text is ours, and has made visible what it quotes."""
    text = words("placed", place=visible(note.place), text=note.text) if note.place else note.text
    return f"  • {text}"


def next_steps(draft: Draft, place: str, words: Words) -> Iterator[str]:
    """What to do next."""
    yield words("next")
    if draft.open_places:
        yield words("complete", count=draft.open_places)
    yield words("test", place=place)


def values(draft: Draft, folder: Path | None) -> dict[str, Any]:
    """The same for programs; the files themselves where they were not written."""
    return {
        "id": draft.id,
        "path": folder.as_posix() if folder else None,
        "files": list(draft.paths) if folder else dict(draft.files),
        "told": [as_value(each) for each in draft.told],
        "toCheck": [as_value(each) for each in draft.to_check],
        "toComplete": draft.open_places,
    }


def as_value(note: Note) -> dict[str, Any]:
    """One note."""
    return {"kind": note.kind, "place": note.place, "text": note.text}


def printed(draft: Draft) -> str:
    """The YAML files of a draft, one behind the other, each after its name."""
    files = [(path, draft.files[path]) for path in draft.paths if path.endswith(".yaml") and "/" not in path]
    return "\n---\n".join(f"# {draft.id}/{path}\n\n{content}" for path, content in files)
