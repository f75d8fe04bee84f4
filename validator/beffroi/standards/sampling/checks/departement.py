"""Names of départements."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("Departement", years=(2023, 2024))
