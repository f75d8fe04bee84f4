"""Every point lies in France: longitude and latitude fall within a box around one of its inhabited territories.

The point is a geopoint in one column (`field`), or two numbers in columns of their own (`longitude` and `latitude`).

Why: a point abroad or in the sea is nearly always two numbers in the wrong order, a lost sign or another projection.
The boxes are rough, so a point just across a border passes. The national validator knows six of them only; here the
collectivities of Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin, Wallis-et-Futuna, Polynésie française and
Nouvelle-Calédonie belong to France too.

Source: schema.data.gouv.fr `french-gps-coordinates`; the first six boxes are those of frformat, the others are drawn
around the inhabited islands.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import one_or_two_columns

# west, south, east, north, in degrees (WGS 84)
TERRITORIES = {
    "France métropolitaine": (-5.141277, 41.333571, 9.560091, 51.088989),
    "Guadeloupe": (-61.809839, 15.832041, -61.001959, 16.514488),
    "Martinique": (-61.229033, 14.388646, -60.809655, 14.878723),
    "Guyane": (-54.60239, 2.111055, -51.619041, 5.748138),
    "La Réunion": (55.216526, -21.389631, 55.836654, -20.8718),
    "Mayotte": (45.01833, -13.005254, 45.299985, -12.63659),
    "Saint-Pierre-et-Miquelon": (-56.48, 46.69, -56.07, 47.19),
    "Saint-Barthélemy": (-62.97, 17.85, -62.75, 18.0),
    "Saint-Martin": (-63.17, 18.03, -62.95, 18.14),
    "Wallis-et-Futuna": (-178.25, -14.45, -176.05, -13.15),
    "Polynésie française": (-154.8, -28.0, -134.4, -7.8),
    "Nouvelle-Calédonie": (163.5, -22.8, 168.3, -19.4),
}
NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)")


def not_in_france(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the (longitude, latitude) of a geopoint, or of two numbers, lies outside every box."""
    values = [cell.value for cell in cells]
    if None in values:
        return None
    point = values[0] if len(values) == 1 else tuple(values)
    if not isinstance(point, tuple) or not all(isinstance(each, int | float | Decimal) for each in point):
        return fault("french-gps-coordinates", "not-a-geopoint")
    first, second = map(float, point)
    if _in_france(first, second):
        return None
    if _in_france(second, first):
        swapped = _swapped(cells[0].text or "") if len(cells) == 1 else None
        return fault("french-gps-coordinates", "swapped-coordinates", swapped)
    return fault("french-gps-coordinates")


def _in_france(longitude: float, latitude: float) -> bool:
    return any(
        west <= longitude <= east and south <= latitude <= north for west, south, east, north in TERRITORIES.values()
    )


def _swapped(text: str) -> str | None:
    parts = NUMBER.split(text)
    match parts:
        case [before, first, between, second, after]:
            return f"{before}{second}{between}{first}{after}"
    return None


CHECK = Check(run=not_in_france, columns=("field", "longitude", "latitude"), options=one_or_two_columns())
