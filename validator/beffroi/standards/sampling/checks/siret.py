"""Numbers of establishments."""

from beffroi.standards.sampling.checks._sirene import numbered, siret

HOOK = numbered(siret)
