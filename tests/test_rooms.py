"""Imports go one way only, from the outer rooms to the inner ones (docs/adr/0001)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "validator" / "beffroi"
ROOMS = [
    {"errors", "limits", "periods", "settings", "values", "version", "visible"},
    {"model"},
    {"expressions"},
    {"documents"},
    {"catalogue", "rulebook"},
    {"licences"},
    {"tables"},
    {"packages"},
    {"judging"},
    {"detecting"},
    {"deliveries", "packaged", "projects"},
    {"excusing"},
    {"checking"},
    {"charters", "standards"},
    {"declaring"},
    {"reports"},
    {"showing"},
    {"cli"},
    {"__init__", "__main__"},
]
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(name: str) -> int:
    return next(index for index, names in enumerate(ROOMS) if name in names)


def own_room(path: Path) -> int:
    return room(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_lead_inwards(path):
    ours = [name.split(".")[1] for name in imported(path) if name.startswith("beffroi.")]
    outward = [name for name in ours if room(name) > own_room(path)]
    assert not outward


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_command_speaks_and_exits(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    if own_room(path) < room("cli"):
        assert "print" not in calls
        assert not {"click", "typer", "rich"} & imported(path)


def test_frictionless_stays_out_of_the_package():
    users = [path.name for path in MODULES if any(name.split(".")[0] == "frictionless" for name in imported(path))]
    assert users == []
