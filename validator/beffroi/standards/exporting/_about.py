"""What a standard says of itself, and which of its rules stand outside the formats of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.model.standard import CheckUse, ResourceRules
from beffroi.rulebook import known_rules, rule
from beffroi.settings import LANGUAGES
from beffroi.standards.exporting._export import Order, Remark, filled, remark, schema_of
from beffroi.tables.checks import find
from beffroi.tables.row_checks import compile_check

SPDX = "https://spdx.org/licenses"
NAMES_OF_LANGUAGES = {"en": {"en": "English", "fr": "anglais"}, "fr": {"en": "French", "fr": "français"}}


def texts_of(given: Any, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The objects of a list, with those of the keys that hold a text or, for roles, texts."""
    listed = [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []
    return [{key: each[key] for key in keys if each.get(key) and isinstance(each[key], str | list)} for each in listed]


def sources(order: Order) -> list[dict[str, Any]]:
    """The laws and standards that it rests upon."""
    return texts_of(order.standard.descriptor.get("sources"), ("title", "path", "version"))


def contributors(order: Order) -> list[dict[str, Any]]:
    """Who keeps it, as version 2 of Data Package writes them."""
    return texts_of(order.standard.descriptor.get("contributors"), ("title", "path", "email", "organization", "roles"))


def accepted(order: Order) -> tuple[str, ...]:
    """The licences that data may be under, by their ids; nothing where another file lists them."""
    rules = order.standard.descriptor.get("licences")
    given = rules.get("accept") if isinstance(rules, Mapping) else None
    return tuple(each for each in given if isinstance(each, str)) if isinstance(given, list) else ()


def licence_rule(order: Order) -> str:
    """The licences that it accepts, as a remark tells them."""
    rules = order.standard.descriptor.get("licences")
    given = rules.get("accept") if isinstance(rules, Mapping) else None
    return given if isinstance(given, str) else ", ".join(accepted(order))


def licence(name: str) -> dict[str, str]:
    """A licence by its SPDX id."""
    return {"name": name, "path": f"{SPDX}/{name}.html"}


def origin(order: Order, lost: Sequence[Remark]) -> dict[str, Any]:
    """Where an export comes from and what it does not say, for a key of our own that others ignore."""
    standard = order.standard
    return filled(
        {
            "standard": standard.name,
            "sha256": standard.sha256,
            "status": None if standard.status == "active" else standard.status,
            "replacedBy": standard.replaced_by,
            "notChecked": [each.line(order.lang) for each in lost],
        }
    )


def checks_lost(order: Order) -> Iterator[Remark]:
    """The checks beyond the table schema."""
    for rules in order.resources:
        for use in rules.checks:
            yield check_lost(order, rules, use, "check")


def check_lost(order: Order, rules: ResourceRules, use: CheckUse, kind: str) -> Remark:
    """One check that others do not make; `kind` tells why."""
    claim = rule(use.check).words["title"] if use.check in known_rules() else use.check
    when = "; ".join(f"{name} = {' / '.join(values)}" for name, values in use.when.items())
    columns = columns_of(use) if can_run(use, rules) else "?"
    return remark(kind, resource=order.place(rules), columns=columns, claim=claim, check=use.check, when=when)


def can_run(use: CheckUse, rules: ResourceRules) -> bool:
    """Whether a check is one of ours, and its options are what it takes."""
    return compile_check(use, schema_of(rules).names)[0] is not None


def columns_of(use: CheckUse) -> str:
    """The columns that a check is about, such as `start <= end`."""
    check = find(use.check)
    sign = f" {use.options['operator']} " if "operator" in use.options else ", "
    return sign.join(check.column_names(use.options)) if check else "?"


def rules_lost(order: Order) -> Iterator[Remark]:
    """What a standard asks of a delivery as a whole, which no schema of a table says."""
    standard = order.standard
    if listed := licence_rule(order):
        yield remark("licences", accepted=listed)
    if standard.package:
        yield remark("metadata")
    raw = standard.descriptor.get("raw")
    if isinstance(raw, Mapping) and raw.get("required"):
        yield remark("raw")
    optional = [each.name for each in order.resources if not each.required]
    if optional and order.is_package:
        yield remark("optional-tables", tables=", ".join(optional))
    yield from files_lost(order)


def files_lost(order: Order) -> Iterator[Remark]:
    """In which formats tables may come, which of them must, and the levels of rules."""
    for rules in order.resources:
        if rules.formats:
            yield remark("formats", resource=order.place(rules), formats=", ".join(rules.formats))
    if order.standard.levels:
        yield remark("levels", levels=", ".join(f"{name} ({each})" for name, each in order.standard.levels.items()))


def language_lost(order: Order) -> Iterator[Remark]:
    """The texts in another language than the export's."""
    texts = [each.title for rules in order.resources for each in schema_of(rules).fields]
    given = {lang for text in texts if isinstance(text, Mapping) for lang in text}
    for lang in LANGUAGES:
        if lang in given and lang != order.lang:
            yield remark("language", language=NAMES_OF_LANGUAGES[lang])
