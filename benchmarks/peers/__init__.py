"""Other validators, each with its program here, and what each of them was seen not to find in the table of grants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(__file__).parent
READ_BY_POLARS = (
    "cells too many are dropped in silence (or end the reading, without `truncate_ragged_lines`); a row too short is "
    "taken for one with empty cells, a blank row for an empty cell in every required column; of a cell that is no "
    "number or date it says that the value is empty, not what was there; a repeated key counts for its first row too; "
    "the place is a row of the frame, not a line of the file"
)


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Another validator: what to install, its program, its share of our rows, and what it leaves out."""

    id: str
    requirements: tuple[str, ...]
    program: Path
    share: float = 1.0
    leaves_out: str


PEERS = (
    Peer(
        id="frictionless",
        requirements=("frictionless",),
        program=PROGRAMS / "by_frictionless.py",
        share=0.1,
        leaves_out="nothing of the table; a cell of a short row that is required counts twice",
    ),
    Peer(
        id="pandera",
        requirements=("pandera[polars]",),
        program=PROGRAMS / "by_pandera.py",
        leaves_out=READ_BY_POLARS,
    ),
    Peer(
        id="pointblank",
        requirements=("pointblank[pl]",),
        program=PROGRAMS / "by_pointblank.py",
        leaves_out=f"{READ_BY_POLARS}; gives totals of each step, and 500 rows of it unless asked for more",
    ),
    Peer(
        id="validata-table",
        requirements=("validata-table",),
        program=PROGRAMS / "by_validata.py",
        share=0.1,
        leaves_out="all after the first 1,000 errors; a table of more than 100,000 rows is an error of its own",
    ),
)
