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
from typing import TYPE_CHECKING, Any

from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets, usable_files
from beffroi.projects.naming import few, plain
from beffroi.projects.observing import doubtful, lacking, met, unseen
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import Opened, claimed_standard, each_batch, opened_files
from beffroi.projects.verifiers import Options, Verifier
from beffroi.tables.checks.no_contact_details import ABROAD, ADDRESS, NATIONAL
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


def for_arrow(pattern: str) -> str:
    """A pattern of contact details in the notation of Arrow, which does not look around itself."""
    inner = pattern.removeprefix("(?<![0-9])").removesuffix("(?![0-9])")
    plain = inner.replace(r"\u00a0", "\u00a0").replace(r"\u202f", "\u202f")
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


Sure = Callable[[str], bool]
SIGNS: tuple[tuple[str, str, str, Sure | None], ...] = (
    ("e-mail-addresses", "@", for_arrow(ADDRESS.pattern), None),
    ("telephone-numbers", "", for_arrow(NATIONAL.pattern), None),
    ("telephone-numbers", "+", for_arrow(ABROAD.pattern).replace(r"(?:\+|00)", r"\+", 1), None),
    (
        "social-security-numbers",
        "",
        r"(?:^|[^0-9])[1-478][ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9][0-9AB](?:[ .-]?[0-9]){8}(?:$|[^0-9])",
        is_nir,
    ),
    ("bank-accounts", "", r"(?:^|[^0-9A-Z])[A-Z]{2}[0-9]{2}[ ]?[0-9A-Z]{4}[ ]?[0-9]{4}[ ]?[0-9A-Z]{3}", is_iban),
)
"""Key of words, a sign that must be there, a pattern, and what makes sure."""
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
    hits: list[Hit] = []
    filled: set[int] = set()
    for index, column in enumerate(batch.columns):
        counted: Any = column.value_counts()
        values, counts = counted.field("values"), counted.field("counts")
        if not any_text(values):
            continue
        filled.add(index)
        for key, sign, pattern, sure in SIGNS:
            if index in passed and sure is None:
                continue
            hits += hits_of(column, values, counts, (index, key, sign, pattern, sure))
    return Scan(rows=batch.rows, hits=tuple(hits), filled=frozenset(filled))


def any_text(values: pa.StringArray) -> bool:
    """Whether any of several texts is not blank."""
    from beffroi.tables.arrays import pc

    return bool(len(values)) and (pc.max(pc.fill_null(pc.binary_length(values), 0)).as_py() or 0) > 0


def hits_of(
    column: pa.StringArray, values: pa.StringArray, counts: Any, about: tuple[int, str, str, str, Sure | None]
) -> Iterator[Hit]:
    """What a column holds of one kind, by its different values and how often each stands there."""
    from beffroi.tables.arrays import pa, pc

    index, key, sign, pattern, sure = about
    if sign:
        mask = pc.fill_null(pc.match_substring(values, sign), False)  # noqa: FBT003
        values, counts = values.filter(mask), counts.filter(mask)
    if not len(values):
        return
    mask = pc.fill_null(pc.match_substring_regex(values, pattern), False)  # noqa: FBT003
    values, counts = values.filter(mask), counts.filter(mask)
    if sure is not None and len(values):
        tried = [sure(each) for each in values.slice(0, TRIED).to_pylist()]
        if 2 * sum(tried) < len(tried):
            return
        mask = pa.array(tried)
        values, counts = values.slice(0, TRIED).filter(mask), counts.slice(0, TRIED).filter(mask)
    if len(values):
        first = pc.index(column, values[0]).as_py()
        yield Hit(key=key, column=index, count=pc.sum(counts).as_py(), first=first)


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
