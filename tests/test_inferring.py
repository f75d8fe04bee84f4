"""A standard drafted from samples: the samples conform to it, identifiers stay text, nobody's data are in it."""

import json
from contextlib import ExitStack, contextmanager
from datetime import date

import pytest
import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.catalogue import Catalogue
from beffroi.catalogue.reading import standard_from_file
from beffroi.checking import check_paths
from beffroi.errors import BeffroiError
from beffroi.model.levels import Level
from beffroi.settings import Settings
from beffroi.standards import sampled
from beffroi.standards.columns import Name
from beffroi.standards.columnwise import field_draft
from beffroi.standards.drafting import tried
from beffroi.standards.examples import as_csv
from beffroi.standards.inferring import inferred
from beffroi.standards.sampled import Column, SampledTable
from beffroi.standards.scaffolding import Order
from beffroi.standards.testing import judged_examples
from beffroi.tables.delivery import delivered
from beffroi.tables.names import folded
from conftest import CORPUS, ROOT

COLUMNS = yaml.safe_load((ROOT / "tests/cases/infer/columns.yaml").read_text(encoding="utf-8"))
STRUCTURE = {
    "missing-cell",
    "extra-cell",
    "duplicate-column",
    "blank-column",
    "blank-row",
    "encoding",
    "unclosed-quote",
}
STRUCTURE |= {"no-records", "nul-bytes", "duplicate-key"}
NUMBERS = {"integer", "number", "year"}


def order(lang="en"):
    return Order(id="draft", titles={}, lang=lang, today=date(2026, 11, 23))


def drafted(*paths, lang="en"):
    with ExitStack() as stack:
        return inferred([stack.enter_context(delivered(path)) for path in paths], order(lang))


@contextmanager
def standard_of(draft):
    with tried(draft) as folder:
        yield Catalogue.of().in_folder(folder)


def must(paths, standard):
    """The rules that data break."""
    report = check_paths([str(path) for path in paths], standard, Settings())
    delivered_subjects = [subject for subject in report.subjects if subject.delivered]
    return {each.rule for subject in delivered_subjects for each in subject.findings if each.level is Level.MUST}


def csv(path, rows, **columns):
    """Write a CSV file of so many rows, its columns filled by turns."""
    records = [[values[row % len(values)] for values in columns.values()] for row in range(rows)]
    path.write_text(as_csv(tuple(columns), records), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", COLUMNS, ids=lambda case: f"{case['name']}: {', '.join(case['values'][:3])}")
def test_a_column_is_understood(case):
    texts = case["values"] * case.get("times", 1)
    found = field_draft(Column(name=case["name"], samples=([*texts, ""],), everywhere=True))
    guess = found.guess
    assert {
        "type": guess.type,
        "format": guess.format,
        "options": dict(guess.options),
        "missing": list(guess.missing),
        "constraints": dict(found.constraints),
        "check": found.check,
        "remarks": [each.key for each in found.remarks],
    } == {
        "type": case["type"],
        "format": case.get("format", "default"),
        "options": case.get("options", {}),
        "missing": case.get("missing", []),
        "constraints": case.get("constraints", {}),
        "check": case.get("check"),
        "remarks": case.get("remarks", []),
    }


@pytest.mark.parametrize(
    ("name", "identifier", "person"),
    [
        ("codeINSEE", True, None),
        ("N° de SIRET", True, None),
        ("COLL_SIRET", True, None),
        ("nb_places", False, None),
        ("nombre de codes", False, None),
        ("valid", False, None),
        ("nom_commune", False, None),
        ("Prénom", False, "name"),
        ("NOM", False, "name"),
        ("adresse", False, "address"),
        ("adresse_code_insee", True, None),
        ("e-mail", False, "mail"),
        ("Téléphone", True, "phone"),
        ("commentaires", False, "text"),
    ],
)
def test_a_name_tells_what_its_column_holds(name, identifier, person):
    assert (Name(name).is_identifier, Name(name).person) == (identifier, person)


def test_a_file_becomes_a_standard_with_its_doubts(beffroi, tmp_path):
    csv(
        tmp_path / "parcs.csv",
        24,
        Identifiant=[f"{number:03}" for number in range(24)],
        Prix=["12,50", "8", "1200,00"],
        Ouvert=["oui", "non"],
        Date=["01/02/2026", "03/04/2026"],
        Courriel=["jeanne.martin@ville.fr", ""],
        Accueil=["12", "NC", "7"],
    )
    done = beffroi("standard", "infer", "parcs.csv", "--id", "aires-de-jeux", "--lang", "fr")
    folder = tmp_path / "standards/aires-de-jeux"
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "aires-de-jeux.schema.yaml").read_text(encoding="utf-8") == (
        ROOT / "tests/cases/infer/parcs.fr.schema.yaml"
    ).read_text(encoding="utf-8")
    assert done.stdout == (ROOT / "tests/cases/infer/parcs.fr.txt").read_text(encoding="utf-8")
    assert beffroi("check", "parcs.csv", "-s", "standards/aires-de-jeux").returncode == 0
    assert beffroi("standard", "test", "standards/aires-de-jeux").returncode == 0
    english = beffroi("standard", "infer", "parcs.csv", "--id", "aires-de-jeux", "--output", "-")
    assert "# to check: day first? no value tells day and month apart" in english.stdout


def test_nobodys_data_are_in_a_draft(tmp_path):
    persons = {
        "Nom": ["Martinez", "Duvalier"],
        "Prénom": ["Hippolyte", "Clotilde"],
        "mel": ["hippolyte.martinez@orange.fr", "clo@free.fr"],
        "Tél.": ["06 11 22 33 44", "07 55 66 77 88"],
        "Adresse": ["12 impasse des Lilas", "3 rue Haute"],
        "joindre": ["h.martinez@sfr.fr", "c.duvalier@sfr.fr"],
        "appeler": ["0611223344", "0755667788"],
        "remarque": ["ne pas déranger Mme Duvalier", "sonner chez Martinez"],
        "avis": [
            "Madame Duvalier se plaint du bruit que fait son voisin Martinez depuis le mois de mars dernier",
            "rien",
        ],
        "naissance": ["1950-02-03", "1961-07-08"],
    }
    path = csv(tmp_path / "t.csv", 40, **persons)
    written = "".join(drafted(path).files.values())
    assert [value for values in persons.values() for value in values if value in written] == []


def test_samples_of_one_table_are_learnt_from_together(tmp_path):
    first = csv(tmp_path / "2024.csv", 4, id=["a", "b", "c", "d"], prix=["1", "2"], only=["x"])
    second = csv(tmp_path / "2025.csv", 3, ID=["a", "b", "c"], prix=["1", "2.5"], new=["y"])
    draft = drafted(first, second)
    schema = yaml.safe_load(draft.files["draft.schema.yaml"])
    assert [(each["name"], each["type"], each.get("constraints", {})) for each in schema["fields"]] == [
        ("id", "string", {"required": True}),
        ("prix", "number", {"required": True, "minimum": 0}),
        ("only", "string", {}),
        ("new", "string", {}),
    ]
    assert schema["primaryKey"] == ["id"]
    with standard_of(draft) as standard:
        assert must([first, second], standard) == set()


def test_other_tables_become_a_package_that_refers_within_itself(tmp_path):
    stations = csv(tmp_path / "stations.csv", 3, id=["S1", "S2", "S3"], height=["1", "2", "3"])
    measures = csv(tmp_path / "measures.csv", 30, station_id=["S1", "S2"], value=["1.5", "2"], at=["2026-01-01"])
    draft = drafted(stations, measures)
    schema = yaml.safe_load(draft.files["measures.schema.yaml"])
    assert schema["foreignKeys"] == [
        {"fields": ["station_id"], "reference": {"resource": "stations", "fields": ["id"]}}
    ]
    assert "# to check: all values stand in the table stations" in draft.files["measures.schema.yaml"]
    with standard_of(draft) as standard:
        assert must([stations, measures], standard) == set()
        assert [subject.findings for subject in judged_examples(standard, Settings()) if subject.findings] == []


def test_two_columns_tell_rows_apart_where_one_does_not(tmp_path):
    columns = {"code": [f"P{n:02}" for n in range(12) for _ in range(2)], "annee": ["2024", "2025"], "v": ["1.5"]}
    draft = drafted(csv(tmp_path / "t.csv", 24, **columns))
    assert "primaryKey: [code, annee]  # to check:" in draft.files["draft.schema.yaml"]


def test_what_is_broken_further_on_gives_way(tmp_path, monkeypatch):
    monkeypatch.setattr(sampled, "ROWS", 30)
    rows = 60
    path = csv(
        tmp_path / "t.csv",
        rows,
        id=[f"{n:03}" for n in range(59)] + ["000"],
        prix=["1"] * 59 + ["many"],
        filled=["x"] * 59 + [""],
        listed=["a", "b"] * 29 + ["a", "c"],
        insee=["59350"] * 59 + ["99999"],
    )
    draft = drafted(path)
    schema = yaml.safe_load(draft.files["draft.schema.yaml"])
    assert [(each["type"], each.get("constraints", {})) for each in schema["fields"]] == [
        ("string", {"required": True, "pattern": "^[0-9]{3}$"}),
        ("string", {"required": True}),
        ("string", {}),
        ("string", {"required": True}),
        ("string", {"required": True}),
    ]
    assert "primaryKey" not in schema
    assert (
        'to check: 1 values further on in the samples are not whole numbers: "many"' in draft.files["draft.schema.yaml"]
    )
    assert 'do not pass the check code-commune-insee: "99999"' in draft.files["draft.schema.yaml"]
    assert [each.text for each in draft.told if each.kind == "read-some"] == [
        "the first 30 rows read; the draft was then checked against all of them"
    ]
    with standard_of(draft) as standard:
        assert must([path], standard) == set()


def test_a_workbook_and_a_map_are_samples_too(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx", {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for row, record in enumerate(
        [["code", "jour", "prix"], ["007", date(2026, 1, 31), 1.5], ["008", date(2026, 2, 1), 2]]
    ):
        for column, value in enumerate(record):
            (sheet.write_datetime if isinstance(value, date) else sheet.write)(row, column, value)
    book.close()
    point = {"type": "Point", "coordinates": [3.06, 50.63]}
    feature = {"type": "Feature", "geometry": point, "properties": {"nom_lieu": "Parc", "surface": 12.5}}
    (tmp_path / "m.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature] * 2}), encoding="utf-8"
    )
    kinds = {}
    for name in ("t.xlsx", "m.geojson"):
        draft = drafted(tmp_path / name)
        kinds[name] = [each["type"] for each in yaml.safe_load(draft.files["draft.schema.yaml"])["fields"]]
        with standard_of(draft) as standard:
            assert must([tmp_path / name], standard) == set()
            assert [subject.findings for subject in judged_examples(standard, Settings()) if subject.findings] == []
    assert kinds == {"t.xlsx": ["string", "date", "number"], "m.geojson": ["string", "number", "geojson"]}


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (None, 2, "there is no such file or folder"),
        (b"", 3, "holds no table that can be read"),
        (b"%PDF-1.4\n%\xe2\xe3", 3, "holds no table that can be read"),
        (b";;\n;;\n", 3, "has no column with a name"),
    ],
)
def test_rubbish_is_refused_in_words(beffroi, tmp_path, content, code, told):
    if content is not None:
        (tmp_path / "x.csv").write_bytes(content)
    done = beffroi("standard", "infer", "x.csv")
    assert (done.returncode, done.stdout, told in done.stderr) == (code, "", True)
    assert not (tmp_path / "standards").exists()


def test_programs_are_told_the_same(beffroi, tmp_path):
    (tmp_path / "a").mkdir()
    csv(tmp_path / "a/t.csv", 3, prix=["1"])
    told = json.loads(beffroi("standard", "infer", "a", "--format", "json", "--output", "city").stdout)
    assert (told["id"], told["path"], [each["kind"] for each in told["toCheck"]]) == (
        "t",
        "city/standards/t",
        ["few-rows", "no-key"],
    )
    assert told["toComplete"] == 13


NAMES = st.text(alphabet="abcdéXY_ -019", min_size=1, max_size=8).filter(str.strip)
CELLS = st.one_of(
    st.sampled_from(
        ["", "1", "0", "01", "oui", "Non", "true", "12,5", "1.5", "NC", "-", "2026-01-31", "31/01/2026", " x "]
    ),
    st.integers(-(10**12), 10**12).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.dates().map(str),
    st.text(alphabet="ab;|,\"'é€% \u00a0[]{}:#", max_size=6),
)


@given(st.dictionaries(NAMES, st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4), st.integers(1, 30))
@settings(max_examples=60)
def test_a_sample_conforms_to_its_own_draft(tmp_path_factory, columns, rows):
    path = csv(tmp_path_factory.mktemp("any") / "t.csv", rows, **columns)
    try:
        draft = drafted(path, lang="fr")
    except BeffroiError:
        return
    with standard_of(draft) as standard:
        assert must([path], standard) <= STRUCTURE


def pairs():
    path = CORPUS / "verdicts.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["verdicts"] if path.is_file() else []
    return [each for each in listed if each["kind"] == "table-schema"]


@pytest.mark.parametrize("data", sorted({each["data"] for each in pairs()}))
def test_a_file_of_the_corpus_conforms_to_its_own_draft(data):
    draft = drafted(CORPUS / data)
    with standard_of(draft) as standard:
        assert [each for rules in standard.resources for each in rules.schema.defects] == []
        assert must([CORPUS / data], standard) <= STRUCTURE
        findings = [each for subject in judged_examples(standard, Settings()) for each in subject.findings]
        assert [each.rule for each in findings if each.rule != "example-none"] == []


def test_inferred_types_agree_with_the_published_ones(corpus):
    same = seen = 0
    wrong = []
    for pair in pairs():
        fields = {
            folded(each.name): each for each in standard_from_file(corpus / pair["schema"]).resources[0].schema.fields
        }
        with delivered(corpus / pair["data"]) as taken:
            columns = SampledTable(samples=(sampled.sampled(taken),)).columns
        for column in columns:
            found, field = field_draft(column), fields.get(folded(column.name))
            words = column.name.lower()
            if found.guess.type in NUMBERS and any(each in words for each in ("siret", "siren", "insee", "postal")):
                wrong.append((pair["data"], column.name))
            if field and column.texts:
                seen += 1
                same += found.guess.type == ("string" if field.type == "any" else field.type)
    assert wrong == []
    assert (seen > 4000, same / seen > 0.95) == (True, True)
