"""Which licence of the register the entries of others are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from beffroi.licences.register import Register
from benchmarks.licences.sources import Entry

OWN = re.compile(r"^LicenseRef-scancode-(.+?)(?:-(?:en|fr|de))?$")
"""How ScanCode names what the SPDX list does not have, maybe with its language."""

CALLED = {"python.LICENSE": "Python-2.0.1"}
"""Entries that the SPDX list calls by another id: their wording is that of its text."""

FORMER: Mapping[str, str] = {
    "AGPL-3.0": "AGPL-3.0-only", "GFDL-1.2": "GFDL-1.2-only", "GFDL-1.3": "GFDL-1.3-only", "GPL-2.0": "GPL-2.0-only",
    "GPL-3.0": "GPL-3.0-only", "LGPL-2.0": "LGPL-2.0-only", "LGPL-2.1": "LGPL-2.1-only", "LGPL-3.0": "LGPL-3.0-only",
    "GPL-2.0+": "GPL-2.0-or-later", "GPL-3.0+": "GPL-3.0-or-later", "LGPL-2.0+": "LGPL-2.0-or-later",
    "LGPL-2.1+": "LGPL-2.1-or-later", "LGPL-3.0+": "LGPL-3.0-or-later",
    "MPL-2.0-no-copyleft-exception": "MPL-2.0", "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "OFL-1.1-RFN": "OFL-1.1", "OFL-1.1-no-RFN": "OFL-1.1",
}  # fmt: skip
"""Ids as older lists have them, and those of one text with another id."""


def ours(given: Entry, register: Register) -> str | None:
    """Which licence of the register an entry of ScanCode is."""
    key = key_of(given)
    names = {each.casefold().removeprefix("licenseref-").replace(".", "-"): each for each in register.licences}
    return names.get(OWN.sub(r"\1", key).casefold().replace(".", "-"))


def key_of(given: Entry) -> str:
    """What an entry is called: the id of the SPDX list, or that of ScanCode."""
    return CALLED.get(given.name) or given.facts.get("spdx_license_key") or given.facts["key"]


def today(licence: str) -> str:
    """The id by which a licence goes today; that of the plain text where its own differs in no word."""
    licence = licence.removeprefix("deprecated_")
    return FORMER.get(licence, licence)
