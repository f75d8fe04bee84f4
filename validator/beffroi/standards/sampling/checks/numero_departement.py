"""Numbers of départements."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("CodeDepartement", years=(2023, 2024))
