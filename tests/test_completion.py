"""What a shell completes: commands, options, and the names that only we know; with real processes and a real bash."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.licences.register import Register
from beffroi.reports import known_formats
from beffroi.rulebook import known_rules

CATALOGUE = Catalogue.of()
STANDARDS = list(CATALOGUE.ids())
CHARTERS = list(Charters.of(CATALOGUE).ids())
LICENCES = sorted(Register.bundled().licences)
RULES = list(known_rules())
COMMAND = [sys.executable, "-m", "beffroi"]
LONGEST = 0.3
"""Seconds of processor time in which a shell gets its answer."""


def beginning(names, begun):
    return [each for each in names if each.startswith(begun)]


@pytest.fixture
def ask(tmp_path):
    """Ask as a shell does after this line; the finished process."""

    def asked(line, shell="bash", **variables):
        given = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - (line[-1:] != " "))}
        if shell == "fish":
            given["COMP_CWORD"] = "" if line.endswith(" ") else line.split()[-1]
        environment = {**os.environ, "BEFFROI_LANG": "en", "_BEFFROI_COMPLETE": f"{shell}_complete", **given}
        return subprocess.run(
            COMMAND, cwd=tmp_path, env={**environment, **variables}, capture_output=True, text=True, check=False
        )

    return asked


@pytest.fixture
def completed(ask):
    """What bash is told after this line."""

    def asked(line, **variables):
        done = ask(line, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        return [each.removeprefix("plain,") for each in done.stdout.splitlines() if each]

    return asked


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("beffroi check t.csv -s ", STANDARDS),
        ("beffroi check t.csv --standard b", beginning(STANDARDS, "b")),
        ("beffroi check t.csv --also ", STANDARDS),
        ("beffroi standard show ", STANDARDS),
        ("beffroi standard docs trees ", STANDARDS),
        ("beffroi standard test s", beginning(STANDARDS, "s")),
        ("beffroi standard new mine --extends c", beginning(STANDARDS, "c")),
        ("beffroi standard diff trees ", STANDARDS),
        ("beffroi check --charter ", CHARTERS),
        ("beffroi project check --charter m", beginning(CHARTERS, "m")),
        ("beffroi charter show ", CHARTERS),
        ("beffroi licence show ", LICENCES),
        ("beffroi licence compare MIT C", beginning(LICENCES, "C")),
        ("beffroi explain ", RULES),
        ("beffroi check t.csv --select primary-k", ["primary-key"]),
        ("beffroi check t.csv --ignore licence-", beginning(RULES, "licence-")),
        ("beffroi charter explain EC-", [f"EC-{n}" for n in range(1, 7)]),
        ("beffroi completion ", ["bash", "zsh", "fish"]),
        ("beffroi --lang ", ["en", "fr"]),
        ("beffroi chec", ["check"]),
        ("beffroi standard te", ["template", "test"]),
        ("beffroi check --exit", ["--exit-zero"]),
        ("beffroi explain xyz", []),
    ],
)
def test_names_are_completed(completed, line, names):
    assert completed(line) == names


def test_formats_of_reports_are_completed(completed):
    assert set(completed("beffroi check t.csv --format ")) == set(known_formats())


@pytest.mark.parametrize(
    "line",
    [
        "beffroi check da",
        "beffroi check t.csv -s schema.j",
        "beffroi standard lint fold",
        "beffroi standard detect ",
        "beffroi licence recognise LIC",
        "beffroi check -o ",
    ],
)
def test_files_are_left_to_the_shell(completed, line):
    assert completed(line) == [f"file,{line.split(' ')[-1]}"]


def test_standards_of_the_project_and_of_an_option_are_completed(completed, tmp_path):
    for folder, name in (("ours", "our-benches"), ("theirs", "their-lamps")):
        standard = tmp_path / folder / "standards" / name
        standard.mkdir(parents=True)
        (standard / "standard.yaml").write_text(f"id: {name}\n")
    (tmp_path / "beffroi.yaml").write_text("catalogue: ours\n")
    assert completed("beffroi standard show our-") == ["our-benches"]
    assert completed("beffroi standard show their-") == ["file,their-"]
    assert completed("beffroi standard show --catalogue theirs their-") == ["their-lamps"]


@pytest.mark.parametrize("text", ["catalogue: [", "catalogue: nowhere\n", "\0", "- 1\n"])
def test_a_broken_project_is_not_told_amid_a_line(completed, tmp_path, text):
    (tmp_path / "beffroi.yaml").write_text(text)
    assert completed("beffroi check --exit") == ["--exit-zero"]
    assert completed("beffroi licence show MI") == []


@pytest.mark.parametrize(
    ("line", "variables"),
    [
        ("beffroi check", {"COMP_CWORD": ""}),
        ("beffroi check", {"COMP_CWORD": "x"}),
        ("", {"COMP_CWORD": "-7"}),
        ("beffroi chekc ", {}),
        ("beffroi --nonsense ", {}),
        ("beffroi check 'open", {}),
        ("beffroi check t.csv --today soon --lang de -s ", {}),
        ("beffroi check --catalogue nowhere -s ", {}),
        ("beffroi check \udce9 ", {}),
        ("beffroi check", {"_BEFFROI_COMPLETE": "bash"}),
        ("beffroi check", {"_BEFFROI_COMPLETE": "tcsh_complete"}),
        ("beffroi check", {"_BEFFROI_COMPLETE": ""}),
    ],
)
def test_nothing_is_ever_said_amid_a_line(ask, line, variables):
    done = ask(line, **variables)
    assert (done.returncode in {0, 1}, done.stderr) == (True, "")


def test_a_shell_that_asks_without_a_line_gets_no_traceback(tmp_path):
    environment = {each: value for each, value in os.environ.items() if not each.startswith("COMP_")}
    done = subprocess.run(
        COMMAND,
        cwd=tmp_path,
        env={**environment, "_BEFFROI_COMPLETE": "bash_complete"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_what_commands_do_is_told_in_the_language_of_the_shell(ask):
    english, french = (ask("beffroi stand", "zsh", BEFFROI_LANG=lang).stdout for lang in ("en", "fr"))
    assert english.splitlines()[:2] == french.splitlines()[:2] == ["plain", "standard"]
    assert english.splitlines()[2].startswith("Write, test, compare")
    assert french.splitlines()[2].startswith("Écrire, tester, comparer")
    assert ask("beffroi check --exit", "fish", BEFFROI_LANG="fr").stdout.startswith("plain")


@pytest.mark.parametrize("line", ["beffroi ", "beffroi standard show ", "beffroi licence show ", "beffroi check -s "])
def test_completing_is_quick(ask, line):
    def spent():
        before = os.times()
        ask(line)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(spent() for _ in range(5)) < LONGEST


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed_that_the_shell_reads(beffroi, tmp_path, shell):
    done = beffroi("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_BEFFROI_COMPLETE={shell}_complete" in done.stdout
    by_variable = beffroi(env={"_BEFFROI_COMPLETE": f"{shell}_source"})
    assert by_variable.stdout == done.stdout
    if found := shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(done.stdout)
        assert subprocess.run([found, "-n", script], capture_output=True, check=False).returncode == 0


def test_bash_completes_a_line(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "beffroi"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m beffroi "$@"\n')
    program.chmod(0o755)
    code = (
        'eval "$(beffroi completion bash)"\n'
        "COMP_WORDS=(beffroi standard show bicy) COMP_CWORD=3\n"
        '_beffroi_completion beffroi\necho "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "--norc", "-c", code], cwd=Path(tmp_path), env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["bicycle-parking"]
