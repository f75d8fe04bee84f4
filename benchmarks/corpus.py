"""Check everything in a folder of other people's schemas and data, and print how it was judged.

    python -m benchmarks.corpus [FOLDER]        (default: ../shared/corpus)

Every table is checked for its structure, every (schema, table) pair of `verdicts.json` against its schema, every data
package as a package, and every schema is loaded as a standard. A traceback is a bug and ends the run.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from beffroi import BeffroiError, Report, check
from beffroi.catalogue import Catalogue
from beffroi.judging import defects_of

TABLES = ("csv", "tsv", "ndjson", "jsonl", "geojson")


def told(judge: Callable[[], str]) -> str:
    """What came of it, or the class of the error that a person was told."""
    try:
        return judge()
    except BeffroiError as error:
        return f"refused: {type(error).__name__}"


def verdict(report: Report) -> str:
    """The report's verdict as a plain word."""
    return str(report.verdict)


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The (schema, table) pairs that the corpus names."""
    listed = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))["verdicts"]
    for each in listed:
        if each["kind"] == "table-schema":
            yield folder / each["schema"], folder / each["data"]


def schemas(folder: Path) -> Iterator[Path]:
    """Files that look like schemas."""
    yield from sorted(folder.rglob("*schema*.json"))


def defects(catalogue: Catalogue, path: Path) -> str:
    """Whether a schema has defects."""
    standard = catalogue.standard(str(path))
    found = [*standard.defects, *(defect for each in standard.resources for defect in defects_of(each))]
    return "with defects" if found else "without defects"


def table(title: str, outcomes: Iterable[str]) -> None:
    """Print how many came to what."""
    started = time.perf_counter()
    counted = Counter(outcomes)
    seconds = time.perf_counter() - started
    print(f"{title}: {counted.total()} judged in {seconds:.1f} s")
    for outcome, count in counted.most_common():
        print(f"  {count:6}  {outcome}")


def main(folder: Path) -> None:
    """Run over the corpus."""
    tables = sorted(path for ending in TABLES for path in folder.rglob(f"*.{ending}"))
    packages = sorted(folder.rglob("datapackage.json"))
    table("tables, structure only", (told(lambda p=path: verdict(check(p))) for path in tables))
    against = (told(lambda s=s, d=d: verdict(check(d, standard=s))) for s, d in pairs(folder))
    table("tables against their schema", against)
    table("data packages", (told(lambda p=path: verdict(check(p))) for path in packages))
    catalogue = Catalogue.of()
    table("schemas loaded as standards", (told(lambda p=path: defects(catalogue, p)) for path in schemas(folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "corpus")
