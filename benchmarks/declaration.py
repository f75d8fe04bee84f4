"""The reference of `beffroi.yaml`: every key that its JSON Schema knows, as tables for `docs/declaration.md`.

    python -m benchmarks.declaration           print it
    python -m benchmarks.declaration --write   put it into the page, behind the part that people write

What a key means is what the schema says of it, or else the question that `beffroi project new` asks. A test holds the
page to this command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from beffroi.declaring.forms import Kind, form_at, whole
from beffroi.declaring.questions import written_questions
from beffroi.projects.declaration import described, resolved

PAGE = Path(__file__).parents[1] / "docs" / "declaration.md"
MARK = "<!-- What follows is made by python -m benchmarks.declaration --write -->\n"
KINDS = {
    Kind.TEXT: "text, or `{en: …, fr: …}`",
    Kind.WORD: "text",
    Kind.YES_NO: "`true` or `false`",
    Kind.WHOLE: "whole number",
    Kind.NUMBER: "number",
    Kind.DATE: "date, `2026-01-31`",
    Kind.PERIOD: "period, `P1M`",
    Kind.EMAIL: "e-mail address",
    Kind.ADDRESS: "web address",
    Kind.PATH: "path below this file",
}
MANY = {
    Kind.TEXT: "list of texts",
    Kind.WORD: "list of texts",
    Kind.WHOLE: "list of whole numbers",
    Kind.MAPPING: "list of mappings",
}
ALONE = ("project", "datasets", "claims", "waivers", "signoff")
"""What has a table of its own."""


def main(*options: str) -> None:
    """Print the reference, or put it into the page."""
    if "--write" in options:
        start = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
        PAGE.write_text(f"{start}{MARK}{reference()}", encoding="utf-8")
    else:
        print(reference(), end="")


def reference() -> str:
    """The tables, as Markdown."""
    properties = whole()["properties"]
    lines = ["", "## At the top", "", *table("", [each for each in properties if each not in ALONE])]
    for name in ALONE:
        schema = resolved(whole(), properties[name])
        item = resolved(whole(), schema["items"]) if "items" in schema else schema
        lines += ["", f"## `{name}`", ""]
        if told := schema.get("description"):
            lines += [f"{told[0].upper()}{told[1:]}.", ""]
        lines += table(f"/{name}/-" if "items" in schema else f"/{name}", list(item["properties"]))
    return "\n".join(lines) + "\n"


def table(above: str, keys: list[str]) -> Iterator[str]:
    """A table of keys and of all below them."""
    yield "| key | form | what it says |"
    yield "|---|---|---|"
    for key in keys:
        yield from rows(f"{above}/{key}", key)


def rows(pointer: str, name: str) -> Iterator[str]:
    """The row of a key, and those of the keys below it."""
    form = form_at(pointer)
    if form is None:
        return
    needed = " **needed**" if is_needed(pointer) else ""
    yield f"| `{name}`{needed} | {form_in_words(pointer)} | {meaning(pointer)} |"
    below, dot = (f"{pointer}/-", "[].") if form.is_list else (pointer, ".")
    for key in form.keys:
        yield from rows(f"{below}/{key}", f"{name}{dot}{key}")


def is_needed(pointer: str) -> bool:
    """Whether a mapping cannot do without a key."""
    above, _, key = pointer.rpartition("/")
    return key in described(whole(), whole(), above.replace("/-", "/0")).get("required", ())


def form_in_words(pointer: str) -> str:
    """The form of a value."""
    schema = described(whole(), whole(), pointer.replace("/-", "/0"))
    form = form_at(pointer)
    assert form is not None
    if pointer == "/catalogue":
        return "path, or list of paths"
    if form.choices:
        listed = ", ".join(f"`{each}`" for each in form.choices)
        return f"list of {listed}" if form.many else listed
    if form.many:
        return MANY[form.kind] + bounds(resolved(whole(), schema["items"]))
    if form.kind is Kind.MAPPING:
        return "mapping"
    return KINDS[form.kind] + bounds(schema)


def bounds(schema: Mapping[str, Any]) -> str:
    """Between which numbers a value lies."""
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    if lowest is not None and highest is not None:
        return f", {lowest} to {highest}"
    return f", at least {lowest}" if lowest is not None else ""


def meaning(pointer: str) -> str:
    """What a key says: the words of the schema, or of the interview."""
    form = form_at(pointer)
    asked = written_questions().get(pointer, {}).get("en", "")
    told = (form.description if form else "") or asked
    return f"{told[:1].upper()}{told[1:]}".replace("|", "\\|")


if __name__ == "__main__":
    main(*sys.argv[1:])
