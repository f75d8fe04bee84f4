"""`supports` entries for the publiccode.yml of a conformant project: the charter, and the standards of its data.

An entry is what publiccode.yml calls a declared conformance, `supports: [{id: …}]`, whose id is a URI. Neither charters
nor standards have addresses of their own, so they are named as `beffroi:charter:…` and `beffroi:standard:…`. What the
project itself says that its software supports is not repeated: nobody looked at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.declaring.judged import Judged
from beffroi.errors import BeffroiError
from beffroi.model.levels import Verdict
from beffroi.standards.writing import as_yaml

NOTES = {
    "en": "To paste into publiccode.yml. {name} conforms to {charter}, by beffroi {version} on {day}; "
    "waivers: {waivers}",
    "fr": "À coller dans publiccode.yml. {name} est conforme à {charter}, d’après beffroi {version} le {day}\u00a0; "
    "dérogations\u00a0: {waivers}",
}


class NotConformant(BeffroiError):
    """A project does not conform to its charter, so it cannot say that it does."""

    exit_code = 1


def render(judged: Judged) -> str:
    """The entries, to be pasted. Raises `NotConformant`."""
    if judged.report.verdict is not Verdict.CONFORMANT:
        raise NotConformant("not-conformant", where=judged.project.path, verdict=judged.project.verdict)
    note = NOTES[judged.lang].format(
        name=judged.name,
        charter=judged.charter.name,
        version=judged.report.beffroi,
        day=judged.report.generated[:10],
        waivers=judged.waived,
    )
    return as_yaml({"supports": [{"id": each} for each in dict.fromkeys(supported(judged))]}, {"": note})


def supported(judged: Judged) -> Iterator[str]:
    """What the project conforms to: its charter, and the standards that its data were seen to follow."""
    yield f"beffroi:charter:{judged.charter.name}"
    for each in judged.report.subjects:
        if each.kind in {"table", "package"} and each.standard and each.verdict is Verdict.CONFORMANT:
            version = f"@{each.standard.version}" if each.standard.version else ""
            yield f"beffroi:standard:{each.standard.id}{version}"
