"""Errors that stop a run: every one has words, in both languages, and no words are unused."""

import ast

import pytest

from beffroi.catalogue.definitions import FORM
from beffroi.errors import CannotRead, error_words
from beffroi.rulebook import placeholders
from conftest import ROOT

WORDS = error_words()
CLASSES = {
    "UnknownWord",
    "UnknownRequirement",
    "UnknownSetting",
    "UnusableCase",
    "UnknownCharter",
    "UnknownPolicy",
    "UnknownStandard",
    "UnknownVerifier",
    "UnusableFile",
    "NoSuchInput",
    "NoTerminal",
    "NotConformant",
    "CannotWrite",
    "CannotSample",
    "CannotRead",
    "UnknownRule",
    "Interrupted",
    "cls",
}


def named(node):
    """The texts in an expression."""
    return (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def raised():
    """The kinds of error that the sources name."""
    for path in (ROOT / "validator/beffroi").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLASSES and node.args:
                yield from named(node.args[0])


def test_every_error_has_words_and_no_words_are_unused():
    assert {*raised(), *FORM.values()} == set(WORDS)


@pytest.mark.parametrize("kind", WORDS)
def test_both_languages_tell_the_same(kind):
    assert set(WORDS[kind]) == {"message", "hint"}
    for part in WORDS[kind].values():
        assert set(part) == {"en", "fr"}
        assert placeholders(part["en"]) == placeholders(part["fr"])
        assert not any(text.endswith(".") or text[:1].isupper() for text in part.values())


def test_an_error_tells_what_and_what_to_do():
    error = CannotRead.because(PermissionError(13, "Permission denied"), "secret.csv")
    assert (str(error), error.where) == ("may not be read: permission is denied", "secret.csv")
    assert error.hint("fr") == "vérifiez les droits du fichier et de son dossier"
