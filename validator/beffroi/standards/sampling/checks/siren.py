"""Numbers of companies."""

from beffroi.standards.sampling.checks._sirene import numbered, siren

HOOK = numbered(siren)
