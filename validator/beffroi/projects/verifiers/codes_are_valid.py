"""Every currency, country and language of the declaration is written as its code.

Looks at the whole declaration: currencies are of ISO 4217 and legal tender somewhere today, countries of ISO 3166-1
(two letters), languages of BCP 47, also those in which a text is given; by the lists of the Unicode CLDR. Looks at what
is written, also where its form is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beffroi.model.project import Observation
from beffroi.projects.codes import countries, currencies, is_language, meant_country, meant_currency, meant_language
from beffroi.projects.declaration import called
from beffroi.projects.observing import inapplicable, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier
from beffroi.projects.written_codes import Kind, Written, written_codes

MOST = 20
"""The most wrong codes that are told one by one."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look up every code; the same wrong one is told once."""
    every = list(written_codes(project.declaration))
    wrong = [each for each in every if not is_valid(each, project.today)]
    first = {(each.kind, each.code): each for each in reversed(wrong)}
    for each in [each for each in wrong if first[each.kind, each.code] is each][:MOST]:
        yield told(each, project.today)
    if not every:
        yield inapplicable("no-codes")
    elif not wrong:
        yield met("valid", count=len(every), codes=", ".join(sorted({each.code for each in every})))


def is_valid(written: Written, day: date) -> bool:
    """Whether a code is on its list on a day."""
    if written.kind is Kind.LANGUAGE:
        return is_language(written.code)
    return written.code in (currencies(day) if written.kind is Kind.CURRENCY else countries())


def told(written: Written, day: date) -> Observation:
    """A wrong code, with the one that is meant where that can be known."""
    kind, meant = written.kind.name.lower(), meant_by(written, day)
    details = {"code": written.code, "place": called(written.pointer), **({"meant": meant} if meant else {})}
    return lacking(f"other-{kind}" if meant else f"no-{kind}", at=written.pointer, **details)


def meant_by(written: Written, day: date) -> str | None:
    """The code that is meant by another."""
    if written.kind is Kind.LANGUAGE:
        return meant_language(written.code)
    return meant_country(written.code) if written.kind is Kind.COUNTRY else meant_currency(written.code, day)


VERIFIER = Verifier(run=run)
