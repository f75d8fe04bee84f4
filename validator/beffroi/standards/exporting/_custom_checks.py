"""Our checks as the `custom_checks` of Validata, where it has the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.custom_checks import LISTS, TRANSLATIONS
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, ResourceRules
from beffroi.standards.exporting._about import can_run, check_lost
from beffroi.standards.exporting._export import Order, Remark

OPERATORS = {">", ">=", "==", "<=", "<"}
NAMES = {check: name for name, (check, _) in TRANSLATIONS.items()}
"""Its name of each check of ours: the newest, which stands behind those that it deprecates."""
YES_OR_NO = {True: "yes", False: "no"}


def custom_checks(order: Order, rules: ResourceRules) -> tuple[list[dict[str, Any]], list[Remark]]:
    """The checks of one table that Validata makes too, and a remark for each other one.

    What Validata finds is an error, so a check that only recommends is left out.
    """
    found: list[dict[str, Any]] = []
    lost: list[Remark] = []
    for use in rules.checks:
        params = dict(params_of(use)) if can_run(use, rules) else {}
        if use.when:
            lost.append(check_lost(order, rules, use, "check-when"))
        elif not (use.level is Level.MUST if use.level else order.is_must(use.check)):
            lost.append(check_lost(order, rules, use, "check-recommended"))
        elif not params or not known_form(use, params):
            lost.append(check_lost(order, rules, use, "check-variant"))
        else:
            found.append({"name": NAMES[use.check], "params": params})
    return found, lost


def params_of(use: CheckUse) -> Iterator[tuple[str, Any]]:
    """The options of a check by the names that Validata gives them; nothing for a check that it does not have."""
    if use.check not in NAMES:
        return
    legacy: Mapping[str, tuple[str, ...]] = TRANSLATIONS[NAMES[use.check]][1]
    for option, value in use.options.items():
        names = legacy.get(option, (option,))
        if option in LISTS and isinstance(value, list | tuple) and len(names) > 1:
            first, *others = value
            yield names[0], first
            yield names[1], others if names[1].endswith("columns") else others[0] if len(others) == 1 else None
        else:
            yield names[0], YES_OR_NO[value] if isinstance(value, bool) else value


def known_form(use: CheckUse, params: Mapping[str, Any]) -> bool:
    """Whether Validata knows a check with these parameters."""
    legacy = {name for names in TRANSLATIONS[NAMES[use.check]][1].values() for name in names}
    return params.keys() <= legacy and None not in params.values() and params.get("op", "==") in OPERATORS
