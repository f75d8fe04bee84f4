"""Names of countries."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("Pays", years=(2024,))
