"""Names of cantons."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("Canton", years=(2023, 2024))
