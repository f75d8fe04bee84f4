"""What several tests share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture
def corpus():
    """The folder with other people's schemas and data, where it is present."""
    if not (CORPUS / "verdicts.json").is_file():
        pytest.skip("the corpus is not here")
    return CORPUS


@pytest.fixture
def beffroi(tmp_path):
    """Run the command as a process, in an empty folder, and give back the finished process."""

    def run(*arguments, **options):
        environment = {**os.environ, "BEFFROI_LANG": "en", "NO_COLOR": "1", **options.pop("env", {})}
        command = [sys.executable, "-m", "beffroi", *map(str, arguments)]
        options.setdefault("cwd", tmp_path)
        options.setdefault("text", True)
        return subprocess.run(command, env=environment, capture_output=True, check=False, **options)

    return run
