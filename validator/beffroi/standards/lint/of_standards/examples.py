"""A standard comes with a file that conforms, and with one that must fail.

Why: examples are how a standard is tested, and what vendors look at first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole
from beffroi.standards.testing import EXPECTED, examples_of


def defects(whole: Whole) -> Iterator[Defect]:
    """Examples that are missing, or that do not say what is found in them."""
    if whole.kind is Kind.OWN:
        yield from of_ours(whole)
    elif whole.kind is Kind.SCHEMA and not whole.standard.descriptor.get("resources") and not beside(whole.target.file):
        yield whole.located(fault("standard-no-valid-example", "of-others"))


def of_ours(whole: Whole) -> Iterator[Defect]:
    """What is missing among the examples of a standard of our own."""
    found = list(examples_of(whole.standard))
    failing = [path for path, valid in found if not valid]
    if len(failing) == len(found):
        yield whole.located(fault("standard-no-valid-example"))
    if not failing:
        yield whole.located(fault("standard-no-failing-example"))
    for path in failing:
        declared = path / EXPECTED if path.is_dir() else path.with_name(f"{path.stem}.{EXPECTED}")
        if not declared.is_file():
            yield Defect(fault=fault("example-without-expectation", name=declared.name), file=path.name)


def beside(file: Path) -> bool:
    """Whether there are examples in the folder of a schema."""
    return any(any(file.parent.glob(f"{stem}*")) for stem in ("exemple", "example", "valid"))
