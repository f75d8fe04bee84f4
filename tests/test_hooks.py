"""The hooks of pre-commit: only what changed is checked, nothing is said when all is well, and little when not."""

import json
import os
import shutil
import subprocess
import sys

import pytest
import yaml

from conftest import ROOT
from reports_of import INPUTS

HEADER = "id,name,length_m,placed,material,note\n"
GOOD = HEADER + "B1,Oak lane,1.5,2024-03-01,wood,\n"
BAD = HEADER + "B1,Oak lane,1.5,2024-03-01,steel,\n"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path):
    """A repository with two data files that beffroi.yaml speaks of, and one that it does not."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "data").mkdir()
    (tmp_path / "rules").mkdir()
    shutil.copy(INPUTS / "schema.json", tmp_path / "rules" / "benches.json")
    write(tmp_path, "data/good.csv", GOOD)
    write(tmp_path, "data/bad.csv", BAD)
    write(tmp_path, "other.csv", BAD)
    declare(
        tmp_path, [{"path": "data/*.csv", "conformsTo": "rules/benches.json"}, {"path": "raw/*.csv", "role": "raw"}]
    )
    return tmp_path


def git(folder, *arguments):
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def declare(folder, datasets, **others):
    write(folder, "beffroi.yaml", json.dumps({"datasets": datasets, **others}))


def paths(done):
    """The data that a run has looked at."""
    return [each["path"] for each in json.loads(done.stdout)["subjects"] if each["delivered"]] if done.stdout else []


@pytest.mark.parametrize(
    ("changed", "looked", "code"),
    [
        (["data/good.csv"], ["data/good.csv"], 0),
        (["data/bad.csv", "other.csv", "README.md"], ["data/bad.csv"], 1),
        (["other.csv"], [], 0),
        ([], [], 0),
        (["beffroi.yaml"], ["data/bad.csv", "data/good.csv"], 1),
        (["rules/benches.json", "data/good.csv"], ["data/bad.csv", "data/good.csv"], 1),
        (["raw/a.csv"], [], 0),
        (["data/gone.csv"], [], 0),
    ],
)
def test_only_changed_data_is_checked_unless_its_rules_changed(beffroi, repository, changed, looked, code):
    write(repository, "raw/a.csv", BAD)
    done = beffroi("hook", "data", *changed, "--format", "json", cwd=repository)
    assert (paths(done), done.returncode) == (looked, code), done.stderr


def test_a_hook_is_quiet_when_all_is_well_and_short_when_not(beffroi, repository):
    assert beffroi("hook", "data", "data/good.csv", cwd=repository).stdout == ""
    told = beffroi("hook", "data", "data/bad.csv", cwd=repository).stdout
    assert '"steel" is not one of the listed values' in told
    assert len(told.splitlines()) < 15


def test_without_a_declaration_the_hook_says_what_it_needs(beffroi, tmp_path):
    git(tmp_path, "init", "-q")
    done = beffroi("hook", "data", "x.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "beffroi.yaml" in done.stderr


def test_a_file_of_a_package_is_checked_with_its_package(beffroi, tmp_path):
    git(tmp_path, "init", "-q")
    shutil.copytree(ROOT / "examples" / "air-quality", tmp_path / "air")
    declare(tmp_path, [{"path": "air", "conformsTo": "air-quality@1"}])
    done = beffroi("hook", "data", "air/stations.csv", "air/measurements.csv", "--format", "json", cwd=tmp_path)
    assert paths(done) == ["air/datapackage.json", "air/stations.csv", "air/measurements.csv"]
    assert done.returncode == 1
    licences = beffroi("hook", "licences", "air/datapackage.json", "LICENSE", cwd=tmp_path)
    assert (licences.returncode, licences.stdout) == (0, "")
    descriptor = json.loads((tmp_path / "air" / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["licenses"] = [{"name": "WTFBBQ-9.9"}]
    write(tmp_path, "air/datapackage.json", json.dumps(descriptor))
    licences = beffroi("hook", "licences", "air/datapackage.json", cwd=tmp_path)
    assert licences.returncode == 1
    assert "WTFBBQ-9.9" in licences.stdout


def test_a_standard_is_linted_and_tested_when_a_file_of_it_changed(beffroi, tmp_path):
    shutil.copytree(ROOT / "standards" / "trees", tmp_path / "standards" / "trees")
    file = tmp_path / "standards" / "trees" / "standard.yaml"
    named = ("standards/trees/standard.yaml", "README.md", "--catalogue", ".")
    own = file.read_text(encoding="utf-8").replace("id: trees\n", "id: trees\nshadows: {en: ours, fr: la nôtre}\n", 1)
    file.write_text(own, encoding="utf-8")
    done = beffroi("hook", "standards", *named, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    schema = next((tmp_path / "standards" / "trees").glob("*.schema.yaml"))
    schema.write_text(schema.read_text(encoding="utf-8").replace("type: string", "type: sting", 1), encoding="utf-8")
    done = beffroi("hook", "standards", *named, cwd=tmp_path)
    assert done.returncode == 1
    assert "sting" in done.stdout


def test_a_project_is_checked_where_one_is_declared(beffroi, repository):
    assert beffroi("hook", "project", cwd=repository).stdout == ""
    shutil.copytree(INPUTS / "project", repository, dirs_exist_ok=True)
    done = beffroi("hook", "project", "--catalogue", INPUTS / "catalogue", "--today", "2026-11-23", cwd=repository)
    assert done.returncode == 1
    assert "PUR-1" in done.stdout
    assert "PUR-4" not in done.stdout


def test_the_hooks_are_as_pre_commit_wants_them():
    assert [each["id"] for each in HOOKS] == [
        *("beffroi-data", "beffroi-data-all", "beffroi-standards", "beffroi-licences", "beffroi-project"),
    ]
    assert all(each["entry"].startswith("beffroi ") and each["language"] == "python" for each in HOOKS)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_calls_a_command_that_there_is(beffroi, repository, hook):
    done = beffroi(*hook["entry"].split()[1:], "--help", cwd=repository)
    assert done.returncode == 0


def test_pre_commit_itself_runs_the_hooks(repository, tmp_path_factory):
    pytest.importorskip("pre_commit")
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "first")
    home = tmp_path_factory.mktemp("pre-commit")
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT)]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "BEFFROI_LANG": "en", "BEFFROI_NO_SCANNER": "1"}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(name, None)

    def tried(*arguments):
        return subprocess.run(
            [*command, *arguments, "--verbose"],
            cwd=repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    bad = tried("beffroi-data", "--files", "data/bad.csv", "data/good.csv", "other.csv")
    if "Could not find a version" in bad.stdout + bad.stderr:
        pytest.skip("no package registry is reached")
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert '"steel" is not one of the listed values' in bad.stdout
    good = tried("beffroi-data", "--files", "data/good.csv")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "open data follows its standard" in good.stdout and "Passed" in good.stdout
