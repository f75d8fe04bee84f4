"""The docs: pages that are made are those that would be made now, and what the pages for beginners say comes true."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from handbook.pages import pages

from conftest import ROOT

DOCS = ROOT / "docs"
MADE = pages()
BEGINNINGS = sorted(
    each.relative_to(DOCS).as_posix() for name in ("start-*.md", "read-*.md") for each in DOCS.rglob(name)
)
BLOCK = re.compile(r"(?:<!-- (?P<note>[^\n]+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```\n", re.DOTALL)


def test_pages_of_reference_are_not_stale():
    """What fails here is mended by `python -m handbook`."""
    kept = {each.relative_to(DOCS).as_posix() for each in DOCS.glob("**/reference/*.md")}
    assert kept == set(MADE)
    assert [name for name, text in MADE.items() if (DOCS / name).read_text(encoding="utf-8") != text] == []


@pytest.mark.parametrize("page", BEGINNINGS)
def test_a_beginner_gets_what_the_page_says(page, tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    told = ""
    for block in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
        if block["kind"] == "sh":
            code, told = run(block["text"], tmp_path, "fr" if page.startswith("fr/") else "en")
            assert code == int((block["note"] or "exit 0").removeprefix("exit ")), block["text"] + told
        elif block["kind"] == "text":
            assert without(block["text"], told) == [], told
        else:
            (tmp_path / block["note"]).write_text(block["text"], encoding="utf-8")


def run(text, folder, lang):
    """The exit code of some commands, and what they print."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "BEFFROI_LANG": lang}
    command = ["bash", "-euo", "pipefail", "-c", text]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def without(excerpt, told):
    """The lines of an excerpt that were not printed, in their order; … stands for what is left out."""
    printed = iter(told.splitlines())
    return [line for line in excerpt.splitlines() if line != "…" and line not in printed]


@pytest.mark.parametrize("lang", ["", "fr/"])
def test_the_installation_is_that_of_the_readme(lang):
    page = (DOCS / f"{lang}index.md").read_text(encoding="utf-8")
    commands = [block["text"].strip() for block in BLOCK.finditer(page) if block["kind"] == "bash"]
    assert len(commands) == 1
    assert commands[0] in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted(each.name for each in (DOCS / "fr").glob("*.md")))
def test_french_pages_keep_signs_and_words_together(page):
    text = re.sub(
        r"```.*?```|`[^`]*`|\]\([^)]*\)", "`", (DOCS / "fr" / page).read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert re.findall(r".* [;:?!»](?:\s|$).*|.*« .*", text) == []
