"""Projects as the cases of tests describe them: a declaration, its files, a charter, a portfolio."""

import base64
import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.deliveries import Judge
from beffroi.projects.checking import ProjectJudge
from beffroi.settings import Settings

STANDARDS = Path(__file__).parents[1] / "standards"
TODAY = "2026-11-23"
LAYERS = ("infrastructure", "sensors", "data-platform", "application", "open-data", "civic", "event")
PHASES = ("idea", "pilot", "scaling", "running", "closed")
FLAGS = (
    *("personalData", "publicSpace", "supplier", "saas", "funded", "algorithm", "api"),
    *("publicInterface", "openData"),
)
CHARTER = {
    "id": "demo",
    "version": "1.0.0",
    "status": "active",
    "title": {"en": "A demo", "fr": "Une démo"},
    "description": {"en": "For tests", "fr": "Pour les tests"},
    "vocabulary": {
        kind: {each: {"en": each, "fr": each} for each in words}
        for kind, words in (("layers", LAYERS), ("phases", PHASES), ("flags", FLAGS))
    },
    "principles": [{"id": "demo", "title": {"en": "Demo", "fr": "Démo"}}],
}
"""The charter of a case that gives none; what a case gives is laid over it."""
REQUIREMENT = {
    "title": {"en": "Demo", "fr": "Démo"},
    "statement": {"en": "It is so", "fr": "Il en est ainsi"},
    "principle": "demo",
    "level": "must",
    "accepts": ["verified", "consistent", "attested", "declared"],
    "why": {"en": "It matters", "fr": "Cela compte"},
    "fix": {"en": "make it so", "fr": "faites-le"},
    "sources": [{"title": "Demo"}],
    "since": "1.0.0",
}
"""The same for each of its `requirements`."""


def laid_over(below, above):
    """A mapping over another, key by key."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {**below, **{key: laid_over(below.get(key), value) for key, value in above.items()}}


def content(described):
    """What a case says that a file holds."""
    if isinstance(described, str):
        return described.encode()
    if "base64" in described:
        return base64.b64decode(described["base64"])
    if "example" in described:
        return (STANDARDS / described["example"]).read_bytes()
    return (described["repeat"] * described["times"]).encode()


def write(folder, files):
    """Write the files of a case: a text, `{base64}`, `{repeat, times}`, `{example}` of `standards/`, or `{link}`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, described in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(described, dict) and "link" in described:
            path.symlink_to(described["link"])
        elif isinstance(described, dict) and (STANDARDS / described.get("example", "-")).is_dir():
            shutil.copytree(STANDARDS / described["example"], path)
        else:
            path.write_bytes(content(described))


def write_yaml(path, value):
    """Write a file as YAML; a text is written as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    dumped = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    text = value if isinstance(value, str) else dumped
    path.write_text(text, encoding="utf-8")


def write_charter(folder, described):
    """Write a charter, with its `requirements`, below `charter/demo/` of a catalogue."""
    whole = laid_over(CHARTER, described)
    requirements = whole.pop("requirements", {})
    write_yaml(folder / "charter/demo/charter.yaml", whole)
    for name, each in requirements.items():
        write_yaml(folder / f"charter/demo/requirements/{name}.yaml", laid_over(REQUIREMENT, each))


@cache
def city_of(text):
    """A catalogue with the charter that a text in JSON describes, its charter, and what keeps it until the end."""
    kept = TemporaryDirectory()
    write_charter(Path(kept.name), json.loads(text))
    catalogue = Catalogue.of(Path(kept.name))
    return catalogue, Charters.of(catalogue).charter("demo"), kept


def project_of(case, folder):
    """The project of a case, built below a folder as a run builds it."""
    home = folder / "project"
    write(home, case.get("files", {}))
    write_yaml(home / "beffroi.yaml", case["declaration"])
    catalogue, charter, _ = city_of(json.dumps(case.get("charter", {})))
    write(folder / "portfolio", case.get("portfolio", {}))
    settings = Settings(today=date.fromisoformat(case.get("today", TODAY)), lang=case.get("lang", "en"))
    judge = Judge(
        standard=None,
        settings=settings,
        catalogue=catalogue,
        portfolio=folder / "portfolio" if "portfolio" in case else None,
    )
    return ProjectJudge(judge=judge, folder=home, name="beffroi.yaml").project(charter)
