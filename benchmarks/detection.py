"""Measure how often the right standard is recognised, and print what was confused.

    python -m benchmarks.detection [--page] [FOLDER]        (default folder: ../shared/corpus)

Two catalogues are tried: our own, with our examples and other people's files, and the national registry of the corpus,
with the files that its schemas come with. `--page` writes the figures to `docs/detection.md`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from beffroi import BeffroiError
from beffroi.catalogue import Catalogue, version_key
from beffroi.detecting import Detector
from beffroi.model.standard import Standard
from beffroi.tables.delivery import delivered
from beffroi.tables.sources import is_table_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "detection.md"
MARKS = "<!-- the figures -->", "<!-- the end of the figures -->"
NONE = "none"
OURS = {
    "betagouv+SCDL-Subvention-DataSubvention": "council-grants",
    "etalab+schema-stationnement": "car-parks",
    "BaseAdresseNationale+validateur-bal": "street-addresses",
}
"""Folders of the corpus whose files follow a schema that a standard of ours is compatible with."""
OF_NONE = ("junk.ascii.csv", "CD58_SUBVENTIONS_2016", "SCDL_COM_Poitiers")
"""Files in them that follow no schema at all: their columns are others."""
REGISTRY = "datagouv+schema.data.gouv.fr/site/.vuepress/public/schemas"
NAMED_OTHERWISE = {
    "betagouv+SCDL-Subvention-DataSubvention": "subventions",
    "etalab+lieux-covoiturage": "schema-lieux-covoiturage",
}
"""Repositories that the registry lists under another name."""


@dataclass
class Tally:
    """How many files were taken for what: right, wrong, or not recognised."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, path: str, wanted: str, found: str) -> None:
        """Count one file."""
        if wanted == found:
            self.right[wanted] += 1
        else:
            self.wrong.append((path, wanted, found))

    @property
    def of_standards(self) -> tuple[int, int]:
        """How many files that follow a standard were taken for it, and how many there are."""
        right = sum(count for wanted, count in self.right.items() if wanted != NONE)
        return right, right + sum(wanted != NONE for _, wanted, _ in self.wrong)

    @property
    def of_none(self) -> tuple[int, int]:
        """How many files that follow no standard were taken for none, and how many there are."""
        right = self.right[NONE]
        return right, right + sum(wanted == NONE for _, wanted, _ in self.wrong)


def tallied(detector: Detector, files: Iterable[tuple[Path, str]], root: Path) -> Tally:
    """Recognise every file, each with the id that it should be given."""
    tally = Tally()
    for path, wanted in files:
        with delivered(path) as taken:
            best = detector.best(taken)
        tally.add(path.relative_to(root).as_posix(), wanted, best.standard.id if best else NONE)
    return tally


def examples() -> Iterator[tuple[Path, str]]:
    """Our own examples, valid or not, but for raw data."""
    for path in sorted((ROOT / "standards").glob("*/examples/**/*")):
        named = path.relative_to(ROOT / "standards").parts
        if path.is_file() and is_table_name(path.name) and path.name != "datapackage.json" and "raw" not in named:
            yield path, named[0]


def files_of_others(corpus: Path) -> Iterator[tuple[Path, str]]:
    """Tables of the corpus: those that follow a schema ours is compatible with, and all others, which follow none."""
    for ending in ("csv", "tsv", "geojson"):
        for path in sorted(corpus.rglob(f"*.{ending}")):
            other = any(each in path.name for each in OF_NONE)
            yield path, NONE if other else OURS.get(path.relative_to(corpus).parts[0], NONE)


def registry(corpus: Path) -> list[Standard]:
    """Every version of every Table Schema of the registry, newest first."""
    found = []
    for file in sorted((corpus / REGISTRY).glob("*/*/*/schema.json")):
        try:
            standard = Catalogue.of().standard(str(file))
        except BeffroiError:
            continue
        name, version = file.parts[-3], file.parts[-2]
        if version != "latest":
            found.append(replace(standard, id=name, version=version.removeprefix("v")))
    return sorted(found, key=lambda each: version_key(each.version or ""), reverse=True)


def files_of_registry(corpus: Path, known: set[str]) -> Iterator[tuple[Path, str]]:
    """The files that the registry's schemas come with, in the repositories of the corpus."""
    listed = json.loads((corpus / "verdicts.json").read_text(encoding="utf-8"))["verdicts"]
    pairs = {each["data"]: each["schema"] for each in listed if each["kind"] == "table-schema"}
    for data, schema in sorted(pairs.items()):
        if wanted := registered(corpus, schema, known):
            yield corpus / data, wanted


def registered(corpus: Path, schema: str, known: set[str]) -> str | None:
    """The registry's name of a schema of the corpus, if it has one."""
    if schema.startswith(REGISTRY):
        return schema.removeprefix(REGISTRY).split("/")[2]
    repository = schema.split("/")[0]
    name = json.loads((corpus / schema).read_text(encoding="utf-8")).get("name")
    for each in (NAMED_OTHERWISE.get(repository), name, repository.split("+")[1]):
        if each in known:
            return str(each)
    return None


def share(part: tuple[int, int]) -> str:
    """A share as people read it."""
    right, whole = part
    return f"{right} of {whole} ({100 * right / whole:.1f} %)" if whole else "none"


def page(tallies: dict[str, Tally]) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| files | right | wrong |"
    yield "|---|---|---|"
    for name, each in tallies.items():
        for what, part in (("follow a standard", each.of_standards), ("follow none", each.of_none)):
            if part[1]:
                yield f"| {name}: {what} | {share(part)} | {part[1] - part[0]} |"
    for name, each in tallies.items():
        if each.wrong:
            confused = Counter((wanted, found) for _, wanted, found in each.wrong)
            yield ""
            yield f"Confused among {name}:"
            yield ""
            yield "| should be | was taken for | files |"
            yield "|---|---|---|"
            yield from (f"| {wanted} | {found} | {count} |" for (wanted, found), count in confused.most_common())


def main(arguments: list[str]) -> None:
    """Measure, print, and write the page if asked."""
    folders = [each for each in arguments if each != "--page"]
    corpus = Path(folders[0]) if folders else ROOT.parent / "shared" / "corpus"
    ours = Detector(Catalogue.of().recognisable())
    theirs = registry(corpus)
    tallies = {
        "our examples": tallied(ours, examples(), ROOT),
        "other people's files, among our standards": tallied(ours, files_of_others(corpus), corpus),
        "other people's files, among the national registry": tallied(
            Detector(theirs), files_of_registry(corpus, {each.id for each in theirs}), corpus
        ),
    }
    for name, each in tallies.items():
        for path, wanted, found in each.wrong:
            print(f"{name}: {path}: should be {wanted}, was taken for {found}")
    told = "\n".join(page(tallies))
    print(told)
    if "--page" in arguments:
        begin, end = MARKS
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(begin)
        PAGE.write_text(f"{before}{begin}\n\n{told}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
