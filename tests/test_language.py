"""The command in French and in English: helps, errors of usage, what the system says; every word of them."""

import ast
import errno
import gettext
import os
import re
import shlex
import string
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from beffroi.catalogue.charters.building import shown
from beffroi.cli.command import cli
from beffroi.cli.language import asked_language
from beffroi.cli.speaking import FILES, speaking, words_of
from beffroi.errors import CannotRead, refusal, refusals
from beffroi.model.faults import Fault
from beffroi.projects.wording import told
from conftest import ROOT

COMMAND = ROOT / "validator" / "beffroi" / "cli"
FRENCH = {**words_of("click", "fr"), **words_of("commands", "fr")}
CASES = yaml.safe_load((ROOT / "tests/cases/usage-errors.yaml").read_text(encoding="utf-8"))
FOR_PROGRAMMERS = {
    "(dynamic)",
    "Argument {name!r} takes {nargs} values.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Value must be an iterable.",
    "Windows error: {error}",
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
}
"""What click says to those who write commands, or of what our commands do not do."""


class Recorder(gettext.NullTranslations):
    """Remembers what was looked up."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def gettext(self, message):
        self.asked.add(message)
        return message


def commands(command=cli, path=("beffroi",)):
    """Every command of ours, with its names."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


COMMANDS = {" ".join(path): command for path, command in commands()}


def context_of(names):
    return click.Context(COMMANDS[names], info_name=names, help_option_names=["-h", "--help"])


def help_of(names):
    """The help of a command on a wide terminal, as one line."""
    return re.sub(r"[ \n]+", " ", COMMANDS[names].get_help(context_of(names)))


@pytest.fixture(scope="module")
def looked_up():
    """All texts that the helps of all commands look up."""
    recorder, usual = Recorder(), gettext.translation
    gettext.translation = lambda *_arguments, **_options: recorder
    try:
        for names, command in COMMANDS.items():
            command.get_help(context_of(names))
            command.get_short_help_str()
    finally:
        gettext.translation = usual
    return recorder.asked


def literals(folder):
    """The texts that the sources of a folder have translated."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                yield from (each.value for each in node.args if isinstance(each, ast.Constant) and each.value != 1)


OF_CLICK = set(literals(Path(click.__file__).parent))
OURS = set(literals(COMMAND))


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# The words


def test_every_text_of_every_command_is_there_in_french(looked_up):
    assert (looked_up | OURS) - set(FRENCH) == set()


def test_every_text_of_click_is_there_in_french():
    assert OF_CLICK - FOR_PROGRAMMERS - set(FRENCH) == set()


def test_no_french_text_is_unused(looked_up):
    types = {each.name for each in (click.STRING, click.INT, click.BOOL, click.DateTime(), click.IntRange())}
    assert set(FRENCH) - looked_up - OURS - OF_CLICK - types - {"required"} == set()


def test_no_text_stands_twice():
    text = "".join((COMMAND / f"{name}.fr.toml").read_text(encoding="utf-8") for name in FILES)
    assert len(re.findall(r"^en = ", text, re.MULTILINE)) == len(FRENCH)


@pytest.mark.parametrize("english", sorted(FRENCH))
def test_both_languages_hold_the_same(english):
    french = FRENCH[english]
    lost = {"name", "number_type"} if english in OF_CLICK else set()
    assert placeholders(french) <= placeholders(english) <= placeholders(french) | lost
    assert not re.search(r"[^\s\u00a0:][;?!](?=\s|$)| [:;?!»]|« |[A-Za-zé]'[a-zéA-Z]", french)
    assert not re.search(r"\w:(?=\s)", french.replace("project/phase:", ""))
    if english[:1].isupper() and len(english.split()) > 2 and not french.endswith("}"):
        assert (french[-1] == ".") == (english[-1] == "."), french


def test_errors_of_usage_are_never_told_in_one_language():
    bare = []
    for file in sorted(COMMAND.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"UsageError", "BadParameter", "fail"}:
                bare += [file.name for each in node.args if isinstance(each, ast.Constant | ast.JoinedStr)]
    assert bare == []


@pytest.mark.parametrize("names", COMMANDS)
def test_no_english_is_left_in_a_french_help(names):
    with speaking("fr"):
        french = help_of(names)
    english = [each for each in FRENCH if len(each.split()) > 1 and FRENCH[each] != each]
    assert [each for each in english if each in french] == []
    assert not re.search(r"\b(Usage|the|of|FILE|FOLDER|PATH|DIRECTORY|TEXT|INTEGER|RULE|default)\b", french)


@pytest.mark.parametrize("names", COMMANDS)
def test_an_english_help_is_as_it_is_written(names):
    with speaking("en"):
        english = help_of(names)
    assert english.startswith(f"Usage: {names} ")
    assert "Show this message and exit." in english
    assert not re.search("[àâçèéêîôù\u00a0’]", english)


# Which language


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("check x", "en"),
        ("check x --lang fr", "fr"),
        ("check x --lang=fr", "fr"),
        ("--lang fr check x --lang en", "en"),
        ("--lang=fr check --lang en --lang=fr", "fr"),
        ("check x --lang de", "en"),
        ("check --lang", "en"),
        ("check -- --lang fr", "en"),
    ],
)
def test_the_last_language_that_is_named_holds(line, lang, monkeypatch):
    monkeypatch.setenv("BEFFROI_LANG", "en")
    assert asked_language(line.split()) == lang


def variables(**given):
    """An environment in which only these variables tell a language."""
    return {**dict.fromkeys(("BEFFROI_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"), ""), **given}


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("--help --lang fr", {}),
        ("--lang fr --help", {}),
        ("--lang fr check --help", {}),
        ("check --help --lang fr", {"BEFFROI_LANG": "en"}),
        ("standard --lang fr list -h", {"LANG": "en_GB.UTF-8"}),
        ("standard list -h", {"BEFFROI_LANG": "fr"}),
        ("check -h", {"LANG": "fr_CA.UTF-8"}),
        ("check -h", {"LC_ALL": "fr_FR", "LANG": "en_GB.UTF-8"}),
        ("check -h", {"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}),
    ],
)
def test_a_help_is_french_where_french_is_asked_for(beffroi, line, given):
    done = beffroi(*line.split(), env=variables(**given))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Utilisation\u00a0: ")
    assert "Affiche cette aide." in done.stdout


@pytest.mark.parametrize("given", [{}, {"LANG": "de_DE.UTF-8"}, {"BEFFROI_LANG": "en", "LANG": "fr_FR.UTF-8"}])
def test_a_help_is_english_elsewhere(beffroi, given):
    assert beffroi("check", "-h", env=variables(**given)).stdout.startswith("Usage: ")


@pytest.mark.parametrize(
    ("line", "given", "verdict"),
    [
        ("check t.csv -s s.json --lang fr", {"LANG": "de_DE.UTF-8"}, "conforme"),
        ("check t.csv -s s.json --lang en", {"BEFFROI_LANG": "fr"}, "conformant"),
        ("check t.csv -s s.json", {"BEFFROI_LANG": "fr"}, "conforme"),
        ("--lang fr check t.csv -s s.json", {"LANG": "en_GB.UTF-8"}, "conforme"),
        ("--lang fr check t.csv -s s.json --lang en", {}, "conformant"),
    ],
)
def test_a_report_is_in_the_language_that_was_asked_for(beffroi, tmp_path, line, given, verdict):
    (tmp_path / "s.json").write_text('{"fields": [{"name": "n"}]}')
    (tmp_path / "t.csv").write_text("n\n1\n")
    done = beffroi(*line.split(), env=variables(**given))
    assert done.returncode == 0
    assert done.stdout.startswith(f"✔ {verdict}  t.csv\n")


def test_a_language_that_there_is_not_is_told(beffroi):
    done = beffroi("check", "t.csv", "--lang", "de", env=variables(BEFFROI_LANG="fr"))
    assert done.returncode == 2
    assert "Valeur non admise pour '--lang'\u00a0: 'de' n’est pas l’un de ces choix\u00a0: 'en', 'fr'." in done.stderr


# What is told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"])
def test_what_cannot_be_understood_is_told_in_french(beffroi, tmp_path, case):
    (tmp_path / "t.csv").write_text("n\n1\n")
    done = beffroi(*shlex.split(case["line"]), env={"BEFFROI_LANG": "fr", "COLUMNS": "200"})
    assert (done.returncode, done.stdout) == (2, "")
    assert case["says"] in done.stderr.replace("\u00a0", " ")
    assert not re.search(r"Usage|Error|Try |Options:", done.stderr)


@pytest.mark.parametrize(
    ("line", "read"),
    [("check t.csv -s s.json", False), ("standard show trees", False), ("check", True), ("check --help", True)],
)
def test_french_words_are_read_only_to_be_shown(tmp_path, line, read):
    (tmp_path / "s.json").write_text('{"fields": [{"name": "n"}]}')
    (tmp_path / "t.csv").write_text("n\n1\n")
    code = (
        "import sys\n"
        "def opened(event, what):\n"
        "    if event == 'open' and 'commands.fr' in str(what[0]): print('READ', file=sys.stderr)\n"
        "sys.addaudithook(opened)\n"
        "from beffroi.cli import main; main()\n"
    )
    environment = {**os.environ, "BEFFROI_LANG": "fr"}
    command = [sys.executable, "-c", code, *line.split()]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ("READ" in done.stderr) == read


def test_gettext_is_left_as_it_was():
    usual = gettext.translation
    with speaking("fr"):
        assert gettext.gettext("Usage:") == "Utilisation\u00a0:"
        assert gettext.dgettext("other", "Usage:") == "Usage:"
        with speaking("en"):
            assert gettext.gettext("Usage:") == "Usage:"
    assert gettext.translation is usual


@pytest.mark.parametrize("reason", sorted(refusals("fr")))
def test_what_the_system_refuses_is_told_in_french(reason):
    words = refusal(reason, "fr")
    assert refusal(reason, "en") == reason
    assert words != reason and words[0].islower() and not words.endswith(".") and "'" not in words


def test_an_error_of_the_system_has_no_english_within_french():
    error = CannotRead.because(OSError(errno.EISDIR, os.strerror(errno.EISDIR)), "folder")
    assert str(error) == "cannot be read (Is a directory)"
    assert error.message("fr") == "ne peut pas être lu (c’est un dossier)"
    assert refusal("something else", "fr") == "something else"
    fault = Fault(rule="unreadable", details=(("path", "a.txt"), ("problem", os.strerror(errno.EIO))))
    assert told(fault)["fr"].replace("\u00a0", " ") == "a.txt ne peut pas être lu : erreur du disque ou du réseau"


def test_a_decimal_number_of_a_charter_has_a_comma_in_french():
    assert [shown(1.5, "en"), shown(1.5, "fr"), shown([0.25, 3], "fr")] == ["1.5", "1,5", "0,25, 3"]
