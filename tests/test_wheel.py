"""The wheel holds what git tracks, and works where it is installed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

COMPILED = {"beffroi/tables/scanner/_scan.so"}
"""What is there besides, where there was a compiler."""
ROOT = Path(__file__).parents[1]


def tracked(*folders: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "--", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_data_that_git_tracks(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    bundled = {name for name in names if name.startswith("beffroi/bundled/")}
    assert bundled == {f"beffroi/bundled/{path}" for path in tracked("standards", "schemas", "charter")}


def test_the_wheel_holds_the_code_that_git_tracks(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("beffroi/bundled/")}
    code = {path.removeprefix("validator/") for path in tracked("validator/beffroi")}
    assert {name for name in names if name.startswith("beffroi/")} - COMPILED == code


def test_an_installed_wheel_finds_its_standards(wheel, tmp_path):
    target = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    example = ROOT / "standards/council-grants/examples/valid/grants.csv"
    code = (
        "import beffroi, sys; report = beffroi.check(sys.argv[1], standard='council-grants');"
        "print(beffroi.__file__, report.verdict)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(example)],
        env={"PYTHONPATH": str(target), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert told.stdout.split() == [str(target / "beffroi/__init__.py"), "conformant"]
