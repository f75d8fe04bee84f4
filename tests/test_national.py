"""Files that follow a published schema, judged by the standard of ours that is compatible with it.

`cases/national/<id>.yaml` lists files of the corpus that are valid there, with what ours finds in them at level `must`:
nothing, or what `because` tells, which the standard lists among the differences.
"""

from collections import Counter

import pytest
import yaml

from beffroi import check
from beffroi.catalogue import Catalogue
from conftest import ROOT

CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}/{case['data'].rpartition('/')[2]}")
    for file in sorted((ROOT / "tests/cases/national").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("standard", "case"), CASES)
def test_a_file_that_is_valid_there_is_valid_here_or_the_difference_is_known(corpus, standard, case):
    report = check(corpus / case["data"], standard=standard)
    found = Counter()
    for subject in report.subjects:
        for each in subject.findings if subject.delivered else ():
            if each.level == "must":
                found[each.rule, each.field] += each.count
    wanted = Counter({(each["rule"], each.get("field")): each["count"] for each in case["findings"]})
    assert found == wanted
    assert bool(case["findings"]) == bool(case.get("because"))


@pytest.mark.parametrize("standard", sorted({case.values[0] for case in CASES}))
def test_a_standard_that_differs_says_so_in_its_sources(standard):
    sources = Catalogue.of().standard(standard).descriptor["sources"]
    assert any(each.get("relation") == "same-columns" for each in sources)
