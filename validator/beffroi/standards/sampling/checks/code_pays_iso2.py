"""Codes of countries."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("CodePaysISO2", years=(2023, 2024))
