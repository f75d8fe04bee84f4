"""Which standard a file follows: recognised by `standard detect`, and by `check` where none is named."""

import json
import shutil
import zipfile

import pytest
from benchmarks.detection import examples, files_of_others, files_of_registry, registry, tallied

from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.detecting import Detector
from conftest import ROOT

STANDARDS = sorted(path.parent for path in (ROOT / "standards").glob("*/standard.yaml"))
GRANTS = ROOT / "standards/council-grants/examples"
AIR = ROOT / "standards/air-quality/examples/valid/sensor-campaign"


def detected(beffroi, *paths, **options):
    done = beffroi("standard", "detect", *paths, "--format", "json", **options)
    return done.returncode, {each["path"].rpartition("/")[2]: each["standard"] for each in json.loads(done.stdout)}


@pytest.mark.parametrize("folder", STANDARDS, ids=lambda folder: folder.name)
def test_every_valid_example_is_recognised(folder, beffroi):
    """Raw data beside a package follows its own rules, and so none of ours."""
    standard = Catalogue.of().standard(folder.name)
    done = beffroi("standard", "detect", folder / "examples/valid", "--format", "json")
    found = {each["path"]: each["standard"] for each in json.loads(done.stdout)}
    assert {each: name for each, name in found.items() if "/raw/" not in each and name != standard.name} == {}


def test_reasons_are_told_in_both_languages(beffroi):
    file = GRANTS / "invalid/columns-missing.csv"
    english, french = (beffroi("standard", "detect", file, "--lang", lang).stdout.splitlines() for lang in ("en", "fr"))
    assert english[0].endswith("columns-missing.csv: follows council-grants@1.0.0")
    assert english[1].startswith("  1. council-grants@1.0.0 (grants), ")
    assert english[2] == "     14 of its 16 columns are there"
    assert english[3].startswith("     required columns that are missing: conditionsVersement")
    assert french[0].endswith("columns-missing.csv\u00a0: suit council-grants@1.0.0")
    assert french[2] == "     14 de ses 16 colonnes sont présentes"


def test_a_table_of_something_else_follows_none(tmp_path, beffroi):
    (tmp_path / "people.csv").write_text("id,name,age\n1,Anna,32\n2,Bo,41\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "rubbish.csv").write_bytes(bytes(range(256)) * 20)
    code, found = detected(beffroi, "people.csv", "empty.csv", "rubbish.csv")
    assert (code, found) == (3, {"people.csv": None, "empty.csv": None, "rubbish.csv": None})


def test_the_version_that_fits_best_is_named(tmp_path, beffroi):
    folder = tmp_path / "own/benches"
    for place, version, name in ((folder, "2.0.0", "places"), (folder / "versions/1.0.0", "1.0.0", "seats")):
        place.mkdir(parents=True)
        text = {"en": "x", "fr": "x"}
        descriptor = {
            "id": "benches",
            "version": version,
            "status": "active",
            "title": text,
            "description": text,
            "licences": {"accept": ["etalab-2.0"]},
            "resources": [{"name": "benches", "schema": "benches.schema.yaml"}],
        }
        (place / "standard.yaml").write_text(json.dumps(descriptor), encoding="utf-8")
        schema = {"fields": [{"name": "bench", "type": "string"}, {"name": name, "type": "integer"}]}
        (place / "benches.schema.yaml").write_text(json.dumps(schema), encoding="utf-8")
    (tmp_path / "old.csv").write_text("bench,seats\na,2\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text("bench;places\na;2\n", encoding="utf-8")
    _, found = detected(beffroi, "old.csv", "new.csv", "--catalogue", "own")
    assert found == {"old.csv": "benches@1.0.0", "new.csv": "benches@2.0.0"}


def test_what_a_folder_a_zip_or_a_pipe_holds_is_recognised(tmp_path, beffroi):
    shutil.copytree(AIR, tmp_path / "delivery")
    with zipfile.ZipFile(tmp_path / "delivery.zip", "w") as archive:
        for path in sorted((tmp_path / "delivery").glob("*.*")):
            archive.write(path, path.name)
    expected = {"stations.csv": "air-quality@1.0.0", "measurements.csv": "air-quality@1.0.0"}
    assert expected.items() <= detected(beffroi, "delivery")[1].items()
    assert expected.items() <= detected(beffroi, "delivery.zip")[1].items()
    text = (AIR / "stations.csv").read_text(encoding="utf-8")
    done = beffroi("standard", "detect", "-", input=text)
    assert done.stdout.startswith("-: follows air-quality@1.0.0\n")
    assert beffroi("standard", "detect", "nothing.csv").returncode == 2


def test_check_judges_against_the_standard_it_recognises(tmp_path):
    catalogue = Catalogue.of()
    file = GRANTS / "invalid/identifiers-damaged.csv"
    named, guessed = check(file, standard="council-grants"), check(file)
    remark = [each for each in guessed.subjects[0].findings if each.rule == "standard-recognised"]
    assert [each.message for each in remark] == [
        'no standard was named; the columns are those of "council-grants@1.0.0"'
    ]
    rest = tuple(each for each in guessed.subjects[0].findings if each.rule != "standard-recognised")
    assert rest == named.subjects[0].findings
    assert guessed.subjects[0].standard == catalogue.standard("council-grants").reference
    assert (guessed.verdict, guessed.exit_code()) == (named.verdict, named.exit_code())


def test_check_recognises_each_file_of_a_folder_by_itself(tmp_path):
    shutil.copy(GRANTS / "valid/grants.csv", tmp_path / "a.csv")
    shutil.copy(ROOT / "standards/bicycle-parking/examples/valid/parkings.csv", tmp_path / "b.csv")
    (tmp_path / "c.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    report = check(tmp_path)
    against = {
        each.path.rpartition("/")[2]: each.standard and each.standard.id for each in report.subjects if each.delivered
    }
    assert against == {"a.csv": "council-grants", "b.csv": "bicycle-parking", "c.csv": None}
    assert {each.standard.id for each in report.subjects if not each.delivered} == {"council-grants", "bicycle-parking"}
    assert report.verdict == "cannot-tell"


def test_check_recognises_a_package_as_a_whole(tmp_path):
    shutil.copytree(AIR, tmp_path / "delivery")
    descriptor = json.loads((AIR / "datapackage.json").read_text(encoding="utf-8"))
    for each in descriptor["resources"]:
        each.pop("schema", None)
    (tmp_path / "delivery/datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = check(tmp_path / "delivery")
    assert [each.standard and each.standard.id for each in report.subjects] == ["air-quality"] * 4
    assert "standard-recognised" in [each.rule for each in report.subjects[0].findings]
    assert report.verdict == "conformant"


def test_a_file_that_looks_like_another_standard_is_told():
    report = check(GRANTS / "valid/grants.csv", standard="bicycle-parking", lang="fr")
    told = [each.message for each in report.subjects[0].findings if each.rule == "other-standard"]
    nb = "\u00a0"
    assert told == [
        f"elle a été vérifiée comme «{nb}bicycle-parking@1.0.0{nb}», mais ses colonnes sont celles de "
        f"«{nb}council-grants@1.0.0{nb}»"
    ]
    right = check(GRANTS / "invalid/columns-missing.csv", standard="council-grants")
    assert "other-standard" not in [each.rule for each in right.subjects[0].findings]


def test_one_that_is_nearly_recognised_is_mentioned(tmp_path):
    lines = (GRANTS / "valid/grants.csv").read_text(encoding="utf-8").splitlines()
    data = tmp_path / "some.csv"
    data.write_text("nomAttribuant,idAttribuant,dateConvention,nomBeneficiaire,a,b,c\n", encoding="utf-8")
    assert lines
    finding = next(each for each in check(data).subjects[0].findings if each.rule == "no-standard")
    assert (finding.cause, finding.details.get("standard")) in {("near", "council-grants@1.0.0")}
    assert "the nearest is" in finding.message


def test_the_right_standard_is_recognised_in_more_than_95_of_100_of_our_examples():
    right, whole = tallied(Detector(Catalogue.of().recognisable()), examples(), ROOT).of_standards
    assert right >= 0.95 * whole


def test_the_right_standard_is_recognised_in_other_peoples_files(corpus):
    among_ours = tallied(Detector(Catalogue.of().recognisable()), files_of_others(corpus), corpus)
    theirs = registry(corpus)
    among_theirs = tallied(Detector(theirs), files_of_registry(corpus, {each.id for each in theirs}), corpus)
    for right, whole in (among_ours.of_standards, among_ours.of_none, among_theirs.of_standards):
        assert right >= 0.95 * whole
    assert [each for each in among_ours.wrong if each[2] != "none"] == []
