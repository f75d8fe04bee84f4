"""In which order people are called when the water rises: those closest to the water first."""


def order(households: list[dict[str, float]]) -> list[dict[str, float]]:
    """Households as mappings with `height_above_water_m`; the lowest first."""
    return sorted(households, key=lambda each: each["height_above_water_m"])
