"""Reads the YAML and JSON files that officers edit, with the line of every key, and checks them by JSON Schema.

YAML is read as YAML 1.2 means it: `no` is a word, a date stays text, a key stands once.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi import limits
from beffroi.errors import CannotRead, UnusableFile
from beffroi.values import dataclass

if TYPE_CHECKING:
    import yaml

INTEGER = re.compile(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
LONE_SURROGATE = re.compile(
    r"(?<!\\)(?:\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2})",
    re.IGNORECASE,
)
LONGEST_INTEGER = 4000
NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class Document:
    """A file as read: its value, and where each key stands.

    `repeated` names keys that stand twice in one place; the last one holds.
    """

    path: str
    value: Any
    text: str
    repeated: tuple[str, ...] = ()

    @cached_property
    def listed(self) -> tuple[tuple[str, tuple[int, int]], ...]:
        """The JSON Pointer, line and column (from 1) of each value, in order; nothing where they cannot be told."""
        import yaml

        text = self.text.replace("\t", " ") if self.path.endswith("json") else self.text
        try:
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, RecursionError):
            return ()
        return tuple(places_of(node)) if node else ()

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """Line and column (from 1) of each value, by JSON Pointer; empty where they cannot be told."""
        return dict(self.listed)

    def repetitions(self) -> Iterator[tuple[str, int]]:
        """The pointers of keys that stand twice in one place, each with the line where it stands again."""
        seen: set[str] = set()
        twice: set[str] = set()
        for pointer, (line, _) in self.listed:
            if pointer in seen and twice.isdisjoint(above(pointer)):
                twice.add(pointer)
                yield pointer, line
            seen.add(pointer)

    def line(self, pointer: str) -> int | None:
        """The line on which the value at `pointer`, or its nearest parent, stands."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        place = self.places.get(pointer)
        return place[0] if place else None


def above(pointer: str) -> Iterator[str]:
    """The pointers of all that holds what stands at a JSON Pointer."""
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def read_document(path: Path, name: str | None = None) -> Document:
    """Read a YAML or JSON file.

    Raises `CannotRead` when it cannot be opened, `UnusableFile` with the line when it is not well formed.
    """
    name = name or path.as_posix()
    try:
        if path.stat().st_size > limits.DEFINITION_BYTES:
            raise UnusableFile("definition-too-large", where=name, limit=limits.DEFINITION_BYTES // 1024**2)
        raw = path.read_bytes()
    except OSError as error:
        raise CannotRead.because(error, name) from error
    return parse_document(decoded(raw, name), name)


def decoded(raw: bytes, name: str) -> str:
    """Text by its byte order mark, else as UTF-8."""
    encoding = "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnusableFile("not-utf8", where=f"{name}:{line}", byte=f"0x{raw[error.start]:02X}") from error


def parse_document(text: str, name: str) -> Document:
    """Parse YAML, or JSON where the name ends in `json`; raises `UnusableFile` with line and column."""
    repeated: list[str] = []
    parse = parse_json if name.lower().endswith("json") else parse_yaml
    try:
        value = parse(text, name, repeated)
    except RecursionError as error:
        raise UnusableFile("too-deep", where=name, limit=limits.DEPTH) from error
    if not shallow(value):
        raise UnusableFile("too-deep", where=name, limit=limits.DEPTH)
    return Document(name, value, text, tuple(dict.fromkeys(repeated)))


def parse_json(text: str, name: str, repeated: list[str]) -> Any:
    """Parse JSON; keys that stand twice in one object are noted in `repeated`."""

    def noted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated.extend(key for key in found if keys.count(key) > 1)
        return found

    try:
        return json.loads(without_surrogates(text), object_pairs_hook=noted)
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise UnusableFile("not-json", where=where) from error
    except ValueError as error:
        raise UnusableFile("huge-number", where=name) from error


def without_surrogates(text: str) -> str:
    """JSON without escapes of lone surrogates, which are no characters: each becomes U+FFFD."""
    return text if "\\ud" not in text.lower() else LONE_SURROGATE.sub(r"\\ufffd", text)


def parse_yaml(text: str, name: str, repeated: list[str]) -> Any:
    """Parse one YAML document; keys that stand twice in one mapping are noted in `repeated`."""
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise UnusableFile("not-yaml", where=where) from error
    except yaml.YAMLError as error:
        raise UnusableFile("not-yaml", where=name) from error
    return None if node is None else YamlReader(name, repeated).value(node)


class YamlReader:
    """Builds the value of a YAML document. Aliases are refused: a few lines of them can stand for gigabytes."""

    def __init__(self, name: str, repeated: list[str]) -> None:
        self.name = name
        self.repeated = repeated
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int = 0) -> Any:
        """The value of a node; raises `UnusableFile`."""
        import yaml

        if isinstance(node, yaml.ScalarNode):
            return scalar(str(node.value), plain=not node.style)
        where = f"{self.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
        if depth > limits.DEPTH:
            raise UnusableFile("too-deep", where=where, limit=limits.DEPTH)
        if id(node) in self.seen:
            raise UnusableFile("yaml-alias", where=where)
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        return [self.value(each, depth + 1) for each in node.value]

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        """The value of a mapping; keys that stand twice are noted."""
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self.repeated.append(key)
            found[key] = self.value(value_node, depth + 1)
        return found


def scalar(text: str, *, plain: bool) -> Any:
    """A YAML scalar by the core schema of YAML 1.2."""
    if not plain:
        return text
    if text in NOTHING:
        return None
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return text if len(text) > LONGEST_INTEGER else int(text, 0 if text[:2] in {"0x", "0o"} else 10)
    return float(text) if FLOAT.fullmatch(text) else text


def shallow(value: Any) -> bool:
    """Whether `value` nests no deeper than the limit."""
    layer = [value]
    for _ in range(limits.DEPTH):
        layer = [
            child
            for each in layer
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
        ]
        if not layer:
            return True
    return False


def places_of(node: yaml.Node, pointer: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the value at each pointer stands: a mapping's value stands where its key does."""
    import yaml

    if not pointer:
        yield "", (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = f"{pointer}/{escaped(str(key.value))}"
            yield here, (key.start_mark.line + 1, key.start_mark.column + 1)
            yield from places_of(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = f"{pointer}/{index}"
            yield here, (value.start_mark.line + 1, value.start_mark.column + 1)
            yield from places_of(value, here)


def escaped(key: str) -> str:
    """A key as JSON Pointer (RFC 6901) writes it."""
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One place where a value breaks a JSON Schema: the pointer, the keyword broken, and what it asked for.

    `unknown` are the keys that stand there and that the schema does not know.
    """

    pointer: str
    keyword: str
    expected: str
    found: str
    unknown: tuple[str, ...] = ()


class JsonSchema:
    """A compiled JSON Schema; references to other files are never followed."""

    def __init__(self, schema: Mapping[str, Any], kind: Any = None) -> None:
        """`kind`: the class of jsonschema that judges, where it is not the one that the schema names."""
        from jsonschema_specifications import REGISTRY

        kind = kind or kind_of(schema)
        kind.check_schema(dict(schema))
        # By `$schema`, jsonschema would choose the class anew where a reference leads back to the whole.
        whole = {key: value for key, value in schema.items() if key != "$schema"}
        self._validator = kind(whole, registry=REGISTRY, format_checker=kind.FORMAT_CHECKER)

    def problems(self, value: Any) -> Iterator[Problem]:
        """Every problem, in the order of the document."""
        from referencing.exceptions import Unresolvable

        try:
            errors = sorted(self._validator.iter_errors(value), key=lambda error: in_order(error.absolute_path))
        except (Unresolvable, RecursionError, OverflowError) as stopped:
            yield Problem(pointer="", keyword="$ref", expected=str(stopped), found="")
            return
        for error in errors:
            unknown = unknown_keys(error) if error.validator == "additionalProperties" else []
            yield Problem(
                pointer="".join(f"/{escaped(str(part))}" for part in error.absolute_path),
                keyword=str(error.validator),
                expected=shown(missing_key(error) if error.validator == "required" else error.validator_value),
                found=shown(unknown or error.instance),
                unknown=tuple(unknown),
            )


def in_order(path: Iterable[str | int]) -> list[tuple[bool, str | int]]:
    """A path as a sorting key: list indices by their number, before any keys."""
    return [(isinstance(part, str), part) for part in path]


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def missing_key(error: Any) -> Any:
    """The required key that a problem of `required` is about."""
    return next(
        (key for key in error.validator_value if f"'{key}'" in error.message[: len(key) + 4]), error.validator_value
    )


def unknown_keys(error: Any) -> list[str]:
    """The keys that a schema does not know."""
    from beffroi.expressions.keywords import holds

    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    return [key for key in error.instance if key not in known and not any(holds(each, key) for each in patterns)]


def shown(value: Any) -> str:
    """A value as short text for a message."""
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        text = ", ".join(str(each) for each in value)
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limits.VALUE_SHOWN else text[: limits.VALUE_SHOWN] + "…"


def json_schema_validator(schema: Mapping[str, Any]) -> JsonSchema | None:
    """Compile a JSON Schema that others wrote.

    `None` for one that is not valid itself, refers to what is not in it, or has a pattern that is refused.
    """
    from jsonschema.exceptions import SchemaError

    from beffroi.expressions.keywords import bounded

    try:
        usable = refused_pattern(schema) is None and refers_within(schema)
        return JsonSchema(schema, bounded(kind_of(schema))) if usable else None
    except (SchemaError, RecursionError):
        return None


def refused_pattern(schema: Mapping[str, Any]) -> str | None:
    """The first pattern of a JSON Schema that cannot be understood, or not be searched for in time."""
    from beffroi.expressions import keywords

    return keywords.refused_pattern(schema)


def kind_of(schema: Mapping[str, Any]) -> Any:
    """The class of jsonschema that judges by a schema."""
    from jsonschema import validators

    return validators.validator_for(schema, default=validators.validator_for({"$schema": DIALECT}))


def refers_within(schema: Mapping[str, Any]) -> bool:
    """Whether every reference leads to a place in the schema itself, or to a published meta-schema."""
    from jsonschema_specifications import REGISTRY
    from referencing import Resource
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    root: Resource[Any] = Resource.from_contents(dict(schema), default_specification=DRAFT202012)
    resolver = REGISTRY.resolver_with_root(root)
    try:
        for reference in references_in(schema):
            resolver.lookup(reference)
    except Unresolvable:
        return False
    return True


def references_in(value: Any) -> Iterator[str]:
    """Every reference in a JSON Schema."""
    if isinstance(value, Mapping):
        yield from (each for key, each in value.items() if key in {"$ref", "$dynamicRef"} and isinstance(each, str))
    for child in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from references_in(child)
