"""Postal codes."""

from beffroi.standards.sampling.checks._published import listed

HOOK = listed("CodePostal")
