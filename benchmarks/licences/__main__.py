"""Measure how licence texts are recognised, and print every wrong answer; or make the fingerprints anew.

python -m benchmarks.licences [--page]                  measure; `--page` writes docs/licence-recognition.md
python -m benchmarks.licences --make [--texts FOLDER]   make standards/licence-fingerprints.yaml
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from beffroi.licences.fingerprints import FILE
from beffroi.licences.register import Register
from benchmarks.licences.making import document, made
from benchmarks.licences.measuring import Tally, measured

ROOT = Path(__file__).parents[2]
FINGERPRINTS = ROOT / "standards" / FILE
PAGE = ROOT / "docs" / "licence-recognition.md"
MARKS = "<!-- the figures -->", "<!-- the end of the figures -->"


def main() -> int:
    """Make the fingerprints, or measure; 1 where an answer is wrong."""
    options = parsed()
    register = Register.bundled()
    if options.make:
        found = made(register, options.texts)
        FINGERPRINTS.write_text(document(found), encoding="utf-8")
        without = [each for each in register.licences if not any(each in one.licences for one in found)]
        print(f"{len(found)} fingerprints; without one: {', '.join(without)}")
        return 0
    tallies = list(measured(register))
    told = "\n".join(table(tallies))
    print(told, *wrong(tallies), sep="\n")
    if options.page:
        begin, end = MARKS
        before, rest = PAGE.read_text(encoding="utf-8").split(begin)
        PAGE.write_text(f"{before}{begin}\n\n{told}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")
    return 1 if any(each.wrong for each in tallies) else 0


def parsed() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.licences", description=__doc__.partition("\n")[0])
    parser.add_argument("--page", action="store_true", help="write the figures to docs/licence-recognition.md")
    parser.add_argument("--make", action="store_true", help="make the fingerprints anew")
    parser.add_argument(
        "--texts", type=Path, help="a folder of further texts, as <id>.<language>[.<number>][.part].txt"
    )
    return parser.parse_args()


def table(tallies: Iterable[Tally]) -> Iterator[str]:
    """What was measured, as Markdown."""
    yield "| texts | number | right | several, it among them | unknown | wrong |"
    yield "|---|---:|---:|---:|---:|---:|"
    for each in tallies:
        yield f"| {each.name} | {each.total} | {each.right} | {each.among} | {each.unknown} | {len(each.wrong)} |"


def wrong(tallies: Iterable[Tally]) -> Iterator[str]:
    """Every wrong answer."""
    return (f"{each.name}: {one}" for each in tallies for one in each.wrong)


if __name__ == "__main__":
    raise SystemExit(main())
