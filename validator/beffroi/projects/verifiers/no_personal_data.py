"""Nothing in open files looks like personal data.

Every cell of the tables of each open dataset is searched for e-mail addresses, telephone numbers, French social
security numbers (NIR) and bank accounts (IBAN), the last two by their check digits; and the columns for names such as
`prénom`, `date_naissance`, `nir`, `immatriculation`. Columns for contact that the city's own standard asks for are
passed over. What is found may be an office's telephone, and what is personal may look like nothing of the kind: so a
person must look where something is found, and where nothing is, that is no proof. What was found is never quoted; the
column, the count and the first row are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets, usable_files
from beffroi.projects.formats import form_of
from beffroi.projects.naming import few, plain
from beffroi.projects.observing import doubtful, lacking, met, unseen
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import Opened, claimed_standard, each_batch, opened_files
from beffroi.projects.verifiers import Options, Verifier
from beffroi.tables.checks.no_contact_details import ABROAD, ADDRESS, NATIONAL, SEPARATOR
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.arrays import pa
    from beffroi.tables.batches import Batch

PERSONS = re.compile(
    r"_(prenoms?|first_?names?|given_?names?|last_?name|surname|family_?name|patronyme|nom_(de_)?(famille|naissance|usage)"
    r"|nom_(et_)?prenom|civilite|nationalite|nationality"
    r"|(date|lieu|annee|jour)_?(de_)?naissance|ne_le|birth_?(date|day|place)?|date_?of_?birth|dob"
    r"|nir|ssn|num(ero)?_?(de_)?secu(rite_sociale)?|securite_sociale|passe?port"
    r"|iban|rib|plaque|immatriculation|(licen[cs]e|number)_?plate|(adresse_?)?ip|ip_?address|imei|mac_?address)_"
)
"""Names of columns, in small letters, between underscores, that speak of persons."""
CONTACT = re.compile(r"mail|courriel|tele?phone|_tel_|phone|mobile|portable|contact")
"""Names of columns for contact details."""
EDGES = r"(?:^|[^0-9.,]|[A-Za-z][.,])", r"(?:$|[^0-9])"
SEPARATORS = ("", " ", "\u00a0", "\u202f", r"\.", "-", "/")
PAIRS = rf"(?:{SEPARATOR}[0-9][0-9]){{4}}"
"""What follows the first digits of a French telephone number, in any separators."""


def for_arrow(pattern: str) -> str:
    """A pattern of contact details in the notation of Arrow, which does not look around itself.

    The digits of a number stand apart by one sign throughout; else two dates side by side would be one.
    """
    inner = pattern.removeprefix("(?<![0-9])").removesuffix("(?![0-9])")
    alike = "|".join(f"(?:{each}[0-9][0-9]){{4}}" for each in SEPARATORS)
    plain = inner.replace(PAIRS, f"(?:{alike})").replace(r"\u00a0", "\u00a0").replace(r"\u202f", "\u202f")
    return plain if inner == pattern else f"{EDGES[0]}(?:{plain}){EDGES[1]}"


def is_nir(text: str) -> bool:
    """Whether a text holds a French social security number whose check digits hold."""
    from stdnum.fr import nir  # type: ignore[import-untyped]

    return any(nir.is_valid(each) for each in re.findall(r"[1-478](?:[ .-]?[0-9AB]){14}", text))


def is_iban(text: str) -> bool:
    """Whether a text holds a bank account whose check digits hold."""
    from stdnum import iban  # type: ignore[import-untyped]

    found = re.findall(r"[A-Z]{2}[0-9]{2}(?:[ ]?[0-9A-Z]){11,30}", text)
    return any(iban.is_valid(each, check_country=False) for each in found)


WITH_PLUS = ABROAD.pattern.replace(r"(?:\+|00)", r"\+")
"""Numbers abroad; those that begin with two zeros are more often something else."""
Sure = Callable[[str], bool]
SIGNS: tuple[tuple[str, str, Sure | None], ...] = (
    ("e-mail-addresses", for_arrow(ADDRESS.pattern), None),
    ("telephone-numbers", f"{for_arrow(NATIONAL.pattern)}|{for_arrow(WITH_PLUS)}", None),
    (
        "social-security-numbers",
        r"(?:^|[^0-9])[1-478][ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9][0-9AB](?:[ .-]?[0-9]){8}(?:$|[^0-9])",
        is_nir,
    ),
    ("bank-accounts", r"(?:^|[^0-9A-Z])[A-Z]{2}[0-9]{2}[ ]?[0-9A-Z]{4}[ ]?[0-9]{4}[ ]?[0-9A-Z]{3}", is_iban),
)
"""Key of words, a pattern in Arrow's notation, and what makes sure."""
ANY = "|".join(f"(?:{pattern})" for _, pattern, _ in SIGNS)
SHORTEST = 6
"""The fewest bytes that can be any of them."""
TRIED = 500
"""How many texts of a column and a batch are made sure of."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """What a column of a batch holds of one kind: how often, and the index of the first record that has it."""

    key: str
    column: int
    count: int
    first: int


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What was seen of a batch."""

    rows: int
    hits: tuple[Hit, ...]
    filled: frozenset[int]


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Search the tables of each open dataset."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        if each.value.get("containsPersonalData"):
            yield lacking("declared", at=each.at("containsPersonalData"), dataset=each.name)
            continue
        files, said = usable_files(project, each)
        if said:
            yield said
        else:
            yield from searched(project, each, files)


def searched(project: Project, dataset: Dataset, files: tuple[Located, ...]) -> Iterator[Observation]:
    """What is found in the files of one dataset, together for each kind."""
    foreseen = foreseen_columns(project, dataset)
    place = {"at": dataset.at("path")}
    with opened_files(project, dataset, files) as tables:
        seen = [(each, list(found_in(project, each, foreseen))) for each in tables]
        unread = [each.path for each in tables if each.table is None] or [each.path for each in files if not tables]
        unread += [each.path for each in files if each.file and each.file.is_file() and not form_of(each.file).known]
        more = [each.path for each in tables if each.table and has_other_sheets(each)]
        columns = sum(len(each.labels) for each in tables)
    rows = sum(found.rows for _, scans in seen for _, found in scans)
    doubts = list(of_kinds(seen, foreseen))
    paths = {each.path: each for each in files}
    for key, opened, details in doubts:
        looked = project.looked(paths.get(opened.path, files[0]))
        yield doubtful(key, looked=looked, path=opened.path, **place, **details)
    for key, path in [*(("not-searched", each) for each in unread[:1]), *(("other-sheets", each) for each in more[:1])]:
        yield unseen(key, path=path, **place)
    if not doubts and not unread and not more:
        details = {"path": files[0].path, "rows": rows, "columns": columns, "files": len(files)}
        yield met("nothing-found", looked=project.looked(files[0]), **place, **details)


Scans = list[tuple[int, Scan]]


def found_in(project: Project, opened: Opened, foreseen: set[str]) -> Iterator[tuple[int, Scan]]:
    """What is seen in each batch of a table, with the number of records before it."""
    if opened.table:
        passed = frozenset(index for index, label in enumerate(opened.labels) if is_foreseen(label, foreseen))
        yield from each_batch(project, opened.table, partial(scanned, passed=passed))


def scanned(batch: Batch, passed: frozenset[int]) -> Scan:
    """What one batch holds; columns that are `passed` over are searched for numbers of persons only."""
    from beffroi.tables.arrays import pc

    hits: list[Hit] = []
    filled: set[int] = set()
    for index, column in enumerate(batch.columns):
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest:
            filled.add(index)
        if longest >= SHORTEST:
            signs = [each for each in SIGNS if each[2] or index not in passed]
            hits += hits_of(column, index, signs)
    return Scan(rows=batch.rows, hits=tuple(hits), filled=frozenset(filled))


def hits_of(column: pa.StringArray, index: int, signs: Iterable[tuple[str, str, Sure | None]]) -> Iterator[Hit]:
    """What a column of a batch holds of each kind; it is gone through once where it holds nothing."""
    from beffroi.tables.arrays import pc

    rows = places(column, ANY)
    texts = column.take(rows)
    for key, pattern, sure in signs if len(rows) else ():
        found = places(texts, pattern)
        if sure is not None:
            tried = found.slice(0, TRIED)
            held = [sure(each) for each in texts.take(tried).to_pylist()]
            found = tried.filter(pa_of(held)) if 2 * sum(held) >= len(held) else tried.slice(0, 0)
        if len(found):
            yield Hit(key=key, column=index, count=len(found), first=rows[pc.min(found).as_py()].as_py())


def places(column: pa.StringArray, pattern: str) -> pa.Array:
    """The indices of the texts in which a pattern is found."""
    from beffroi.tables.arrays import pc

    return pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, pattern), False))  # noqa: FBT003


def pa_of(held: list[bool]) -> pa.Array:
    """Truth values as Arrow has them."""
    from beffroi.tables.arrays import pa

    return pa.array(held, type=pa.bool_())


def of_kinds(
    seen: Iterable[tuple[Opened, Scans]], foreseen: set[str]
) -> Iterator[tuple[str, Opened, dict[str, object]]]:
    """What is to be said: key, table and details, once for each kind."""
    seen = list(seen)
    for key in dict.fromkeys(each[0] for each in SIGNS):
        found = [
            (opened, before + hit.first + 1, hit)
            for opened, scans in seen
            for before, scan in scans
            for hit in scan.hits
            if hit.key == key
        ]
        if found:
            opened, row, _ = found[0]
            columns = dict.fromkeys(each.labels[hit.column] for each, _, hit in found if hit.column < len(each.labels))
            yield key, opened, {"columns": few(columns), "count": sum(hit.count for *_, hit in found), "row": row}
    for opened, scans in seen:
        filled = {index for _, scan in scans for index in scan.filled}
        named = [each for index, each in enumerate(opened.labels) if index in filled and each not in foreseen]
        if people := [each for each in named if PERSONS.search(plain(each))]:
            yield "columns-of-persons", opened, {"columns": few(people)}
            return


def foreseen_columns(project: Project, dataset: Dataset) -> set[str]:
    """The columns that a standard of the catalogue asks for."""
    name = str(dataset.value.get("conformsTo", ""))
    standard = claimed_standard(project, dataset) if name and "schema" not in dataset.value else None
    if standard is None or standard.folder is None or standard.folder.is_relative_to(project.folder.resolve()):
        return set()
    return {name for each in standard.resources if each.schema for name in each.schema.names}


def is_foreseen(label: str, foreseen: set[str]) -> bool:
    """Whether a column is one for contact details that a standard asks for."""
    return label in foreseen and bool(CONTACT.search(plain(label)))


def has_other_sheets(opened: Opened) -> bool:
    """Whether a workbook has sheets that are not read."""
    return opened.table is not None and any(each.fault.rule == "other-sheets" for each in opened.table.notices)


VERIFIER = Verifier(run=run)
