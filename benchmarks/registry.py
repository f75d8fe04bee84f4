"""Lint every schema of a copy of the French national registry (schema.data.gouv.fr), and print what was found.

    python -m benchmarks.registry [FOLDER]        (default: ../shared/corpus)

The figures stand in `docs/registry.md`; a test holds them to this command.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Subject
from beffroi.settings import Settings
from beffroi.standards.lint import lint

REGISTRY = "datagouv+schema.data.gouv.fr"
SCHEMAS = "site/.vuepress/public/schemas"
LATEST = "latest"
Key = tuple[Level, str, str | None]

WORDS: dict[tuple[str, str | None], str] = {
    ("standard-bad-enum-value", "missing-value"): "a listed value that also means “no value”",
    ("standard-bad-enum-value", "stray-space"): "a listed value with a space at one end",
    ("standard-bad-json-schema", "refers-out"): "a JSON Schema that cannot be used without fetching another",
    ("standard-bad-json-schema", "unsafe-pattern"): "a JSON Schema with a pattern that we do not search for",
    ("standard-example-fails", None): "an example that its own field refuses",
    ("standard-incomplete-date-format", "no-day"): "a date whose notation is only a year",
    ("standard-misplaced-constraint", None): "a constraint beside `constraints`, which nobody heeds",
    ("standard-no-description", None): "a schema without a description",
    ("standard-no-description", "of-field"): "a field without a description",
    ("standard-no-example", None): "a field without an example (fields with a list, and yes or no, left out)",
    ("standard-no-licence", None): "a schema without a licence",
    ("standard-no-title", None): "a schema without a title",
    ("standard-no-valid-example", "of-others"): "a schema that names no example file",
    ("standard-no-version", None): "a schema without a version",
    ("standard-open-pattern", None): "alternatives of a pattern that do not stand in brackets",
    ("standard-optional-key", None): "a field of the primary key that may be empty",
    ("standard-other-version", "address"): "an address that leads to another version",
    ("standard-other-version", "folder"): "a version that is not the one under which it was published",
    ("standard-repeated-key", None): "a key that stands twice in one place",
    ("standard-swapped-coordinates", "latitude"): "a latitude bounded by ±180 degrees",
    ("standard-swapped-coordinates", "longitude"): "a longitude bounded by ±90 degrees",
    ("standard-text-for-date", None): "a date that may be any text",
    ("standard-unknown-key", None): "a property that no engine knows, such as `minProperties` on a text",
    ("standard-unknown-key", "descriptive"): "a property of the schema that no tool knows, such as `author`",
    ("standard-unknown-key", "did-you-mean"): "a misspelt property",
    ("standard-unknown-key", "misplaced"): "`constraints` on the schema instead of a field",
    ("standard-unknown-resource", "alone"): "a foreign key to a table that the schema knows nothing of",
    ("standard-unsafe-pattern", None): "a pattern that might never finish, or goes back to an earlier group",
    ("standard-unusable", None): "a file that cannot be read as a standard",
    ("standard-unusable", "missing-file"): "a package whose schemas were not published with it",
    ("standard-version-form", None): "a version that is not of three numbers",
    ("standard-version-form", "with-v"): "a version written with a `v`",
}
MISSPELT = {Level.MUST: " that asks for something, such as `contraints`", Level.SHOULD: ", such as `exemple`"}


def main(corpus: Path) -> None:
    """Print the figures."""
    print(figures(corpus), end="")


def figures(corpus: Path) -> str:
    """The figures as Markdown."""
    found = linted(corpus / REGISTRY / SCHEMAS)
    latest = [each for each in found if is_latest(each)]
    every = [each for each in found if not is_latest(each)]
    return "\n".join([introduction(corpus, latest, every), "", *table(latest, every)]) + "\n"


def linted(folder: Path) -> tuple[Subject, ...]:
    """Every schema of a folder, with what is wrong with it."""
    return lint([folder.as_posix()], Catalogue.of(), Settings()).subjects


def is_latest(subject: Subject) -> bool:
    """Whether a file is the copy of the newest version that the registry keeps."""
    return LATEST in Path(subject.path).parts


def introduction(corpus: Path, latest: list[Subject], every: list[Subject]) -> str:
    """What was looked at, and how many are in order."""
    source = described(corpus)
    must, should, may = (sum(not reached(each, level) for each in latest) for level in Level)
    return (
        f"Copy of `{source['repo']}` at commit `{source['commit'][:7]}` of {source['commit_date']}.\n"
        f"Files of all versions: {len(every)}. Files of the latest versions: {len(latest)}, of which {must} have "
        f"nothing at *must*,\n{should} nothing at *should* either, and {may} nothing at all."
    )


def reached(subject: Subject, level: Level) -> bool:
    """Whether something was found at a level, or at a more binding one."""
    return any(each.level.reaches(level) for each in subject.findings)


def described(corpus: Path) -> dict[str, str]:
    """What the corpus says of its copy of the registry."""
    listed = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    found: dict[str, str] = next(each for each in listed if each["repo"] == REGISTRY.replace("+", "/"))
    return found


def table(latest: list[Subject], every: list[Subject]) -> Iterator[str]:
    """A row for each kind of finding: places, and in brackets in how many files."""
    yield "| level | what was found | rule | latest versions | all versions |"
    yield "|---|---|---|---:|---:|"
    (now, files), (ever, all_files) = counted(latest), counted(every)
    for key in sorted(now | ever, key=lambda each: (each[0].rank, -now[each], -ever[each], each[1], each[2] or "")):
        places = f"{shown(now[key], files[key])} | {shown(ever[key], all_files[key])}"
        yield f"| {key[0]} | {told(key)} | `{key[1]}` | {places} |"


def told(key: Key) -> str:
    """What a kind of finding is, in words."""
    level, rule, cause = key
    found = WORDS.get((rule, cause), f"{rule} ({cause})" if cause else rule)
    return found + MISSPELT[level] if cause == "did-you-mean" else found


def counted(subjects: Iterable[Subject]) -> tuple[Counter[Key], dict[Key, int]]:
    """How often each kind of finding was made, and in how many files."""
    places: Counter[Key] = Counter()
    files: dict[Key, set[str]] = defaultdict(set)
    for subject in subjects:
        for each in subject.findings:
            places[kind(each)] += each.count
            files[kind(each)].add(subject.path)
    return places, defaultdict(int, {key: len(paths) for key, paths in files.items()})


def kind(finding: Finding) -> Key:
    """What findings are counted by."""
    return finding.level, finding.rule, finding.cause


def shown(places: int, files: int) -> str:
    """Places, and files in brackets; a dash for none."""
    return f"{places:,} ({files})" if places else "–"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "corpus")
