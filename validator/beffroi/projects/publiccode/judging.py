"""A publiccode.yml judged: everything that is wrong with it, in the order of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from beffroi.documents import Document, escaped, parse_document
from beffroi.errors import UnusableFile
from beffroi.licences.register import Register
from beffroi.model.faults import Fault, reason
from beffroi.packages.paths import Contents
from beffroi.projects.publiccode.files import mapping, of_files
from beffroi.projects.publiccode.flaw import Flaw, error
from beffroi.projects.publiccode.form import misshapen
from beffroi.projects.publiccode.licence import of_licence

NAME = "publiccode.yml"
LARGEST = 1 << 20
"""The largest file that is read: 1 MiB."""
MOST_VALUES = 2000
"""The most keys and items of a file; a long one has 500."""


def read(file: Path, lang: str = "en") -> Document | Fault:
    """A publiccode.yml, without its empty keys; a fault where it is no YAML in UTF-8. `lang` is that of the fault."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            return reason("too-large", limit=f"{LARGEST >> 20} MiB")
        document = parse_document(raw.decode("utf-8-sig"), NAME)
    except OSError as stopped:
        return reason("unreadable", problem=stopped.strerror or str(stopped))
    except UnicodeDecodeError as stopped:
        line = raw.count(b"\n", 0, stopped.start) + 1
        return reason("not-utf-8", where=f"{NAME}:{line}")
    except UnusableFile as stopped:
        return reason("not-well-formed", problem=stopped.message(lang), where=stopped.where or NAME)
    if len(document.listed) > MOST_VALUES:
        return reason("too-many-values", most=MOST_VALUES)
    return Document(NAME, without_nothing(document.value), document.text, document.repeated)


def without_nothing(value: Any) -> Any:
    """A value without keys under which there is nothing: such a key is not filled in."""
    if isinstance(value, dict):
        return {key: without_nothing(each) for key, each in value.items() if each is not None}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


def flaws(document: Document, folder: Path, register: Register) -> tuple[Flaw, ...]:
    """What is wrong with a publiccode.yml; its files are looked for in the `folder` that it lies in."""
    if not isinstance(document.value, dict):
        return (error("no-keys", ""),)
    found = [each.on(document.line(each.pointer)) for each in every(document, Contents(folder), register)]
    found += [error("repeated-key", pointer).on(line) for pointer, line in document.repetitions()]
    return tuple(sorted(found, key=lambda each: (each.level.rank, each.line or 0)))


def every(document: Document, contents: Contents, register: Register) -> Iterator[Flaw]:
    """The same, without lines and order."""
    value = document.value
    yield from misshapen(value, dict(written(document)))
    yield from unsaid(value)
    yield from of_files(value, contents)
    licence = mapping(value.get("legal")).get("license")
    if isinstance(licence, str) and licence:
        yield from of_licence(licence, register)


def written(document: Document) -> Iterator[tuple[str, str]]:
    """Every scalar as it is written, by pointer: `1.10` is not `1.1`."""
    import yaml

    def walked(node: yaml.Node, pointer: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, yaml.MappingNode):
            for key, each in node.value:
                yield from walked(each, f"{pointer}/{escaped(str(key.value))}")
        elif isinstance(node, yaml.SequenceNode):
            for index, each in enumerate(node.value):
                yield from walked(each, f"{pointer}/{index}")
        else:
            yield pointer, str(node.value)

    root = yaml.compose(document.text, Loader=yaml.CSafeLoader)
    yield from walked(root, "") if root else ()


def unsaid(value: Mapping[str, Any]) -> Iterator[Flaw]:
    """What must be said in at least one language, and is in none."""
    languages = mapping(value.get("description"))
    draft = str(value.get("publiccodeYmlVersion", "")).startswith("1")
    for key in ("longDescription",) if draft else ("longDescription", "features"):
        if languages and not any(mapping(words).get(key) for words in languages.values()):
            first = next(iter(languages))
            yield error("missing-in-all-languages", f"/description/{first}/{key}", name=key)
