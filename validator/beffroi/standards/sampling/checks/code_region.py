"""Codes of regions."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("CodeRegion", years=tuple(range(2015, 2025)))
