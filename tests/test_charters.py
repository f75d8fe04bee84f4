"""`beffroi charter list, show, explain, diff, simulate`: what they answer, in both languages, and how they end."""

import json
import re
import shutil

import pytest
import yaml

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.charters.comparing import ASKED as ASKED_KEYS
from beffroi.charters.comparing import Comparison
from beffroi.charters.matrix import Applies, Kind, applies, cell
from beffroi.charters.varying import varied
from beffroi.model.levels import Level
from beffroi.projects.verifiers import manual, words
from beffroi.settings import LANGUAGES
from beffroi.showing import charter_diff
from conftest import ROOT
from spoilt import spoil

CITY = ROOT / "tests/charters"
CHARTERS = Charters.of(Catalogue.of(CITY))
CHANGES = yaml.safe_load((ROOT / "tests/cases/charters/changes.yaml").read_text(encoding="utf-8"))
EXAMPLES = CITY / "charter/commons/examples"
ASKED = ("--today", "2026-11-23")


@pytest.fixture
def run(beffroi):
    """Run a command on the charters of the tests; the exit code and what it answers."""

    def charter(*arguments, **options):
        return beffroi("charter", *arguments, "--catalogue", CITY, **options)

    return charter


@pytest.fixture
def answered(run):
    """The same as JSON, of a command that ends well."""

    def value(*arguments):
        done = run(*arguments, "--format", "json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    return value


def plain(text):
    """French with ordinary spaces, in one line."""
    return " ".join(text.replace("\u00a0", " ").split())


# list


def test_charters_and_profiles_are_listed_with_what_they_extend(run, answered):
    listed = {each["id"]: each for each in answered("list")}
    assert {"commons", "harbour", "municipal", "village"} <= set(listed)
    assert (listed["commons"]["versions"], listed["commons"]["extends"]) == (["2.0.0", "1.0.0"], None)
    assert (listed["village"]["status"], listed["village"]["extends"]) == ("draft", "commons@2.0.0")
    assert listed["harbour"]["requirements"] == 5
    lines = run("list").stdout.splitlines()
    assert any(each.endswith("A village (requirements: 3, profile of commons@2.0.0, draft)") for each in lines)
    assert any("Charter of the commons (requirements: 4, also 1.0.0)" in each for each in lines)
    french = plain(run("list", "--lang", "fr").stdout)
    assert "Un village (exigences : 3, profil de commons@2.0.0, projet)" in french


def test_a_charter_that_cannot_be_loaded_is_told_beside_the_others(beffroi, tmp_path):
    folder = shutil.copytree(CITY, tmp_path / "city")
    (folder / "charter/harbour/charter.yaml").write_text("id: harbour\n", encoding="utf-8")
    done = beffroi("charter", "list", "--catalogue", folder)
    assert (done.returncode, "commons" in done.stdout, "harbour" in done.stdout) == (2, True, False)
    assert "harbour/charter.yaml" in done.stderr


# show


def test_the_matrix_tells_what_is_asked_of_every_kind_of_project(answered):
    shown = answered("show", "commons")
    matrix = {(each["layer"], each["phase"]): each for each in shown["matrix"]}
    assert set(matrix) == {
        (layer, phase) for layer in ("sensors", "open-data") for phase in ("idea", "pilot", "running")
    }
    pilot = matrix["open-data", "pilot"]
    assert pilot["always"] == {"must": ["OPE-1"], "should": ["OPE-2"], "may": []}
    assert pilot["underConditions"] == {"must": ["MEA-1"], "should": [], "may": []}
    assert matrix["sensors", "idea"]["underConditions"]["should"] == ["MEA-2"]
    assert [each["id"] for each in shown["requirements"]] == ["OPE-1", "OPE-2", "MEA-1", "MEA-2"]
    assert [each["id"] for each in shown["retired"]] == ["MEA-3"]


def test_the_page_of_a_terminal_shows_it_with_signs(run):
    text = run("show", "commons").stdout
    assert "\n         sensors  open-data\n" in text
    rows = [line.split() for line in text.splitlines() if line.startswith(("  MEA-1", "  OPE-1"))]
    assert rows == [["OPE-1", "●●●"], ["MEA-1", "–◐–", "–◐–"]]
    assert "  open-data  1+0 · 1+0  1+1 · 1+0  1+0 · 1+0\n" in text
    assert "  • MEA-3, since 2.0.0: A diary is kept; replaced by MEA-1\n" in text
    french = plain(run("show", "commons", "--lang", "fr").stdout)
    assert "projets d’une couche : Capteurs ; projets qui déclarent des données" in french
    assert "dans une phase : Pilote ; si c’est le cas : Est-il financé ?" in french


def test_one_kind_of_project_is_told_what_it_has_to_do(run, answered):
    shown = answered("show", "commons", "--layer", "sensors", "--phase", "pilot", "--flag", "funded")
    assert {each["id"]: each["asked"] for each in shown["requirements"]} == {
        "OPE-2": "always",
        "MEA-1": "always",
        "MEA-2": "under-conditions",
    }
    text = run("show", "commons", "--layer", "sensors", "--phase", "pilot").stdout
    assert "What is asked of projects: Sensors · Pilot\n" in text
    assert "Of all of them (1)\n" in text
    assert "Under further conditions (2)\n" in text
    assert "A pilot has at least 2 indicators." in text


def test_a_profile_shows_how_it_is_tailored(run, answered):
    found = answered("show", "village")["tailoring"]
    assert found["of"] == "commons@2.0.0"
    assert found["set"] == {"least-indicators": {"before": 2, "after": 1}}
    assert [(each["requirement"], each["before"], each["after"]) for each in found["relevelled"]] == [
        ("OPE-2", "should", "must"),
        ("MEA-1", "must", "should"),
    ]
    assert found["relevelled"][1]["reason"]["en"] == "Nobody has the time."
    assert found["excluded"] == {"MEA-2": {"en": "There is one street.", "fr": "Il n’y a qu’une rue."}}
    assert [(each["word"], each["title"] and each["title"]["en"]) for each in found["words"]] == [
        ("civic", "Civic places"),
        ("sensors", None),
    ]
    assert answered("show", "harbour")["tailoring"]["added"] == ["WEL-1"]
    text = run("show", "village").stdout
    assert "  • MEA-1 lowered from must to should, because: Nobody has the time.\n" in text
    assert "  • least-indicators = 1 (Least indicators); before: 2\n" in text
    assert "  • MEA-2 left out, because: There is one street.\n" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_to_vote_on_has_every_requirement_and_the_matrix(lang, run, tmp_path):
    done = run("show", "harbour", "--format", "markdown", "--lang", lang, "-o", "charter.md")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "charter.md").read_text(encoding="utf-8")
    for each in ("OPE-1", "OPE-2", "MEA-1", "MEA-2", "WEL-1"):
        assert f'<a id="{each}"></a>' in page
    assert "| MEA-1 | `–◐–` | `–◐–` |" in page
    assert "[Open Definition 2.1](https://opendefinition.org/od/2.1/en/)" in page
    title = {
        "en": "### WEL-1 — Languages are told (must)",
        "fr": "### WEL-1 — Les langues sont indiquées (obligatoire)",
    }
    assert title[lang] in page


@pytest.mark.parametrize(
    ("layers", "phases", "flags", "found"),
    [
        ((), (), (), Applies.UNDER_CONDITIONS),
        ((), ("pilot",), ("funded",), Applies.ALWAYS),
        ((), ("pilot",), (), Applies.UNDER_CONDITIONS),
        ((), ("pilot", "idea"), ("funded",), Applies.UNDER_CONDITIONS),
        ((), ("idea",), ("funded",), Applies.NEVER),
    ],
)
def test_whether_a_requirement_applies_to_a_kind(layers, phases, flags, found):
    requirement = CHARTERS.charter("commons").requirement("MEA-1")
    assert applies(requirement, Kind(layers=layers, phases=phases, flags=flags)) is found


def test_the_default_charter_asks_more_at_scale_up_than_of_a_first_pilot():
    charter = Charters.of(Catalogue.of()).charter("municipal")

    def musts(layer, phase):
        return len(cell(charter, Kind(layers=(layer,), phases=(phase,))).always[Level.MUST])

    for layer in charter.vocabulary.layers:
        assert musts(layer, "idea") < musts(layer, "pilot") <= musts(layer, "scaling"), layer


# explain


def test_a_requirement_is_explained(run, answered):
    text = run("explain", "mea-1").stdout
    assert text.startswith("MEA-1 (must) — Pilots are measured\n  commons@2.0.0 · Measure · since 1.0.0\n")
    for told in ("What is not measured cannot be judged.", "in a phase: Pilot", "if so: Is it funded?", "(least: 2)"):
        assert told in text
    for told in ("of these kinds: report, not older than 12 months", "projects that started before 2025-01-01"):
        assert told in text
    value = answered("explain", "MEA-1")
    assert value["charter"] == "commons@2.0.0"
    assert value["verify"] == [{"check": "indicators-are-measurable", "options": {"least": 2}}]
    assert value["manuals"] == {"indicators-are-measurable": manual("indicators-are-measurable")}
    assert answered("explain", "MEA-1", "--charter", "commons@1")["level"] == "should"
    french = plain(run("explain", "OPE-2", "--lang", "fr").stdout)
    assert "OPE-2 (recommandé) — Une adresse pour les retours est indiquée" in french
    assert "Que faire Renseignez project.contactPoint." in french


def test_a_retired_requirement_is_still_explained(run):
    assert "no longer asked since 2.0.0" in run("explain", "MEA-3").stdout


def test_a_verifier_is_explained_with_who_uses_it(run, answered):
    assert "MEA-1" in answered("explain", "indicators-are-measurable")["requirements"]
    text = run("explain", "indicators-are-measurable").stdout
    assert text.startswith("verifier indicators-are-measurable\n\n")
    assert "    • MEA-1 Pilots are measured\n" in text
    assert f"    • too-few: {words('indicators-are-measurable')['too-few']['en']}"[:80] in text


# diff


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case["name"])
def test_a_change_is_seen(case, tmp_path):
    folder = shutil.copytree(CITY / "charter/commons", tmp_path / "commons")
    spoil(folder, case)
    after = Charters.of(Catalogue.of(CITY)).whole(str(folder))
    comparison = Comparison(before=CHARTERS.whole("commons"), after=after)
    found = comparison.changes
    assert [[each.id, each.name, *(["fails"] if each.fails else [])] for each in found] == case["found"]
    for lang in LANGUAGES:
        told = charter_diff.text(comparison, lang)
        assert told.count("  • ") == len(found)
        assert not re.search(r"[{}]|None", told)


def test_every_kind_of_change_has_an_example():
    shown = {each[0] for case in CHANGES for each in case["found"]}
    asked = {f"requirement-{each}" for each in (*ASKED_KEYS, "words", "moved", "raised", "lowered")}
    ends = {f"requirement-{each}" for each in ("added", "retired", "excluded", "dropped")}
    words = {f"{kind}-{end}" for kind in ("layers", "flags") for end in ("added", "dropped", "renamed")}
    others = {f"principle-{end}" for end in ("added", "dropped", "renamed")}
    others |= {f"parameter-{end}" for end in ("added", "dropped", "set")}
    others |= {f"grace-{end}" for end in ("added", "dropped", "changed")}
    assert shown == asked | ends | words | others | {"phases-added"}


def test_a_version_is_compared_with_the_one_before(run, answered):
    value = answered("diff", "commons")
    assert (value["before"]["version"], value["after"]["version"]) == ("1.0.0", "2.0.0")
    assert value["counts"] == {"failing": 3, "changes": 7}
    assert [each["name"] for each in value["changes"] if each["mayFail"]] == ["MEA-1", "OPE-1", "least-indicators"]
    text = run("diff", "commons").stdout
    assert '  • MEA-1 "Pilots are measured": raised from should to must\n' in text
    assert "  • least-indicators (Least indicators): 1 → 2; stands in MEA-1\n" in text
    assert text.endswith("projects that conformed may no longer do so; beffroi charter simulate tells which\n")
    french = plain(run("diff", "commons", "village", "--lang", "fr").stdout)
    assert (
        "MEA-1 « Les pilotes sont mesurés » : abaissée (obligatoire → recommandé), car : Personne n’a le temps."
        in french
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("commons",), 0),
        (("commons", "--fail-on", "failing"), 1),
        (("commons", "commons", "--fail-on", "any"), 0),
        (("commons@1", "commons@1", "--fail-on", "failing"), 0),
        (("commons@1", "commons@2", "--fail-on", "any", "--format", "json"), 1),
        (("village",), 2),
        (("nothing", "commons"), 2),
    ],
)
def test_how_a_comparison_ends(arguments, code, run):
    assert run("diff", *arguments).returncode == code


# simulate


def test_a_change_of_the_charter_is_tried_on_projects(run, answered):
    change = ("--charter", "commons", "--set", "least-indicators=3", "--exclude", "MEA-2", *ASKED, EXAMPLES)
    value = answered("simulate", *change)
    assert (value["projects"], value["conforming"]) == (2, {"before": 2, "after": 1})
    (lost,) = value["noLongerConforming"]
    assert (lost["name"], lost["before"], lost["after"]) == ("Trees of the quay", "conformant", "not-conformant")
    (shift,) = lost["requirements"]
    assert (shift["id"], shift["before"]["outcome"], shift["after"]["outcome"]) == ("MEA-1", "met", "not-met")
    assert value["deciding"] == {"MEA-1": 1}
    (other,) = value["otherwiseChanged"]
    assert [(each["id"], each["after"]) for each in other["requirements"]] == [("MEA-2", None)]
    text = run("simulate", *change).stdout
    assert text.startswith("1 of 2 projects would no longer conform\nconforming now: 2; then: 1; of 2\n")
    assert '• MEA-1 "Pilots are measured": must, met → must, not met; ' in text
    french = plain(run("simulate", *change, "--lang", "fr").stdout)
    assert french.startswith(
        "projets qui ne seraient plus conformes : 1 sur 2 conformes à présent : 2 ; alors : 1 ; sur 2"
    )


def test_projects_may_also_be_won(answered):
    value = answered("simulate", "--charter", "harbour", "--set", "OPE-2=may", "--set", "WEL-1=may", *ASKED, EXAMPLES)
    assert value["conforming"] == {"before": 0, "after": 2}
    assert [each["name"] for each in value["newlyConforming"]] == ["Counting benches", "Trees of the quay"]
    assert value["noLongerConforming"] == []


def test_a_profile_can_be_tried_in_place_of_its_charter(answered):
    value = answered("simulate", "--charter", "commons", "--to", "village", *ASKED, EXAMPLES)
    assert value["charter"]["after"]["id"] == "village"
    assert [each["name"] for each in value["noLongerConforming"]] == ["Counting benches"]


def test_a_project_is_found_by_its_file_and_counted_once(answered):
    file = EXAMPLES / "trees/beffroi.yaml"
    value = answered("simulate", "--charter", "commons", "--set", "OPE-2=must", *ASKED, file, file.parent, EXAMPLES)
    assert value["projects"] == 2


def test_what_simulate_says_now_is_what_check_says(run, beffroi, answered):
    value = answered("simulate", "--charter", "commons", "--exclude", "OPE-1", *ASKED, EXAMPLES)
    for name in ("trees", "benches"):
        done = beffroi("check", EXAMPLES / name, "--catalogue", CITY, *ASKED)
        assert done.returncode == 0
    assert value["conforming"]["before"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--set", "OPE-9=must", EXAMPLES), 2, '"OPE-9=must" sets neither'),
        (("--set", "OPE-1", EXAMPLES), 2, '"OPE-1" sets neither'),
        (("--set", "OPE-1=shall", EXAMPLES), 2, 'OPE-1 cannot be "shall"'),
        (("--set", "least-indicators=many", EXAMPLES), 2, "many cannot be the value of the parameter least-indicators"),
        (("--set", "least-indicators=[", EXAMPLES), 2, "--set"),
        (("--exclude", "OPE-9", EXAMPLES), 2, '"OPE-9" sets neither'),
        (("--set", "OPE-1=may", "nowhere"), 2, "nowhere"),
        (("--set", "OPE-1=may", CITY / "charter/commons/requirements"), 2, "no project is declared there"),
        ((EXAMPLES,), 2, "nothing to try"),
        (("--to", "nothing", EXAMPLES), 2, 'there is no charter "nothing"'),
    ],
)
def test_how_a_simulation_is_refused(arguments, code, told, run):
    done = run("simulate", "--charter", "commons", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr


def test_a_project_that_cannot_be_read_is_told_beside_the_others(run, tmp_path):
    folder = shutil.copytree(EXAMPLES, tmp_path / "projects")
    (folder / "trees/beffroi.yaml").write_text("- 1\n", encoding="utf-8")
    done = run("simulate", "--charter", "commons", "--set", "OPE-2=must", *ASKED, folder)
    assert (done.returncode, "of 1 projects" in done.stdout) == (2, True)
    assert "trees/beffroi.yaml" in done.stderr


def test_a_charter_is_varied_without_being_written():
    written = CHARTERS.whole("commons")
    other = varied(written, ["OPE-1=may", "least-indicators=5"], ["MEA-2"])
    assert other.requirements["OPE-1"].value["level"] == "may"
    assert other.value["parameters"]["least-indicators"]["value"] == 5
    assert "MEA-2" not in other.requirements
    assert written.requirements["OPE-1"].value["level"] == "must"
    assert (other.name, other.sha256 != written.sha256) == (written.name, True)


# errors and help


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "comons"), 'there is no charter "comons"'),
        (("show", "commons", "--layer", "sensor"), '"sensor" is not among the layers of this charter'),
        (("show", "commons", "--phase", "pilots"), '"pilots" is not among the phases of this charter'),
        (("explain", "MEA-99"), 'there is no requirement and no verifier "MEA-99"'),
        (("explain", "MEA-1", "--charter", "commons@9"), "there is no version 9"),
        (("diff", "commons@1"), "there is no version before commons@1.0.0"),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(arguments, told, run):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "→ " in done.stderr
    assert run(*arguments, "--lang", "fr").stderr != done.stderr


@pytest.mark.parametrize("name", ["list", "show", "explain", "lint", "test", "diff", "simulate"])
def test_every_command_helps(name, beffroi):
    done = beffroi("charter", name, "--help")
    assert done.returncode == 0
    assert "--catalogue" in done.stdout


@pytest.mark.parametrize("name", ["show", "explain", "diff"])
def test_a_file_can_be_named(name, beffroi):
    given = {"explain": ["WEL-1", "--charter"], "diff": [CITY / "charter/commons"]}.get(name, [])
    done = beffroi("charter", name, *given, CITY / "charter/harbour/charter.yaml")
    assert (done.returncode, done.stderr) == (0, "")
