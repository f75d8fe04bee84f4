"""Where standards are found: versions side by side, several catalogues, a project's own."""

import json
import shutil

import pytest
import yaml

from beffroi.catalogue import Catalogue
from beffroi.errors import BeffroiError
from conftest import ROOT

TITLE = {"en": "Benches", "fr": "Bancs"}


def write(root, name, version="1.0.0", at=None, **changes):
    """A standard in a catalogue; `at` puts it into a folder of another name."""
    folder = root / (at or name)
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = {
        "id": name,
        "version": version,
        "status": "active",
        "title": TITLE,
        "description": TITLE,
        "licences": {"accept": ["etalab-2.0"]},
        "resources": [{"name": "rows", "schema": "rows.schema.yaml"}],
        **changes,
    }
    (folder / "standard.yaml").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "rows.schema.yaml").write_text("fields:\n  - {name: seats, type: integer}\n", encoding="utf-8")
    return folder


def test_a_name_may_be_a_version_or_part_of_one(tmp_path):
    write(tmp_path, "benches", "2.0.0")
    for version in ("1.0.0", "1.10.0", "1.9.1"):
        write(tmp_path, "benches", version, at=f"benches/versions/{version}")
    catalogue = Catalogue.of(tmp_path)
    assert catalogue.versions("benches") == ("2.0.0", "1.10.0", "1.9.1", "1.0.0")
    found = {name: catalogue.standard(f"benches{name}").version for name in ("", "@2", "@1", "@1.9", "@1.0", "@1.10.0")}
    assert found == {"": "2.0.0", "@2": "2.0.0", "@1": "1.10.0", "@1.9": "1.9.1", "@1.0": "1.0.0", "@1.10.0": "1.10.0"}
    with pytest.raises(BeffroiError, match='no version "3"') as caught:
        catalogue.standard("benches@3")
    assert "2.0.0, 1.10.0, 1.9.1, 1.0.0" in caught.value.hint("en")


def test_an_older_version_must_be_where_it_says(tmp_path):
    write(tmp_path, "benches", "2.0.0")
    write(tmp_path, "benches", "1.0.1", at="benches/versions/1.0.0")
    with pytest.raises(BeffroiError, match=r'has the version "1\.0\.1"'):
        Catalogue.of(tmp_path).standard("benches@1")


def test_a_standard_takes_the_place_of_another_only_by_saying_so(tmp_path):
    own = write(tmp_path, "council-grants")
    with pytest.raises(BeffroiError, match="takes the place of") as caught:
        Catalogue.of(tmp_path).standard("council-grants")
    assert caught.value.where == (own / "standard.yaml").as_posix()
    assert "standards/council-grants" in str(caught.value)
    write(tmp_path, "council-grants", shadows=TITLE)
    assert Catalogue.of(tmp_path).standard("council-grants").resources[0].name == "rows"


def test_the_first_catalogue_wins_if_every_one_before_the_last_says_so(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, "benches", "1.1.0", shadows=TITLE)
    write(two, "benches", "1.2.0")
    assert Catalogue.of(one, two).standard("benches").version == "1.1.0"
    with pytest.raises(BeffroiError, match="takes the place of"):
        Catalogue.of(two, one).standard("benches")


def test_what_is_broken_is_told_and_the_rest_is_there(tmp_path):
    write(tmp_path, "benches")
    write(tmp_path, "lamps", at="lanterns")
    write(tmp_path, "council-grants")
    (tmp_path / "trees").mkdir()
    (tmp_path / "trees/standard.yaml").write_text("id: [", encoding="utf-8")
    survey = Catalogue.of(tmp_path).survey(tmp_path)
    assert [each.id for each in survey.standards] == ["benches"]
    assert sorted(each.kind for each in survey.problems) == ["not-yaml", "other-id", "shadows-silently"]


def test_a_deprecated_or_retired_standard_says_what_replaces_it(tmp_path, beffroi):
    write(tmp_path, "benches", "1.0.0", status="deprecated", replacedBy="seats@2")
    write(tmp_path, "stools", "1.0.0", status="retired", replacedBy="seats@2")
    (tmp_path / "data.csv").write_text("seats\n1\n", encoding="utf-8")
    told = {
        name: beffroi("check", "data.csv", "-s", name, "--catalogue", ".", "--lang", lang).stdout
        for name, lang in (("benches", "en"), ("stools", "fr"))
    }
    assert 'the standard is deprecated; "seats@2" replaces it' in told["benches"]
    assert "le standard a été retiré\u00a0; «\u00a0seats@2\u00a0» le remplace" in told["stools"]


def test_the_command_lists_and_tells_what_it_could_not_load(tmp_path, beffroi):
    write(tmp_path / "own", "benches", "2.0.0", status="deprecated", replacedBy="seats@1")
    write(tmp_path / "own", "benches", "1.0.0", at="benches/versions/1.0.0")
    listed = beffroi("standard", "list", "--catalogue", "own", "--format", "json")
    values = [each for each in json.loads(listed.stdout) if each["id"] == "benches"]
    assert listed.returncode == 0
    assert [(each["version"], each["status"], each["title"], each["replacedBy"]) for each in values] == [
        ("2.0.0", "deprecated", TITLE, "seats@1")
    ]
    both = beffroi("standard", "list", "--catalogue", "own", "--versions", "--lang", "fr")
    lines = [line.split(None, 2) for line in both.stdout.splitlines() if line.startswith("benches")]
    assert lines == [
        ["benches", "2.0.0", "Bancs (déconseillé, remplacé par seats@1)"],
        ["benches", "1.0.0", "Bancs"],
    ]
    (tmp_path / "own/trees").mkdir()
    (tmp_path / "own/trees/standard.yaml").write_text("id: [", encoding="utf-8")
    broken = beffroi("standard", "list", "--catalogue", "own")
    assert broken.returncode == 2
    assert "own/trees/standard.yaml" in broken.stderr
    assert "benches" in broken.stdout


def project(folder, text):
    """A repository with a `beffroi.yaml`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "beffroi.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_project_names_its_catalogues(tmp_path, beffroi):
    repository = project(tmp_path / "repository", "catalogue: rules\nproject: {name: any}\n")
    write(repository / "rules", "benches")
    (repository / "data").mkdir()
    (repository / "data/benches.csv").write_text("seats\n1\n", encoding="utf-8")
    for place in (repository, repository / "data"):
        done = beffroi("standard", "show", "benches", cwd=place)
        assert (done.returncode, done.stdout.split(" ")[0]) == (0, "benches@1.0.0")
    assert beffroi("standard", "show", "benches", cwd=tmp_path).returncode == 2


def test_what_lies_above_the_repository_is_not_read(tmp_path, beffroi):
    outer = project(tmp_path / "outer", "catalogue: rules\n")
    write(outer / "rules", "benches")
    (outer / "inner/.git").mkdir(parents=True)
    assert beffroi("standard", "show", "benches", cwd=outer / "inner").returncode == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("catalogue: ../elsewhere\n", "beffroi.yaml:1"),
        ("project: x\ncatalogue: [rules, none]\n", 'beffroi.yaml:2: names a catalogue "none"'),
        ("catalogue: 3\n", "/catalogue"),
        ("[1, 2]\n", "beffroi.yaml"),
    ],
)
def test_a_mistake_in_it_is_told_with_its_place(tmp_path, beffroi, text, told):
    (tmp_path / "elsewhere").mkdir()
    repository = project(tmp_path / "repository", text)
    write(repository / "rules", "benches")
    done = beffroi("standard", "list", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_environment_names_catalogues_too(tmp_path, beffroi):
    write(tmp_path / "one", "benches")
    write(tmp_path / "two", "lamps")
    env = {"BEFFROI_CATALOGUE": f"{tmp_path / 'one'}:{tmp_path / 'two'}"}
    ids = {each["id"] for each in json.loads(beffroi("standard", "list", "-f", "json", env=env).stdout)}
    assert {"benches", "lamps", "council-grants"} <= ids
    assert beffroi("standard", "list", env={"BEFFROI_CATALOGUE": "nowhere"}).returncode == 2


def test_show_tells_what_a_standard_asks_in_both_languages(beffroi):
    english, french = (beffroi("standard", "show", "council-grants", "--lang", lang).stdout for lang in ("en", "fr"))
    assert english.startswith("council-grants@1.0.0 — Grants awarded by the council\n")
    assert "  montant (required) — Amount\n      a number; digits without unit or space; at least 0\n" in english
    assert "  montant (obligatoire) — Montant\n" in french
    assert "      un nombre\u00a0; des chiffres sans unité ni espace\u00a0; au moins 0\n" in french


def test_show_resolved_can_be_read_back(tmp_path, beffroi):
    shutil.copytree(ROOT / "standards/council-grants", tmp_path / "own/council-grants")
    done = beffroi("standard", "show", "council-grants", "--resolved")
    documents = list(yaml.safe_load_all(done.stdout))
    assert documents[0]["id"] == "council-grants"
    assert [each["name"] for each in documents[1]["fields"]][:2] == ["nomAttribuant", "idAttribuant"]
    plain = json.loads(beffroi("standard", "show", "council-grants", "--resolved", "-f", "json").stdout)
    assert plain["schemas"]["grants"]["fields"] == documents[1]["fields"]
