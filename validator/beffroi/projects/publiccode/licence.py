"""Whether `legal.license` of a publiccode.yml is an SPDX licence expression, of licences that SPDX lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from beffroi.licences.normalising import normalised
from beffroi.licences.register import Register
from beffroi.projects.publiccode.flaw import Flaw, error, warning

AT = "/legal/license"
LONGEST = 500


def of_licence(written: str, register: Register) -> Iterator[Flaw]:
    """What is wrong with a licence as it is written."""
    unknown = unknown_ids(written)
    if unknown is None:
        yield error("not-an-expression", AT, found=written)
        return
    for each in unknown:
        meant = normalised(each, register).possible
        yield (
            error("licence-meant", AT, found=each, meant=" / ".join(meant[:3]))
            if meant
            else error("licence-unknown", AT, found=each)
        )
    if not unknown and (usual := spelt(written)) != " ".join(written.split()):
        yield warning("licence-spelt-otherwise", AT, found=written, usual=usual)


def unknown_ids(written: str) -> tuple[str, ...] | None:
    """The ids in an expression that SPDX does not know; `None` for what is no expression."""
    from license_expression import ExpressionError

    if len(written) > LONGEST or not written.strip():
        return None
    try:
        parsed = spdx().parse(written)
        return tuple(str(each) for each in spdx().unknown_license_keys(parsed))
    except (ExpressionError, RecursionError):
        return None


def spelt(written: str) -> str:
    """An expression with the ids that SPDX prefers."""
    return str(spdx().parse(written).render())


@cache
def spdx() -> Any:
    """The licences and exceptions of the SPDX list, as `license-expression` carries it."""
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()
