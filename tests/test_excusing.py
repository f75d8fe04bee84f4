"""What does not count: rules left out, what a baseline knows, waivers; and what a repository says of its data."""

import json
import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi import check
from beffroi.documents import parse_document
from beffroi.excusing.baseline import Baseline, compared, written
from beffroi.model.levels import Level, Standing
from beffroi.model.report import Finding, Report, Sample, Subject
from reports_of import INPUTS

HEADER = "id,name,length_m,placed,material,note\n"
GOOD = "B1,Oak lane,1.5,2024-03-01,wood,\n"


@pytest.fixture
def repository(tmp_path):
    """A repository with benches of which two have no known material, and with its schema."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    shutil.copy(INPUTS / "schema.json", tmp_path)
    write(tmp_path, GOOD + "B2,Quay,1,2024-01-02,steel,\nB3,Weir,2,2024-01-02,plastic,\n")
    return tmp_path


def write(folder, rows):
    (folder / "data" / "benches.csv").write_text(HEADER + rows, encoding="utf-8")


def declare(folder, *waivers):
    """A `beffroi.yaml` that maps the benches to their schema."""
    value = {"datasets": [{"path": "data/*.csv", "conformsTo": "schema.json"}], "waivers": list(waivers)}
    (folder / "beffroi.yaml").write_text(json.dumps(value), encoding="utf-8")


def found(done):
    """Rule, count and standing of what a run found in the data."""
    subject = json.loads(done.stdout)["subjects"][0]
    return [(each["rule"], each["count"], each.get("standing", "open")) for each in subject["findings"]]


CHECK = ("check", "data/benches.csv", "--standard", "schema.json")
JSON = ("--format", "json")


def test_what_a_baseline_knows_does_not_fail_and_what_is_new_does(beffroi, repository):
    assert beffroi(*CHECK, cwd=repository).returncode == 1
    done = beffroi(*CHECK, "--write-baseline", "known.json", *JSON, cwd=repository)
    assert (done.returncode, found(done)) == (0, [("enum", 2, "known")])
    done = beffroi(*CHECK, "--baseline", "known.json", *JSON, cwd=repository)
    assert (done.returncode, found(done)) == (0, [("enum", 2, "known")])
    write(repository, GOOD + "B2,Quay,1,2024-01-02,steel,\nB3,Weir,2,2024-01-02,clay,\n")
    done = beffroi(*CHECK, "--baseline", "known.json", *JSON, cwd=repository)
    assert (done.returncode, found(done)) == (
        1,
        [("enum", 1, "open"), ("enum", 1, "known"), ("baseline-outdated", 1, "open")],
    )


def test_a_baseline_holds_no_value_of_the_data(beffroi, repository):
    beffroi(*CHECK, "--write-baseline", "known.json", cwd=repository)
    text = (repository / "known.json").read_text(encoding="utf-8")
    assert "steel" not in text and "plastic" not in text
    assert [each["count"] for each in json.loads(text)["findings"]] == [2]


def test_what_has_vanished_is_told(beffroi, repository):
    beffroi(*CHECK, "--write-baseline", "known.json", cwd=repository)
    write(repository, GOOD)
    done = beffroi(*CHECK, "--baseline", "known.json", cwd=repository)
    assert done.returncode == 0
    assert "2 findings that the baseline knows are no longer there" in done.stdout


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"beffroi": "0", "baseline": "2", "generated": "", "findings": []}', "{"]
)
def test_a_file_that_is_no_baseline_is_refused(beffroi, repository, text):
    (repository / "known.json").write_text(text)
    done = beffroi(*CHECK, "--baseline", "known.json", cwd=repository)
    assert done.returncode == 2
    assert done.stderr.startswith("beffroi: known.json")


VALUES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8)


@given(VALUES, VALUES)
def test_what_is_new_and_what_is_known_are_all_there_is(before, after):
    report, baseline = report_on(after), Baseline(document=parse_document(written(report_on(before)), "known.json"))
    findings = compared(report, baseline, None).subjects[0].findings
    counts = {each.standing: each.count for each in findings if each.rule == "enum"}
    common = sum(min(before.count(each), after.count(each)) for each in set(before))
    assert counts.get(Standing.KNOWN, 0) == common
    assert counts.get(Standing.OPEN, 0) == len(after) - common
    gone = [each.details["count"] for each in findings if each.rule == "baseline-outdated"]
    assert gone == ([str(len(before) - common)] if len(before) > common else [])


def report_on(values):
    """A report with one finding on some values."""
    samples = tuple(Sample(value=each, row=row) for row, each in enumerate(values, start=1))
    made = (Finding(rule="enum", level=Level.MUST, field="f", count=len(values), samples=samples),) if values else ()
    subject = Subject(path="t.csv", kind="table", findings=made)
    return Report(beffroi="0", generated="2026-11-23T00:00:00Z", lang="en", subjects=(subject,))


def test_rules_can_be_selected_or_left_out_and_the_report_says_so(beffroi, repository):
    write(repository, "B2,Quay,1,2024-13-02,steel,\n")
    done = beffroi(*CHECK, "--select", "enum", *JSON, cwd=repository)
    assert found(done) == [("enum", 1, "open")]
    assert json.loads(done.stdout)["narrowing"] == {"select": ["enum"], "ignore": []}
    done = beffroi(*CHECK, "--ignore", "enum", "--ignore", "ty*", cwd=repository)
    assert done.returncode == 0
    assert "these rules were left out: enum, ty*" in done.stdout
    done = beffroi(*CHECK, "--ignore", "enumm", cwd=repository)
    assert done.returncode == 2
    assert 'there is no rule "enumm"' in done.stderr


def test_a_repository_says_which_standard_its_data_follows(beffroi, repository):
    declare(repository)
    done = beffroi("check", "data/benches.csv", *JSON, cwd=repository)
    assert (done.returncode, found(done)) == (1, [("enum", 2, "open")])
    assert json.loads(done.stdout)["subjects"][0]["standard"]["id"] == "benches"
    elsewhere = beffroi("check", repository / "data" / "benches.csv", *JSON)
    assert found(elsewhere) == [("enum", 2, "open")]


WAIVER = {"rule": "enum", "justification": "old stock", "approvedBy": "City council", "expires": "2026-11-23"}


@pytest.mark.parametrize(
    ("waiver", "today", "standing"),
    [
        (WAIVER, "2026-11-23", "waived"),
        (WAIVER, "2026-11-24", "open"),
        ({**WAIVER, "field": "material", "path": "data/benches.csv"}, "2026-01-01", "waived"),
        ({**WAIVER, "field": "name"}, "2026-01-01", "open"),
        ({**WAIVER, "path": "raw/**"}, "2026-01-01", "open"),
        ({**WAIVER, "rule": "type"}, "2026-01-01", "open"),
        ({key: WAIVER[key] for key in ("rule", "justification", "expires")}, "2026-01-01", "open"),
    ],
)
def test_a_waiver_holds_for_what_it_names_until_the_end_of_its_last_day(beffroi, repository, waiver, today, standing):
    declare(repository, waiver)
    done = beffroi("check", "data/benches.csv", "--today", today, *JSON, cwd=repository)
    assert found(done) == [("enum", 2, standing)]
    assert done.returncode == (0 if standing == "waived" else 1)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "waived by City council until the end of 2026-11-23: old stock"),
        ("fr", "dérogation accordée par City council jusqu’au 2026-11-23 inclus\u00a0: old stock"),
    ],
)
def test_a_waiver_is_told(repository, monkeypatch, lang, told):
    declare(repository, WAIVER)
    monkeypatch.chdir(repository)
    report = check("data/benches.csv", today=date(2026, 11, 1), lang=lang)
    assert [each.excuse for each in report.subjects[0].findings] == [told]


def test_an_expired_waiver_fails_loudly(beffroi, repository):
    declare(repository, WAIVER)
    done = beffroi("check", "data/benches.csv", "--today", "2026-11-24", cwd=repository)
    assert done.returncode == 1
    assert "the waiver granted by City council has expired at the end of 2026-11-23" in done.stdout


def test_quiet_says_nothing_when_all_is_well_and_only_what_fails_when_not(beffroi, repository):
    rows = "id,name,length_m,placed,material\nB2,Quay,1,2024-01-02,steel\n"
    (repository / "data" / "benches.csv").write_text(rows, encoding="utf-8")
    usual = beffroi(*CHECK, cwd=repository).stdout
    quiet = beffroi(*CHECK, "--quiet", cwd=repository)
    assert "advice (should)" in usual
    assert quiet.returncode == 1
    assert "material" in quiet.stdout and "advice" not in quiet.stdout
    write(repository, GOOD)
    assert beffroi(*CHECK, "-q", cwd=repository).stdout == ""


def test_verbose_has_every_place_and_the_ids_of_rules(beffroi, repository):
    write(repository, "".join(f"B{n},Quay,1,2024-01-02,steel,\n" for n in range(9)))
    told = beffroi(*CHECK, "--verbose", cwd=repository).stdout
    assert "[enum]" in told
    assert all(f"E{n + 2}" in told for n in range(9))
    assert "and 4 more" in beffroi(*CHECK, cwd=repository).stdout


def test_exit_zero_tells_and_does_not_fail(beffroi, repository):
    done = beffroi(*CHECK, "--exit-zero", cwd=repository)
    assert done.returncode == 0
    assert "not conformant" in done.stdout
    assert beffroi("check", "nowhere.csv", "--exit-zero", cwd=repository).returncode == 2


def test_several_formats_go_to_several_files(beffroi, repository):
    done = beffroi(*CHECK, "-o", "r.json", "-o", "r.sarif", "-o", "-", cwd=repository)
    assert done.returncode == 1
    assert "not conformant" in done.stdout
    assert json.loads((repository / "r.json").read_text())["verdict"] == "not-conformant"
    assert json.loads((repository / "r.sarif").read_text())["version"] == "2.1.0"
    named = beffroi(*CHECK, "-f", "csv", "-o", "r.dat", "-f", "json", "-o", "-", cwd=repository)
    assert json.loads(named.stdout)["verdict"] == "not-conformant"
    assert (repository / "r.dat").read_bytes().startswith(b"\xef\xbb\xbfpath,")
    wrong = beffroi(*CHECK, "-f", "json", "-f", "csv", cwd=repository)
    assert wrong.returncode == 2
    assert "give each format a file of its own" in wrong.stderr


def test_github_actions_gets_annotations_and_a_summary(beffroi, repository):
    actions = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKFLOW": "data",
        "GITHUB_STEP_SUMMARY": str(repository / "summary.md"),
    }
    done = beffroi(*CHECK, cwd=repository, env=actions)
    assert done.stdout.startswith("::error file=data/benches.csv,line=3,title=enum (must)::")
    assert (repository / "summary.md").read_text(encoding="utf-8").startswith("## ❌ beffroi: not conformant")
    asked = beffroi(*CHECK, "-f", "json", cwd=repository, env=actions)
    assert json.loads(asked.stdout)["verdict"] == "not-conformant"


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown", "sarif", "junit", "github", "gitlab"])
def test_the_exit_code_is_the_same_in_every_format(beffroi, repository, form):
    assert beffroi(*CHECK, "-f", form, cwd=repository).returncode == 1
    assert beffroi("check", "data/benches.csv", "-f", form, cwd=repository).returncode == 3
    write(repository, GOOD)
    assert beffroi(*CHECK, "-f", form, cwd=repository).returncode == 0
