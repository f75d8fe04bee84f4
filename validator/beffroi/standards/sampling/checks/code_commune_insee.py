"""Codes of communes."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("CodeCommuneInsee", years=(2023, 2024))
