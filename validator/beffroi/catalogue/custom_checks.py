"""The `custom_checks` of schema.data.gouv.fr schemas, in our own ids and options."""

from collections.abc import Mapping
from typing import Any

PARAMETERS_OF_ONE_COLUMN = {"field": ("column",)}
PARAMETERS_OF_A_LIST = {"field": ("column",), "cog": ("cog", "version")}

# legacy name → our id, and for each of our options the legacy parameters that it takes the place of
TRANSLATIONS: dict[str, tuple[str, Mapping[str, tuple[str, ...]]]] = {
    "french-siren-value": ("siren", PARAMETERS_OF_ONE_COLUMN),
    "siren": ("siren", PARAMETERS_OF_ONE_COLUMN),
    "french-siret-value": ("siret", PARAMETERS_OF_ONE_COLUMN),
    "siret": ("siret", PARAMETERS_OF_ONE_COLUMN),
    "nomenclature-actes-value": ("nomenclature-acte", PARAMETERS_OF_ONE_COLUMN),
    "nomenclature-acte": ("nomenclature-acte", PARAMETERS_OF_ONE_COLUMN),
    "year-interval-value": ("year-interval", {"field": ("column",), "allow-year-only": ("allow-year-only",)}),
    "phone-number-value": ("phone-number", PARAMETERS_OF_ONE_COLUMN),
    "opening-hours-value": ("opening-hours", PARAMETERS_OF_ONE_COLUMN),
    "french-gps-coordinates": ("french-gps-coordinates", PARAMETERS_OF_ONE_COLUMN),
    "coordonnees-gps-francaises": ("french-gps-coordinates", PARAMETERS_OF_ONE_COLUMN),
    "compare-columns-value": (
        "compare-columns",
        {"column": ("column",), "operator": ("op",), "other": ("column2",)},
    ),
    "cohesive-columns-value": ("cohesive-columns", {"columns": ("column", "othercolumns")}),
    "sum-columns-value": ("sum-columns", {"column": ("column",), "columns": ("columns",)}),
    "one-of-required": ("one-of-required", {"columns": ("column1", "column2")}),
    "canton": ("canton", PARAMETERS_OF_A_LIST),
    "code-commune-insee": ("code-commune-insee", PARAMETERS_OF_A_LIST),
    "code-departement": ("numero-departement", PARAMETERS_OF_A_LIST),
    "code-fantoir": ("code-fantoir", PARAMETERS_OF_ONE_COLUMN),
    "code-pays-iso2": ("code-pays-iso2", PARAMETERS_OF_A_LIST),
    "code-pays-iso3": ("code-pays-iso3", PARAMETERS_OF_A_LIST),
    "code-postal": ("code-postal", PARAMETERS_OF_ONE_COLUMN),
    "code-region": ("code-region", PARAMETERS_OF_A_LIST),
    "code-rna": ("code-rna", PARAMETERS_OF_ONE_COLUMN),
    "commune": ("commune", PARAMETERS_OF_A_LIST),
    "departement": ("departement", PARAMETERS_OF_A_LIST),
    "id-rnb": ("id-rnb", PARAMETERS_OF_ONE_COLUMN),
    "numero-departement": ("numero-departement", PARAMETERS_OF_A_LIST),
    "pays": ("pays", PARAMETERS_OF_A_LIST),
    "region": ("region", PARAMETERS_OF_A_LIST),
}
LISTS = frozenset({"columns"})


def translated(name: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Our check id and options for one legacy `custom_checks` entry.

    An unknown name, and parameters that the name does not take, pass through unchanged: whoever compiles the checks
    reports them. Source: https://schema.data.gouv.fr, validata's documentation of custom checks.
    """
    if name not in TRANSLATIONS:
        return name, dict(params)
    check_id, options = TRANSLATIONS[name]
    named = {option: _gathered(option, legacy, params) for option, legacy in options.items()}
    taken = {parameter for legacy in options.values() for parameter in legacy}
    rest = {parameter: value for parameter, value in params.items() if parameter not in taken}
    return check_id, {option: values for option, values in named.items() if values not in (None, [])} | rest


def _gathered(option: str, legacy: tuple[str, ...], params: Mapping[str, Any]) -> Any:
    values = [params[parameter] for parameter in legacy if parameter in params]
    if option not in LISTS:
        return values[0] if values else None
    return [column for value in values for column in (value if isinstance(value, list) else [value])]
