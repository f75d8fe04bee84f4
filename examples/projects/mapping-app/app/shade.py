"""How far the shade of a tree falls."""

from math import radians, tan


def length_of_shade(height_m: float, sun_degrees: float) -> float:
    """The length of the shade of a tree, in metres; without end when the sun is down."""
    return height_m / tan(radians(sun_degrees)) if sun_degrees > 0 else float("inf")
