"""Names of communes."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("Commune", years=(2023, 2024))
