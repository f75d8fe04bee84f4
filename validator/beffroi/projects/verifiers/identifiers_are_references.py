"""What open data speaks of is named by the reference identifiers that all use: commune codes, SIRET, address keys.

Looks at the columns of each open dataset. A column whose name says that it holds such an identifier (or to which its
standard gives such a check) must hold valid ones, in 95 of 100 cells that are filled in: known codes, right check
digits. A column with the names of communes, organisations or addresses needs a column with their identifiers beside
it. Whether an identifier is that of the right thing, nobody looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from beffroi.model.levels import Level
from beffroi.model.project import Observation
from beffroi.model.standard import CheckUse, Field, ResourceRules, TableSchema
from beffroi.projects.datasets import none_of, open_datasets, usable_files
from beffroi.projects.naming import few, plain
from beffroi.projects.observing import contradicted, inapplicable, lacking, met, unusable
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import Opened, claimed_standard, opened_files
from beffroi.projects.verifiers import Options, Verifier
from beffroi.values import dataclass

SHARE = 0.05
"""The share of cells that may be wrong."""
ADDRESS_KEY = r"[0-9][0-9AB][0-9]{3}_([0-9a-zA-Z]{4}|[0-9a-z]{6})_[0-9]{5}(_.+)*"
"""The key of an address in the French national base (clé d’interopérabilité)."""
CALLED: Mapping[str, str] = {
    "siret": r"_siret_",
    "siren": r"_siren_",
    "code-commune-insee": r"_insee_(?!dep|reg)|_(code_?(commune|com|municipality)|municipality_code|depcom|codgeo)_",
    "code-rna": r"_rna_",
    "code-fantoir": r"_fantoir_",
    "id-rnb": r"_rnb_",
    "numero-departement": r"_(code_?(departement|dep|dept)|numero_?departement)_",
    "code-region": r"_code_?reg(ion)?_",
    "code-pays-iso2": r"_(country_code|code_pays|pays_iso2|iso2)_",
    "address-key": r"_(cle_interop|id_ban_adresse|ban_id)_",
}
"""What the columns of each identifier are called, in small letters, their words between underscores."""
TYPES: Mapping[str, tuple[str, frozenset[str]]] = {
    "code-commune-insee": (
        r"_(nom_|libelle_|lib_)?(commune|ville|city|municipality|localite)(_nom|_name)?_",
        frozenset({"code-commune-insee", "siren", "siret", "address-key"}),
    ),
    "siret": (
        r"_(nom_)?(organisme|entreprise|etablissement|raison_sociale|beneficiaire|fournisseur|operateur|operator|company"
        r"|supplier|titulaire|exploitant|association)(_nom|_name)?_",
        frozenset({"siret", "siren", "code-rna"}),
    ),
    "address-key": (
        r"_(adresse|address)(_complete|_postale)?_",
        frozenset({"address-key", "code-commune-insee", "code-fantoir", "id-rnb"}),
    ),
}
"""Columns with names of things (the whole of their own name), and the identifiers of which one must stand beside."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of identifiers: how many of its cells are filled in, and how many of those are wrong."""

    path: str
    name: str
    kind: str
    filled: int
    wrong: int

    @property
    def holds(self) -> bool:
        """Whether it holds what it says."""
        return self.wrong <= SHARE * self.filled


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the identifiers of each open dataset."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
        return
    found = [each for dataset in datasets if (each := of_dataset(project, dataset))]
    yield from found or [inapplicable("nothing-to-identify", at="/datasets")]


def of_dataset(project: Project, dataset: Dataset) -> Observation | None:
    """What is said of one dataset; nothing where it speaks of nothing that has an identifier."""
    files, said = usable_files(project, dataset)
    if said:
        return said
    asked = checked_columns(project, dataset)
    with opened_files(project, dataset, files) as tables:
        there = [each for each in tables if each.table]
        if not there and tables:
            return unusable(tables[0].path, tables[0].problem, dataset.at("path"))
        columns = [column for each in there for column in columns_of(project, each, asked)]
        lonely = [name for each in there for name in without_identifier(each, asked)]
    return verdict(project, dataset, files, columns, lonely)


def verdict(
    project: Project, dataset: Dataset, files: tuple[Located, ...], columns: list[Column], lonely: list[tuple[str, str]]
) -> Observation | None:
    """What the columns of a dataset come to."""
    place = {"at": dataset.at("path"), "looked": project.looked(files[0])}
    if broken := [each for each in columns if not each.holds]:
        worst = max(broken, key=lambda each: each.wrong / each.filled)
        details = {"path": worst.path, "column": worst.name, "identifier": worst.kind}
        return contradicted("not-references", wrong=worst.wrong, filled=worst.filled, **place, **details)
    if lonely:
        column, kind = lonely[0]
        return lacking("name-alone", column=column, identifier=kind, path=files[0].path, **place)
    if blank := [each.name for each in columns if not each.filled]:
        return lacking("blank", columns=few(blank), path=files[0].path, **place)
    if not columns:
        return None
    names = few(dict.fromkeys(f"{each.name} ({each.kind})" for each in columns))
    cells, wrong = sum(each.filled for each in columns), sum(each.wrong for each in columns)
    return met("references", path=files[0].path, columns=names, cells=cells, wrong=wrong, **place)


def checked_columns(project: Project, dataset: Dataset) -> dict[str, str]:
    """The columns that a standard says hold identifiers, and which."""
    standard = claimed_standard(project, dataset)
    uses = [use for each in standard.resources for use in each.checks] if standard else []
    return {str(use.options["field"]): use.check for use in uses if use.check in CALLED and "field" in use.options}


def kind_of(label: str, asked: Mapping[str, str]) -> str | None:
    """Which identifier a column holds, by its standard or its name."""
    return asked.get(label) or kind_called(plain(label))


@cache
def kind_called(name: str) -> str | None:
    """Which identifier a column of a name holds."""
    return next((kind for kind, pattern in CALLED.items() if re.search(pattern, name)), None)


def without_identifier(opened: Opened, asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Columns with names of things that have identifiers, none of which is there; and which is missed."""
    kinds = {kind_of(each, asked) for each in opened.labels}
    for label in opened.labels:
        for kind, (pattern, enough) in TYPES.items():
            if re.fullmatch(pattern, plain(label)) and not kinds & enough:
                yield label, kind


def columns_of(project: Project, opened: Opened, asked: Mapping[str, str]) -> Iterator[Column]:
    """The columns of identifiers of a table, judged."""
    from beffroi.tables.engine import References, TableJudge

    kinds = {label: kind for label in opened.labels if (kind := kind_of(label, asked))}
    if not kinds or opened.table is None:
        return
    judged = TableJudge(opened.table, rules_for(kinds), References(), 0, project.judge.settings.jobs).run()
    found = judged.tally.findings(lambda _rule: Level.MUST)
    for label, kind in kinds.items():
        blank = sum(each.count for each in found if each.field == label and each.rule == "required")
        wrong = sum(each.count for each in found if each.field == label and each.rule in {kind, "pattern"})
        blank += sum(each.count for each in found if each.rule == "blank-row")
        yield Column(path=opened.path, name=label, kind=kind, filled=max(judged.rows - blank, 0), wrong=wrong)


def rules_for(kinds: Mapping[str, str]) -> ResourceRules:
    """Rules that ask for nothing but identifiers in some columns."""
    fields = tuple(
        Field(
            name=label,
            type="string",
            constraints={"required": True, **({"pattern": ADDRESS_KEY} if kind == "address-key" else {})},
        )
        for label, kind in kinds.items()
    )
    checks = tuple(
        CheckUse(check=kind, options={"field": label}) for label, kind in kinds.items() if kind != "address-key"
    )
    return ResourceRules(name="identifiers", schema=TableSchema(fields=fields, fields_match="partial"), checks=checks)


VERIFIER = Verifier(run=run)
