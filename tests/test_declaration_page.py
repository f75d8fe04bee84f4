"""The reference of `beffroi.yaml` on the page is that of its schema, and what the page shows loads."""

import re

from benchmarks.declaration import MARK, PAGE, reference

from beffroi.declaring.answers import read_answers
from beffroi.documents import parse_document
from beffroi.projects.declaration import Declaration

START, _, REST = PAGE.read_text(encoding="utf-8").partition(MARK)
EXAMPLES = re.findall(r"```yaml\n(.*?)```", START, re.DOTALL)


def test_the_reference_is_that_of_the_schema():
    assert reference() == REST, "python -m benchmarks.declaration --write"


def test_the_declaration_that_is_shown_loads():
    document = parse_document(EXAMPLES[0], "beffroi.yaml")
    assert Declaration(path="beffroi.yaml", document=document).defects == ()


def test_the_answers_that_are_shown_are_taken(tmp_path):
    (tmp_path / "answers.yaml").write_text(EXAMPLES[1], encoding="utf-8")
    assert read_answers(tmp_path / "answers.yaml").answers["/project/phase"] == "pilot"
