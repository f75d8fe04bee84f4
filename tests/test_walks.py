"""The walk-throughs in `docs/`, followed word for word: every command is run, every file written, in order."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

BLOCK = re.compile(r"(?:<!-- (?P<path>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```\n", re.DOTALL)
WALKS = ("write-a-standard.md", "ecrire-un-standard.md")


def walked(page, tmp_path):
    """What the commands of a page answer, after every file that it shows was written."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "BEFFROI_LANG": "en"}
    told = []
    for block in BLOCK.finditer((ROOT / "docs" / page).read_text(encoding="utf-8")):
        if block["kind"] == "sh":
            command = ["bash", "-euo", "pipefail", "-c", block["text"]]
            done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, ""), block["text"] + done.stdout
            told.append(done.stdout)
        elif block["path"]:
            (tmp_path / block["path"]).write_text(block["text"], encoding="utf-8")
    return told


@pytest.mark.parametrize("page", WALKS)
def test_a_walk_ends_where_it_says(page, tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    told = walked(page, tmp_path)
    tested = next(text for text in told if "2 examples" in text)
    assert tested.count("verdict: conformant (must: 0 · should: 0 · may: 0)") == 2
    assert (tmp_path / "benches.xlsx").stat().st_size > 5000
    assert (tmp_path / "site/benches.fr.html").is_file()
    assert any("pose_le (column I)" in text for text in told)


def test_a_city_writes_its_own_charter(tmp_path):
    *_, examined, _, tried, compared, published = walked("charters.md", tmp_path)
    assert "there is no example of RIV-1" in examined
    assert "(must: 0 · should: 0 · may: 0) · 3 examples" in tried
    assert 'RAW-3 "' in compared
    assert "0 of 1 projects would no longer conform" in compared
    assert published == ""
    page = (tmp_path / "charte-fr.md").read_text(encoding="utf-8")
    assert "RIV-1 — Le plan d’inondation est connu (obligatoire)" in page
    assert "IO-4 laissée de côté, car : Rivertown ne partage pas encore de composants." in page
