"""It is known what running the project costs over the next years, and who pays.

Looks at `project.runningCost`: every entry has an amount, a currency and a payer, and as many years in a row as the
option `years` asks for have entries, from this year or the next one on. Years that cost nothing at all are for a person
to look at. Whether the payer agreed is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import doubtful, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/runningCost"
NEEDED = ("year", "amount", "currency", "payer")


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at what is said of the cost, and of which years."""
    costs = dict(project.declaration.each(AT))
    if not costs:
        yield lacking("untold", at=AT, method=Method.DECLARED)
        return
    wanted = wanted_years({each.get("year") for each in costs.values()}, project.today.year, options["years"])
    found = [*incomplete(costs), *uncovered(costs, wanted), *for_nothing(costs, wanted)]
    yield from found or [covered(costs, wanted)]


def wanted_years(told: set[Any], this: int, count: int) -> Sequence[int]:
    """The years to be covered: from this one on, or from the next where this one is not told."""
    first = this if this in told else this + 1
    return range(first, first + count)


def incomplete(costs: Mapping[str, Any]) -> Iterator[Observation]:
    """Entries of which not all is said."""
    lacks = {at: unsaid for at, each in costs.items() if (unsaid := [key for key in NEEDED if each.get(key) is None])}
    if lacks:
        told = ", ".join(f"{called(at)} ({', '.join(unsaid)})" for at, unsaid in lacks.items())
        yield lacking("incomplete", at=next(iter(lacks)), entries=told, method=Method.DECLARED)


def uncovered(costs: Mapping[str, Any], wanted: Sequence[int]) -> Iterator[Observation]:
    """Years without an entry."""
    told = {each.get("year") for each in costs.values()}
    if missing := [each for each in wanted if each not in told]:
        yield lacking("years-missing", at=AT, years=", ".join(map(str, missing)), count=len(wanted))


def for_nothing(costs: Mapping[str, Any], wanted: Sequence[int]) -> Iterator[Observation]:
    """Years in which it is said to cost nothing."""
    amounts: Counter[int] = Counter()
    for each in costs.values():
        if each.get("year") in wanted and each.get("amount") is not None:
            amounts[each["year"]] += each["amount"]
    if free := [year for year in sorted(amounts) if not amounts[year]]:
        yield doubtful("costs-nothing", at=AT, years=", ".join(map(str, free)))


def covered(costs: Mapping[str, Any], wanted: Sequence[int]) -> Observation:
    """What it costs in all, and who pays."""
    sums: Counter[str] = Counter()
    counted = [each for each in costs.values() if each["year"] in wanted]
    for each in counted:
        sums[each["currency"]] += each["amount"]
    total = ", ".join(f"{money(amount)} {currency}" for currency, amount in sums.items())
    payers = ", ".join(dict.fromkeys(each["payer"] for each in counted))
    return met("covered", at=AT, first=wanted[0], last=wanted[-1], total=total, payers=payers)


def money(amount: float) -> str:
    """An amount without decimals where it has none."""
    return f"{amount:.2f}".removesuffix(".00")


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["years"],
        "properties": {"years": {"type": "integer", "minimum": 1, "maximum": 50}},
    },
)
