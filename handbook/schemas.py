"""What a JSON Schema says of a file, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from beffroi.catalogue.definitions import bundled_root
from beffroi.showing.pages.blocks import Paragraph, Row, Table, Text, code, joined, plain, strong
from handbook.words import words

Schema = dict[str, Any]
ANYTHING = "…"


def schema(name: str) -> Schema:
    """The bundled schema of that name."""
    file = bundled_root() / "schemas" / f"{name}.schema.json"
    loaded: Schema = json.loads(file.read_text(encoding="utf-8"))
    return loaded


class Keys:
    """Tells the keys of the files that a schema is about; what stands in several places is told at the first."""

    def __init__(self, whole: Schema, lang: str) -> None:
        self.whole = whole
        self.lang = lang
        self.told: dict[str, str] = {}

    def table(self, places: Mapping[str, Schema]) -> Table:
        """The keys of some values of the file, each by its path, and all below them."""
        head = tuple(words(self.lang, each) for each in ("key", "meaning", "value"))
        rows = chain.from_iterable(self.rows(path, each, required=False) for path, each in places.items())
        return Table(style="fields", caption="", head=head, rows=tuple(rows))

    def rows(self, path: str, given: Schema, *, required: bool) -> Iterator[Row]:
        """The row of a key, and those of the keys below it."""
        found = self.resolved(given)
        must = strong(words(self.lang, "required")) if required else ()
        below = tuple(self.below(path, found))
        first = self.told.setdefault(self.name(given), path) if below else path
        value = self.value(found) if first == path else self.as_there(first)
        cells = (joined([code(path), must], " "), plain(found.get("description", "")), value)
        yield Row(cells=tuple((Paragraph(text=each),) for each in cells))
        for key, each, needed in below if first == path else ():
            yield from self.rows(key, each, required=needed)

    def below(self, path: str, found: Schema) -> Iterator[tuple[str, Schema, bool]]:
        """The keys below one, and whether they are required; of a list, those of each item."""
        items = self.resolved(found.get("items", {}))
        inner, prefix = (items, f"{path}[]") if items.get("properties") else (found, path)
        for key, each in inner.get("properties", {}).items():
            yield f"{prefix}.{key}", each, key in inner.get("required", ())

    def as_there(self, path: str) -> Text:
        """The same keys as at another place."""
        return (*plain(words(self.lang, "as")), *code(path))

    @staticmethod
    def name(given: Schema) -> str:
        """What knows a part of the schema again: the name under which it is kept, or else all that it says."""
        return str(given.get("$ref") or given.get("items", {}).get("$ref") or json.dumps(given))

    def resolved(self, given: Schema) -> Schema:
        """A part of the schema, with what it refers to in its place."""
        named = self.whole["$defs"][given["$ref"].rpartition("/")[2]] if "$ref" in given else {}
        return {**named, **given}

    def value(self, found: Schema) -> Text:
        """What may stand there."""
        if "const" in found:
            return code(str(found["const"]))
        if "enum" in found:
            return joined([code(str(each)) for each in found["enum"]], " · ")
        kinds = [found, *found.get("oneOf", ()), *found.get("anyOf", ())]
        names = [str(self.resolved(each)["type"]) for each in kinds if "type" in self.resolved(each)]
        return plain(" / ".join(words(self.lang, f"type-{each}") for each in dict.fromkeys(names)) or ANYTHING)
