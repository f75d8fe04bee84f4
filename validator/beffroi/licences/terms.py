"""Whether words beside a licence set terms of their own: an exception, a restriction, another licence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

WINDOW = 40
"""Within so many words,"""
ENOUGH = 3
"""so many that lawyers use make terms."""
LEGAL = re.compile(
    "|".join(
        """
        acknowledg agree authori autoris adverti cession compli conced concession condition consent copyleft derivative distribu
        doit doivent droit either endors entitle except exclu forbid garanti govern grant gratuit herein hereby
        hereunder indemn infring interdi jurisdiction liab licensee licensor limitation loss merchant modific modify
        must notwithstanding obligat owner patent permis permit prohibit promot provided prevail purchas redistrib
        relicens relinquish require reserve respons reproduc reuse reutilis right royalt sell shall sold subject sublicens
        terms tort trademark unless verbatim waive warrant
        """.split()
    )
)
"""How words begin that lawyers use."""
SURE = frozenset(
    """
    alternatively commercial dual duallicensed duallicense exception exceptions incompatible noncommercial proprietary relicensed
    restriction restrictions sauf interdit interdite prohibited
    """.split()
)
"""Words of which one is enough."""
LICENCES = re.compile(
    r"affero|[al]?gpl[sv\d.]*|bsd|bsl|cc(?:by|0|zero)\w*|cddl|cecill|cpl|epl|etalab|eupl|g?fdl|gnu|isc|mit|mpl|ncsa|odbl|ofl"
    r"|osl|psf|unlicense|wtfpl|zlib"
)
"""Words that name a licence."""
PHRASES = re.compile(
    r"\b(?:apache|artistic|boost|creative|eclipse|mozilla|php|python|public|zope) (?:\S+ )?(?:licen[cs]e|commons|domain)"
    r"|\bmay (?:not |only )?be (?:sold|resold|distributed|redistributed|reproduced|licensed|relicensed)"
    r"|\bmay not (?:be )?(?:used?|sell|sold|cop(?:y|ied)|distribut\w+|redistribut\w+|modif\w+|reproduc\w+)"
)
"""Words that together name a licence or set terms."""
TURNING = frozenset(
    """
    not no nor non never neither without only except unless but cannot nothing may must shall prohibited forbidden
    commercial noncommercial ne ni pas sans sauf seul seulement aucun aucune jamais interdit interdite interdits
    excepte hors nicht kein keine ohne nur ausser
    """.split()
)
"""Words that can turn the meaning of a sentence."""


def sets_terms(runs: Iterable[Sequence[str]], own: Collection[str]) -> str:
    """The words by which runs of words set terms; an empty text where they set none.

    `own` are the words of the names of the licence itself, which may be named beside it.
    """
    return next((found for run in runs for found in terms(run, own)), "")


def terms(run: Sequence[str], own: Collection[str]) -> Iterator[str]:
    """What in a run of words sets terms."""
    yield from (each for each in run if each in SURE or (LICENCES.fullmatch(each) and each not in own))
    yield from (each for each in PHRASES.findall(" ".join(run)) if each.split()[0] not in own)
    places = [place for place, word in enumerate(run) if LEGAL.match(word)]
    for first, last in zip(places, places[ENOUGH - 1 :], strict=False):
        if last - first < WINDOW:
            yield " ".join(run[first : last + 1])


def turns(words: Iterable[str]) -> bool:
    """Whether there is a word that can turn the meaning of a sentence, or a number."""
    return any(each in TURNING or any(map(str.isdecimal, each)) for each in words)
