"""`beffroi project new`, as people use it: on a terminal, and with answers in a file."""

import json
import os
import shutil

import pytest
import yaml

from beffroi.projects.declaration import Declaration
from conftest import ROOT
from declared import TODAY, write_charter, write_yaml

pty = pytest.importorskip("pty")
from terminal import Terminal  # noqa: E402 - where there are terminals

CTRL_C, CTRL_D = b"\x03", b"\x04"
CHARTER = {
    "parameters": {
        "objectives": {"title": {"en": "Objectives", "fr": "Objectifs"}, "value": ["cleaner air", "less noise"]},
    },
    "vocabulary": {"flags": {"supplier": {"en": "Is there a supplier?", "fr": "Y a-t-il un prestataire\u00a0?"}}},
    "requirements": {
        "PUR-1": {
            "title": {"en": "The purpose is told", "fr": "La finalité est dite"},
            "why": {"en": "Nobody pays for what nobody needs", "fr": "Personne ne paie ce dont personne n’a besoin"},
            "declare": {"properties": {"project": {"required": ["purpose"]}}},
            "verify": [
                {
                    "check": "values-are-listed",
                    "options": {"pointer": "/project/objectives", "values": {"parameter": "objectives"}},
                }
            ],
        },
        "OD-2": {
            "level": "should",
            "when": {"layers": ["open-data"]},
            "declare": {"properties": {"datasets": {"items": {"required": ["license"]}}}, "required": ["datasets"]},
        },
        "SO-1": {
            "when": {"flags": ["supplier"]},
            "declare": {"properties": {"project": {"required": ["exitPlan"]}}},
        },
        "RE-9": {
            "when": {"phases": ["running"]},
            "declare": {"properties": {"project": {"required": ["spatial", "keywords"]}}},
        },
        "GO-2": {"declare": {"properties": {"signoff": {"minItems": 1}}, "required": ["signoff"]}},
    },
}


def asking_only(tmp_path, key):
    """Let the charter ask for one key of the project, and nothing else."""
    shutil.rmtree(tmp_path / "city")
    write_charter(
        tmp_path / "city", {"requirements": {"X-1": {"declare": {"properties": {"project": {"required": [key]}}}}}}
    )


@pytest.fixture
def city(tmp_path):
    """A catalogue with a small charter, `demo`."""
    write_charter(tmp_path / "city", CHARTER)
    return tmp_path / "city"


@pytest.fixture
def terminal(tmp_path, city):
    """Lead an interview in a terminal; those that still run at the end are killed."""
    started = []

    def run(*arguments, **env):
        command = ("project", "new", "p", "--catalogue", city, "--today", TODAY, *arguments)
        started.append(Terminal(command, tmp_path, **env))
        return started[-1]

    yield run
    for each in started:
        each.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "p" / "beffroi.yaml"


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "p" / "beffroi.answers.yaml"


def declared(file):
    """What a file declares, which must load without a defect."""
    declaration = Declaration.read(file)
    assert declaration.defects == ()
    return declaration.document.value


WRITTEN = ROOT / "tests/cases/declaring/written.fr.yaml"
IDENTITY = ("Trees", "City of Demo", "-", "5", "pilot", "no", "")
"""Name, organisation and its address, layers, phase, the flag, the identifier that is suggested."""


# On a terminal


def test_an_interview_asks_what_applies_and_writes_it(terminal, file, kept):
    told = terminal()
    last = told.answer(
        *IDENTITY,
        *("Nobody knows where shade is missing", "2, 1"),
        *("trees.csv", "trees", "3", "etalab-2.0", ""),
        *("A. Person", "mayor", "", ""),
    )
    assert told.end() == 0
    assert "questions answered: 10 of 10" in last
    assert not kept.exists()
    assert declared(file) == {
        "charter": "demo@1",
        "lastUpdated": TODAY,
        "project": {
            "identifier": "trees",
            "name": {"en": "Trees"},
            "layers": ["open-data"],
            "phase": "pilot",
            "flags": {"supplier": False},
            "organisation": {"name": "City of Demo"},
            "purpose": {"en": "Nobody knows where shade is missing"},
            "objectives": ["less noise", "cleaner air"],
        },
        "datasets": [{"path": "trees.csv", "name": "trees", "role": "published", "license": "etalab-2.0"}],
        "signoff": [{"name": "A. Person", "role": "mayor", "date": TODAY}],
    }


def test_each_question_says_how_far_it_is_and_what_may_be_answered(terminal):
    told = terminal("--lang", "fr")
    assert told.answer("Arbres", "Ville", "", "application") == (
        "application\n"
        "\n(5 sur environ 10) Dans quelle phase est-il\u00a0?\n"
        "   1  idea\n   2  pilot\n   3  scaling\n   4  running\n   5  closed\n"
        "  tapez un numéro ou un nom\n"
        "> "
    )


def test_a_question_mark_tells_why_it_is_asked(terminal):
    told = terminal("--lang", "fr")
    told.answer("Arbres", "Ville", "", "application", "pilot", "non", "")
    told.type("?")
    assert told.shown() == (
        "?\nPUR-1 La finalité est dite (obligatoire)\nPersonne ne paie ce dont personne n’a besoin\n> "
    )


@pytest.mark.parametrize(
    "wrong, mend",
    [
        ("9", '"9" is none of them; type a number from 1 to 5, or one of: idea, pilot, scaling, running, closed'),
        (
            "later",
            '"later" is none of them; type a number from 1 to 5, or one of: idea, pilot, scaling, running, closed',
        ),
    ],
)
def test_what_cannot_be_is_told_at_once_and_asked_again(terminal, wrong, mend):
    told = terminal()
    assert told.answer("Trees", "City", "", "application", wrong) == f"{wrong}\n  ✘ {mend}\n> "
    told.type("pil")
    assert "supplier" in told.shown()


def test_the_name_is_needed(terminal):
    told = terminal()
    assert "needs a name" in told.answer("")
    told.type(">")
    assert "needs a name" in told.shown()
    told.type("<")
    assert "this is the first question" in told.shown()


def test_a_step_back_offers_what_was_answered(terminal, file):
    told = terminal()
    assert "[Tres] > " in told.answer("Tres", "<")
    told.type("Trees")
    told.answer(">")
    assert told.end() == 0
    assert declared(file)["project"]["name"] == {"en": "Trees"}


def test_what_a_step_back_changes_decides_anew_what_is_asked(terminal, file):
    told = terminal()
    told.answer("Trees", "City", "", "application", "pilot", "yes")
    assert "is there a supplier" in told.answer("<").lower()
    told.type("no")
    told.answer(">")
    assert told.end() == 0
    assert "exitPlan" not in file.read_text(encoding="utf-8")


def test_whoever_has_had_enough_ends_it_and_the_rest_stays_open(terminal, file):
    told = terminal()
    last = told.answer("Trees", "City", "", "open-data", "pilot", "yes", "", ">")
    assert told.end() == 0
    assert (
        "must: 3 of the 3 that apply are left to do\n  • GO-2 Demo\n  • PUR-1 The purpose is told\n  • SO-1 Demo"
        in last
    )
    text = file.read_text(encoding="utf-8")
    declared(file)
    assert (
        "  # Which plan tells how to leave the supplier or the service? (SO-1)\n"
        "  # exitPlan:\n"
        "  #   path:  # Its file\n"
        "  #   reviewed:  # When it was last reviewed\n"
    ) in text


def test_a_key_without_a_question_of_its_own_is_asked_by_its_place(terminal, file):
    told = terminal()
    shown = told.answer("Trees", "City", "", "application", "running", "no", "", "For shade", "less noise")
    assert ") project.keywords\n  several with commas between them\n  asked by RE-9 (must)\n> " in shown
    told.type("trees, shade")
    assert ") project.spatial – where\n  asked by RE-9 (must)\n> " in told.shown()
    told.type("the whole city")
    told.answer(">")
    assert told.end() == 0
    assert declared(file)["project"]["keywords"] == ["trees", "shade"]
    assert declared(file)["project"]["spatial"] == "the whole city"


def test_what_a_thing_cannot_do_without_is_asked_until_it_is_said(terminal, file, tmp_path):
    asking_only(tmp_path, "indicators")
    told = terminal()
    told.answer("Trees", "-", "application", "pilot", "-")
    assert "cannot be left open" in told.answer("shade", "")
    told.answer("outcome", "", "%", "1 200,5", ">")
    assert told.end() == 0
    assert declared(file)["project"]["indicators"] == [
        {"id": "shade", "type": "outcome", "unit": "%", "baseline": 1200.5}
    ]


@pytest.mark.parametrize(
    "key, wrong, mend, right, value",
    [
        (
            "startDate",
            "31/01/2026",
            "« 31/01/2026 » commence par le jour\u00a0; tapez année-mois-jour\u00a0: 2026-01-31",
            "2026-01-31",
            "2026-01-31",
        ),
        (
            "url",
            "www.example.org",
            "il manque le début à « www.example.org »\u00a0; tapez https://www.example.org",
            "https://www.example.org",
            "https://www.example.org",
        ),
        (
            "public",
            "peut-être",
            "« peut-être » n’est ni oui ni non\u00a0; tapez oui ou non",
            "OUI",
            True,
        ),
        (
            "sdg",
            "3, 18",
            "« 18 » n’a pas la forme demandée\u00a0: United Nations Sustainable Development Goals",
            "3, 11",
            [3, 11],
        ),
    ],
)
def test_each_kind_of_answer_has_its_mend(terminal, file, tmp_path, key, wrong, mend, right, value):
    asking_only(tmp_path, key)
    told = terminal("--lang", "fr")
    shown = told.answer("Arbres", "-", "application", "pilot", "-", wrong)
    assert mend.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in shown
    told.answer(right)
    assert told.end() == 0
    assert declared(file)["project"][key] == value


def test_several_texts_are_typed_one_a_line(terminal, file, tmp_path):
    asking_only(tmp_path, "hypotheses")
    told = terminal()
    told.answer("Trees", "-", "application", "pilot", "-", "Shade cools, a lot", "People sit down", "")
    assert told.end() == 0
    assert declared(file)["project"]["hypotheses"] == [{"en": "Shade cools, a lot"}, {"en": "People sit down"}]


# Broken off


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_an_interview_that_is_broken_off_keeps_its_answers_and_goes_on(terminal, file, kept, key):
    told = terminal("--lang", "fr")
    told.answer("Arbres", "Ville", "-", "5")
    told.press(key)
    assert "interrompu\u00a0; vos réponses sont gardées ici" in told.shown()
    assert told.process.wait(30) == 130
    assert not file.exists()
    assert yaml.safe_load(kept.read_text(encoding="utf-8")) == {
        "charter": "demo@1",
        "/project/name": {"fr": "Arbres"},
        "/project/organisation/name": "Ville",
        "/project/organisation/uri": None,
        "/project/layers": ["open-data"],
    }
    again = terminal("--lang", "fr")
    shown = again.shown()
    assert "Reprise avec les réponses de p/beffroi.answers.yaml\u00a0: 4." in shown
    assert "Dans quelle phase est-il" in shown
    again.type(">")
    assert again.end() == 0
    assert declared(file)["project"]["organisation"] == {"name": "Ville"}
    assert not kept.exists()


def test_one_that_is_killed_keeps_its_answers_too(terminal, file, kept):
    told = terminal()
    told.answer("Trees", "City")
    told.process.kill()
    told.process.wait(30)
    assert yaml.safe_load(kept.read_text(encoding="utf-8"))["/project/organisation/name"] == "City"


def test_one_that_is_broken_off_before_any_answer_leaves_nothing(terminal, tmp_path):
    told = terminal()
    told.shown()
    told.press(CTRL_C)
    assert told.end() == 130
    assert not (tmp_path / "p").exists()


def test_strange_bytes_are_no_accident(terminal):
    told = terminal()
    told.shown()
    told.press(b"\xff\xfe Trees\n")
    assert "Its name" in told.shown()


# With answers in a file

ANSWERS = """
/project/name: Arbres
/project/layers: [open-data]
/project/phase: pilot
/project/flags/supplier: false
project: {organisation: {name: Ville}}
datasets:
  - {path: trees.csv}
"""


@pytest.fixture
def new(beffroi, city, tmp_path):
    """Declare a project with the answers of a file."""

    def run(answers, *arguments, **options):
        (tmp_path / "answers.yaml").write_text(answers, encoding="utf-8")
        command = ("project", "new", "p", "--answers", "answers.yaml", "--catalogue", city, "--today", TODAY)
        return beffroi(*command, *arguments, **options)

    return run


def test_answers_of_a_file_are_written_with_what_is_open(new, file):
    done = new(ANSWERS, "--lang", "fr")
    assert (done.returncode, done.stderr) == (0, "")
    assert file.read_text(encoding="utf-8") == WRITTEN.read_text(encoding="utf-8")
    declared(file)
    assert done.stdout == (
        "écrit\u00a0: p/beffroi.yaml  (questions répondues\u00a0: 6 sur 10)\n"
        "la suite\u00a0: complétez ce qui suit les #, puis beffroi project check p/beffroi.yaml\n"
        "\n"
        "beffroi project check dit à présent\u00a0: non conforme\n"
        "obligatoire\u00a0: 2 à faire sur les 2 qui s’appliquent\n"
        "  • GO-2 Démo\n"
        "  • PUR-1 La finalité est dite\n"
        "recommandé\u00a0: 1 à faire sur les 1 qui s’appliquent\n"
        "  OD-2\n"
    )


def test_programs_are_told_the_same(new):
    told = json.loads(new(ANSWERS, "-f", "json").stdout)
    assert {"pointer": "/project/purpose", "key": "project.purpose", "requirements": ["PUR-1"]} in told["open"]
    assert {key: told[key] for key in ("path", "charter", "verdict", "left")} == {
        "path": "p/beffroi.yaml",
        "charter": "demo@1",
        "verdict": "not-conformant",
        "left": [
            {"id": "GO-2", "level": "must", "outcome": "not-met"},
            {"id": "OD-2", "level": "should", "outcome": "not-met"},
            {"id": "PUR-1", "level": "must", "outcome": "not-met"},
        ],
    }


def test_what_is_open_may_be_filled_in_by_taking_the_signs_away(new, file, beffroi, city):
    new(ANSWERS)
    text = file.read_text(encoding="utf-8")
    for key, value in (("purpose", " Shade"), ("uri", " https://example.org"), ("license", " etalab-2.0")):
        text = text.replace(f"# {key}:", f"{key}:{value}")
    text = text.replace("# objectives:", "objectives: [less noise]")
    head, behind, signoff = text.partition("# signoff:")
    lines = [line.removeprefix("# ") for line in (behind + signoff).splitlines()]
    filled = "\n".join(lines).replace("name:", "name: A. Person").replace("date:", "date: 2026-11-01")
    file.write_text(head + filled.replace("role:", "role: mayor"), encoding="utf-8")
    declared(file)
    done = beffroi("project", "check", "p", "--catalogue", city, "--today", TODAY)
    assert done.returncode == 0, done.stdout


def test_a_declaration_that_is_there_stays(new, file):
    write_yaml(file, "catalogue: standards\n")
    done = new(ANSWERS)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("beffroi: p/beffroi.yaml: exists already; nothing was changed\n")
    assert file.read_text(encoding="utf-8") == "catalogue: standards\n"
    assert new(ANSWERS, "--force").returncode == 0
    assert declared(file)["project"]["name"] == "Arbres"


def test_a_declaration_that_is_there_may_be_the_answers(new, file, beffroi, city, tmp_path):
    new(ANSWERS)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"catalogue: ../city\n{text}x-own: kept\n", encoding="utf-8")
    command = ("project", "new", "p", "--answers", "p/beffroi.yaml", "--force", "--catalogue", city)
    assert beffroi(*command, "--today", TODAY).returncode == 0
    value = declared(file)
    assert (value["catalogue"], value["x-own"], value["project"]["name"]) == ("../city", "kept", "Arbres")


@pytest.mark.parametrize(
    "answers, told",
    [
        ("[1]", "answers.yaml: holds no answers"),
        ("{}", "answers.yaml: does not say what the project is called"),
        ("/project/nmae: x", 'answers.yaml:1: a declaration says nothing at "/project/nmae"'),
        ("project: {name: x, nmae: y}", 'answers.yaml:1: a declaration says nothing at "project.nmae"'),
        (
            "\n/project/startDate: 1/2/2026",
            "answers.yaml:2: project.startDate cannot be 1/2/2026; expected something like: 2026-01-31\n",
        ),
        (
            "/project/flags/supplier: maybe",
            "answers.yaml:1: project.flags.supplier cannot be maybe; expected something like: true, false\n",
        ),
        ("project: {name: x, layers: y}", 'project.layers cannot be y; expected something like: ["…"]\n'),
        ("project: {name: {}}", "project.name cannot be {}; expected something like: {en: …, fr: …}\n"),
        ("project: 3", "answers.yaml:1: project cannot be 3; expected something like: {key: …}\n"),
        ("project: {name: null}", "answers.yaml: does not say what the project is called"),
        ("project:\n  name: x\n  indicators: [{id: a}]", "answers.yaml:3: project.indicators[1].type is missing"),
        ("/project/name: x\n/project/organisation/uri: y", "answers.yaml:2: project.organisation.name is missing"),
        ("charter: nothing@1\nproject: {name: x}", 'there is no charter "nothing"'),
    ],
)
def test_answers_that_cannot_be_are_told_with_their_line_and_nothing_is_written(new, tmp_path, answers, told):
    done = new(answers)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not (tmp_path / "p").exists()


def test_without_a_terminal_and_answers_there_is_nobody_to_ask(beffroi, city, tmp_path):
    done = beffroi("project", "new", "p", "--catalogue", city, stdin=-3)
    assert done.returncode == 2
    assert done.stderr == (
        "beffroi: there is nobody to ask: this is not a terminal\n  → give the answers in a file, with --answers\n"
    )
    assert not (tmp_path / "p").exists()


def test_a_folder_that_cannot_be_written_is_told(new, tmp_path):
    if os.geteuid() == 0:
        (tmp_path / "p").write_text("a file")
    else:
        (tmp_path / "p").mkdir(mode=0o500)
    done = new(ANSWERS)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
