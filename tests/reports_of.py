"""Reports of every kind, made from real files: what each format is tried on."""

import os
import shutil
from datetime import date
from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.checking import check_paths
from beffroi.model.report import Report
from beffroi.settings import Settings
from conftest import ROOT

INPUTS = ROOT / "tests" / "cases" / "formats" / "inputs"
TODAY = date(2026, 11, 23)
HOSTILE = "hostile & <b>,=x.csv"
KINDS = (
    "clean",
    "dirty",
    "dirty.fr",
    "hostile",
    "unreadable",
    "cannot-tell",
    "package",
    "project",
    "project.fr",
    "moving",
)
"""What `report_of` makes; `.fr` is in French."""


def laid_out(folder: Path) -> None:
    """Copy the files of the reports into a folder, and go there."""
    shutil.copytree(INPUTS, folder / "inputs")
    shutil.copytree(ROOT / "examples" / "air-quality", folder / "air-quality")
    os.chdir(folder / "inputs")


def report_of(kind: str, *, every: bool = False, excerpt: int = 0) -> Report:
    """A report of that kind, in the folder where its files are laid out."""
    name, _, lang = kind.partition(".")
    catalogue = Catalogue.of(Path("catalogue"))
    settings = Settings(lang=lang or "en", today=TODAY, samples=None if every else 20, jobs=1, excerpt=excerpt)

    def check(path: str, standard: str | None = None, also: str | None = None) -> Report:
        asked = [catalogue.standard(each) if each else None for each in (standard, also)]
        return check_paths([path], asked[0], settings, catalogue=catalogue, also=asked[1])

    match name:
        case "clean" | "dirty":
            return check(f"{name}.csv", standard="schema.json")
        case "hostile":
            return check(HOSTILE, standard="schema.json")
        case "unreadable":
            return check("picture.csv", standard="schema.json")
        case "cannot-tell":
            return check("clean.csv")
        case "package":
            return check("../air-quality", standard="air-quality")
        case "moving":
            return check("dirty.csv", standard="schema.json", also="bicycle-parking")
    return check("project")
