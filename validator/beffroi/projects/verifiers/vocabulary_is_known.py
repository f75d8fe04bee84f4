"""The layers, the phase and the flags of the project are of the vocabulary of the charter.

Looks at `project.layers` (at least one), `project.phase` and the names under `project.flags`. A vocabulary that the
charter leaves empty takes any word. Whether the project really belongs to these layers is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from beffroi.documents import escaped
from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

LAYERS, PHASE, FLAGS = "/project/layers", "/project/phase", "/project/flags"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look up each of the words."""
    layers, phase = project.declaration.items(LAYERS), project.declaration.get(PHASE)
    found = [*strange_layers(project), *strange_phase(project), *strange_flags(project)]
    yield from found or [met("known", at=LAYERS, layers=", ".join(layers), phase=phase)]


def strange_layers(project: Project) -> Iterator[Observation]:
    """No layer, or layers that the charter does not know."""
    known = project.charter.vocabulary.layers
    layers = dict(project.declaration.each(LAYERS))
    strange = [at for at, layer in layers.items() if known and layer not in known]
    if not layers:
        yield lacking("no-layer", at=LAYERS, known=listed(known), method=Method.DECLARED)
    elif strange:
        names = listed(layers[at] for at in strange)
        yield lacking("unknown-layers", at=strange[0], layers=names, known=listed(known))


def strange_phase(project: Project) -> Iterator[Observation]:
    """No phase, or one that the charter does not know."""
    known, phase = project.charter.vocabulary.phases, project.declaration.get(PHASE)
    if not phase:
        yield lacking("no-phase", at=PHASE, known=listed(known), method=Method.DECLARED)
    elif known and phase not in known:
        yield lacking("unknown-phase", at=PHASE, phase=phase, known=listed(known))


def strange_flags(project: Project) -> Iterator[Observation]:
    """Flags that the charter does not know."""
    known = project.charter.vocabulary.flags
    if strange := [each for each in project.declaration.get(FLAGS, {}) if known and each not in known]:
        at = f"{FLAGS}/{escaped(strange[0])}"
        yield lacking("unknown-flags", at=at, flags=listed(strange), known=listed(known))


def listed(words: Iterable[str]) -> str:
    """Some words in a row, each once."""
    return ", ".join(dict.fromkeys(words))


VERIFIER = Verifier(run=run)
