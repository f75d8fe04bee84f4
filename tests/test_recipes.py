"""The recipes of the docs: they are what the services read, and their commands do what is said."""

import json
import re
import shlex
import shutil
import subprocess

import pytest
import yaml

from beffroi.catalogue.definitions import form_of
from beffroi.documents import JsonSchema
from conftest import ROOT
from reports_of import INPUTS

HEADER = "id,name,length_m,placed,material,note\n"


def recipe(page, name):
    """The block of a page that stands below a comment of that name."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return yaml.safe_load(text.split(f"<!-- {name} -->\n```yaml\n")[1].split("```")[0])


@pytest.fixture
def repository(tmp_path):
    """A repository with one faulty file."""
    shutil.copy(INPUTS / "schema.json", tmp_path)
    (tmp_path / "benches.csv").write_text(HEADER + "B1,Oak lane,1.5,2024-03-01,steel,\n", encoding="utf-8")
    declared = {"datasets": [{"path": "benches.csv", "conformsTo": "schema.json"}]}
    (tmp_path / "beffroi.yaml").write_text(json.dumps(declared), encoding="utf-8")
    return tmp_path


def commands(steps):
    """The calls of beffroi among some lines."""
    return [shlex.split(each)[1:] for each in steps if each.startswith("beffroi ")]


def test_the_recipe_for_github_annotates_and_writes_what_the_next_steps_take(beffroi, repository):
    job = recipe("ci.md", "github")["jobs"]["beffroi"]
    (call,) = commands(each.get("run", "") for each in job["steps"])
    done = beffroi(*call, cwd=repository)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=benches.csv,line=2,title=enum (must)::")
    taken = [each["with"].get("sarif_file") or each["with"].get("path") for each in job["steps"][-2:]]
    assert taken == ["beffroi.sarif", "beffroi.html"]
    assert json.loads((repository / taken[0]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (repository / taken[1]).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_recipe_for_gitlab_writes_the_reports_that_it_names(beffroi, repository):
    job = recipe("ci.md", "gitlab")["data"]
    (call,) = commands(job["script"])
    done = beffroi(*call, cwd=repository, env=job["variables"])
    assert done.returncode == 1
    assert "non conforme" in done.stdout
    reports = job["artifacts"]["reports"]
    assert [each["check_name"] for each in json.loads((repository / reports["codequality"]).read_text())] == ["enum"]
    assert "<testsuites" in (repository / reports["junit"]).read_text(encoding="utf-8")
    assert (repository / job["artifacts"]["paths"][0]).is_file()


def test_the_mapping_is_a_declaration(beffroi):
    assert list(JsonSchema(form_of("beffroi")).problems(recipe("pre-commit.md", "the mapping"))) == []


def test_the_hooks_named_are_those_that_there_are():
    page = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")
    hooks = [each["id"] for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))]
    assert re.findall(r"^\| `(beffroi-[a-z-]+)`", page, re.MULTILINE) == hooks
    configured = [each["id"] for each in recipe("pre-commit.md", "the configuration")["repos"][0]["hooks"]]
    assert set(configured) <= set(hooks)


def test_the_configuration_is_one_that_pre_commit_takes(tmp_path):
    pytest.importorskip("pre_commit")
    import sys

    file = tmp_path / ".pre-commit-config.yaml"
    file.write_text(yaml.safe_dump(recipe("pre-commit.md", "the configuration")), encoding="utf-8")
    for command, path in (("validate-config", file), ("validate-manifest", ROOT / ".pre-commit-hooks.yaml")):
        done = subprocess.run([sys.executable, "-m", "pre_commit", command, path], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout
