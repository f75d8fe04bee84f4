"""Measure beffroi at the works it is made for, side by side with others: see `benchmarks/README.md`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.comparing import compared
from benchmarks.machine import machine
from benchmarks.measuring import measured
from benchmarks.showing import HEAD, described, row
from benchmarks.works import MILLION, WORKS, Work


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("works", nargs="*", metavar="WORK", help="which works (default: all)")
    options.add_argument("--list", action="store_true", help="list the works")
    options.add_argument("--turns", type=int, help="how many times to run each side")
    size = options.add_mutually_exclusive_group()
    size.add_argument("--scale", type=float, default=1.0, help="a share of all sizes, for a quick try")
    size.add_argument("--rows", type=float, metavar="MILLIONS", help="how many million rows for our side")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="where to make the tables, and keep them")
    options.add_argument("--json", type=Path, metavar="FILE", help="write every run of the works to a file")
    options.add_argument("--peers", action="store_true", help="measure other validators on the same table")
    return options


def chosen(options: argparse.Namespace) -> list[Work]:
    """The works that were asked for, in the size that was asked for."""
    known = {work.id: work for work in WORKS}
    unknown = [name for name in options.works if name not in known]
    if unknown:
        sys.exit(f"there is no work {unknown[0]!r}; the works: {', '.join(known)}")
    works = [known[name] for name in options.works or known]
    return [work.scaled(scale(options, work)) for work in works]


def scale(options: argparse.Namespace, work: Work) -> float:
    """The share of the sizes of a work."""
    rows = work.sides[0].given.size
    return float(options.rows * MILLION / rows if options.rows and rows else options.scale)


@contextmanager
def tables(keep: Path | None) -> Iterator[Path]:
    """The folder of the tables, which goes away unless it is to be kept."""
    if keep is not None:
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="beffroi-benchmarks-") as folder:
        yield Path(folder)


def listed() -> None:
    """Print the works."""
    for work in WORKS:
        print(f"{work.id:28} {work.measures}; {work.least}")


def measure(options: argparse.Namespace, folder: Path) -> None:
    """Measure, and print each row of the table when it is known."""
    works, asked = [], chosen(options)
    print(HEAD)
    for work in asked:
        each = measured(work, folder, options.turns)
        print(row(each), flush=True)
        works.append(described(each))
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "works": works}, indent=1), encoding="utf-8")


def compare(options: argparse.Namespace, folder: Path) -> None:
    """Measure beside other validators, and print each row when it is known."""
    for line in compared(folder, options.rows or options.scale, options.turns):
        print(line, flush=True)


def main() -> None:
    """The command."""
    options = parser().parse_args()
    if options.list:
        listed()
        return
    with tables(options.keep) as folder:
        (compare if options.peers else measure)(options, folder)
    print(f"\n{machine()}.\nCommand: `{' '.join(['python -m benchmarks', *sys.argv[1:]])}`.")


if __name__ == "__main__":
    main()
