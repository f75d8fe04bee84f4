"""`beffroi project check` and `export`, as real processes."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
import yaml

from beffroi.declaring.exporting import badge, targets
from beffroi.documents import JsonSchema, read_document
from beffroi.model.levels import Verdict
from conftest import ROOT
from declared import TODAY, write, write_charter, write_yaml

SCHEMA = JsonSchema(read_document(ROOT / "tests/cases/oscal-assessment-results.schema.yaml").value)
SVG = "{http://www.w3.org/2000/svg}"
CHARTER = {
    "title": {"en": "Charter <of> Demo & City", "fr": "Charte de Démo"},
    "requirements": {
        "PUR-1": {"declare": {"properties": {"project": {"required": ["purpose"]}}}},
        "RAW-4": {"verify": [{"check": "document-is-there", "options": {"pointer": "/project/exitPlan"}}]},
        "GO-2": {"accepts": ["attested"]},
        "1 odd": {"level": "may", "declare": {"properties": {"project": {"required": ["site"]}}}},
        "EV-1": {"when": {"layers": ["event"]}},
    },
}
PROJECT = {
    "charter": "demo@1",
    "lastUpdated": "2026-11-01",
    "project": {
        "name": {"en": "Noise", "fr": "Bruit <b>"},
        "organisation": {"name": "City of Demo"},
        "layers": ["sensors"],
        "purpose": "Quiet streets",
        "exitPlan": {"path": "docs/plan de sortie.md"},
    },
    "claims": [
        {
            "requirement": "GO-2",
            "status": "met",
            "by": "A. Person",
            "evidence": [
                {"path": "docs/plan de sortie.md", "kind": "file", "collected": "2026-10-01", "expires": "2027-01-31"}
            ],
        }
    ],
    "signoff": [{"name": "A. Person", "role": "mayor", "date": "2026-11-02", "statement": {"fr": "Je signe."}}],
}
WAIVER = {"requirement": "PUR-1", "justification": "later", "approvedBy": "A. Person", "expires": "2026-12-31"}


@pytest.fixture
def project(tmp_path):
    """Write a project, its declaration changed as a case wants it, and a charter beside it."""

    def make(**changes):
        write_charter(tmp_path / "city", CHARTER)
        write(tmp_path / "p", {"docs/plan de sortie.md": "# Exit\n\nWe leave.\n", "sub/x.txt": ""})
        value = {**PROJECT, **changes}
        write_yaml(tmp_path / "p" / "beffroi.yaml", value)
        return tmp_path / "p"

    return make


@pytest.fixture
def run(beffroi, tmp_path):
    """A command of `beffroi project`, judged by the charter of the case."""

    def call(command, *arguments, **options):
        return beffroi(
            "project",
            command,
            *arguments,
            "--catalogue",
            tmp_path / "city",
            "--today",
            TODAY,
            encoding="utf-8",
            **options,
        )

    return call


# check


def test_a_project_is_checked_as_by_check(run, beffroi, project, tmp_path):
    project()
    arguments = ("--catalogue", tmp_path / "city", "--today", TODAY)
    for form in ("text", "json"):
        for lang in ("en", "fr"):
            ours = run("check", "p/beffroi.yaml", "-f", form, "--lang", lang)
            other = beffroi("check", "p/beffroi.yaml", *arguments, "-f", form, "--lang", lang, encoding="utf-8")
            assert (ours.returncode, ours.stdout, ours.stderr) == (other.returncode, other.stdout, other.stderr)


@pytest.mark.parametrize("form, code", [("text", 0), ("json", 0)])
def test_the_declaration_is_looked_for_here_and_above(run, project, form, code):
    home = project()
    (home / ".git").mkdir()
    for folder in (home, home / "sub"):
        done = run("check", "-f", form, cwd=folder)
        assert (done.returncode, done.stderr) == (code, "")
    assert "../beffroi.yaml" in done.stdout


def test_the_declaration_of_another_repository_is_not_taken(run, project):
    home = project()
    (home / "sub/.git").mkdir()
    assert run("check", cwd=home / "sub").returncode == 2


@pytest.mark.parametrize(
    "lang, words",
    [("en", "there is no declared project here"), ("fr", "aucun projet n’est déclaré ici")],
)
def test_where_there_is_no_declaration_it_is_told(run, project, tmp_path, lang, words):
    project()
    done = run("check", "city", "--lang", lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"beffroi: city: {words}")
    assert "beffroi project new" in done.stderr


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"project": None}, "declares no project"),
        ({"charter": None}, "names no charter"),
        ({"charter": "other@1"}, 'there is no charter "other"'),
    ],
)
def test_what_cannot_be_judged_by_a_charter_is_told(run, project, changes, words):
    home = project(**changes)
    value = {key: each for key, each in yaml.safe_load((home / "beffroi.yaml").read_text()).items() if each}
    write_yaml(home / "beffroi.yaml", value)
    done = run("check", "p")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_charter_may_be_given(run, project):
    home = project()
    value = yaml.safe_load((home / "beffroi.yaml").read_text())
    value.pop("charter")
    write_yaml(home / "beffroi.yaml", value)
    assert run("check", "p", "--charter", "demo").returncode == 0


@pytest.mark.parametrize("path", ["nothing", "", "p/docs/plan de sortie.md"])
def test_a_path_to_no_project_is_told(run, project, path):
    project()
    done = run("check", path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


# export: OSCAL


def oscal(done):
    """The results of an export, whose form is as it must be."""
    assert (done.returncode, done.stderr) == (0, "")
    value = json.loads(done.stdout)
    assert list(SCHEMA.problems(value)) == []
    return value["assessment-results"]


def test_an_oscal_document_says_what_was_found(run, project):
    project(waivers=[WAIVER], project={key: each for key, each in PROJECT["project"].items() if key != "purpose"})
    [result] = oscal(run("export", "p", "--to", "oscal", "--lang", "fr"))["results"]
    found = {
        each["target"]["target-id"]: (*each["target"]["status"].values(), *(prop["value"] for prop in each["props"]))
        for each in result["findings"]
    }
    assert found == {
        "PUR-1": ("not-satisfied", "other", "waived", "must", "declared"),
        "RAW-4": ("satisfied", "pass", "met", "must", "verified"),
        "GO-2": ("satisfied", "pass", "met", "must", "attested"),
        "_1_odd": ("not-satisfied", "fail", "not-met", "may", "declared"),
    }
    assert result["reviewed-controls"]["props"][0]["value"] == "EV-1"
    [risk] = result["risks"]
    assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2026-12-31T23:59:59Z")
    methods = {each["methods"][0] for each in result["observations"]}
    assert methods == {"TEST", "INTERVIEW"}
    [attested] = [each for each in result["observations"] if "expires" in each]
    assert attested["expires"] == "2027-01-31T23:59:59Z"
    assert attested["relevant-evidence"][0]["href"] == "docs/plan%20de%20sortie.md"
    [attestation] = result["attestations"]
    assert attestation["parts"][0]["prose"] == "Je signe."


def test_every_reference_of_an_oscal_document_leads_somewhere(run, project):
    project(waivers=[WAIVER])
    text = run("export", "p", "--to", "oscal").stdout
    ids = re.findall(r'"uuid": "([^"]+)"', text)
    referred = re.findall(r'"(?:\w+-uuid|href)": "#?([0-9a-f-]{36})"', text)
    parties = json.loads(text)["assessment-results"]["results"][0]["attestations"][0]["responsible-parties"]
    assert len(set(ids)) == len(ids)
    assert set(referred) | set(parties[0]["party-uuids"]) <= set(ids)
    assert len(referred) > len(ids) / 2


def test_an_oscal_document_is_the_same_for_the_same_project_and_day(run, project):
    home = project()
    first, second = (run("export", "p", "--to", "oscal").stdout for _ in range(2))
    assert first == second
    (home / "beffroi.yaml").write_text((home / "beffroi.yaml").read_text() + "# changed\n")
    assert json.loads(run("export", "p", "--to", "oscal").stdout)["assessment-results"]["uuid"] not in first


def test_an_oscal_document_is_read_by_the_models_of_the_published_schema(run, project):
    models = pytest.importorskip("trestle.oscal.assessment_results")
    project(waivers=[WAIVER])
    value = json.loads(run("export", "p", "--to", "oscal", "--lang", "fr").stdout)
    assert models.AssessmentResults.model_validate(value["assessment-results"]).uuid


# export: publiccode


def test_a_conformant_project_may_say_that_it_supports_the_charter(run, project):
    project()
    done = run("export", "p", "--to", "publiccode", "--lang", "fr")
    assert done.stdout.startswith("# À coller dans publiccode.yml. Bruit <b> est conforme à demo@1.0.0")
    assert yaml.safe_load(done.stdout) == {"supports": [{"id": "beffroi:charter:demo@1.0.0"}]}


def test_one_that_is_not_conformant_may_not(run, project, tmp_path):
    project(claims=[])
    done = run("export", "p", "--to", "publiccode", "-o", "out.yml")
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not conform to its charter" in done.stderr
    assert not (tmp_path / "out.yml").exists()


# export: the badge


@pytest.mark.parametrize(
    "changes, lang, verdict, title",
    [
        ({}, "en", "conformant", "Noise – demo@1.0.0: conformant (2026-11-23)"),
        ({}, "fr", "conforme", "Bruit <b> – demo@1.0.0\u00a0: conforme (2026-11-23)"),
        ({"claims": []}, "en", "cannot tell", "Noise – demo@1.0.0: cannot tell (2026-11-23)"),
        ({"project": {"name": "N"}}, "en", "not conformant", "N – demo@1.0.0: not conformant (2026-11-23)"),
        (
            {"claims": [], "waivers": [{**WAIVER, "requirement": "GO-2"}]},
            "fr",
            "conforme, avec 1 dérogation",
            "Bruit <b> – demo@1.0.0\u00a0: conforme, avec 1 dérogation (2026-11-23)",
        ),
    ],
)
def test_a_badge_says_the_verdict_and_the_waivers(run, project, changes, lang, verdict, title):
    project(**changes)
    done = run("export", "p", "--to", "badge", "--lang", lang)
    assert (done.returncode, done.stderr) == (0, "")
    image = ElementTree.fromstring(done.stdout)  # noqa: S314 - we made it
    assert [each.text for each in image.iter(f"{SVG}text")] == [CHARTER["title"][lang], verdict]
    assert image.find(f"{SVG}title").text == title
    assert image.get("role") == "img"
    assert not re.search(r"<(script|image|foreignObject|a)\b|href=|url\(|%", done.stdout)


def test_the_colours_of_badges_are_legible():
    def light(part):
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    for colour in (*badge.COLOURS.values(), badge.LABEL):
        red, green, blue = (light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) > 4.5
    assert set(badge.COLOURS) == set(Verdict)


# export: all


@pytest.mark.parametrize("target", targets())
def test_an_export_is_written_whole_to_a_file(run, project, tmp_path, target):
    project()
    printed = run("export", "p", "--to", target).stdout
    done = run("export", "p", "--to", target, "-o", "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == printed


def test_the_command_knows_all_targets(run, project):
    from beffroi.cli.project.export import TARGETS

    assert sorted(TARGETS) == list(targets())
    project()
    assert run("export", "p").returncode == 2
