"""The command as its users meet it: real processes, exit codes the same in every format, bad input told clearly."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from jsonschema import Draft202012Validator

from beffroi.settings import Settings
from conftest import ROOT

FORM = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))
VALID = ROOT / "standards/council-grants/examples/valid/grants.csv"
INVALID = ROOT / "standards/council-grants/examples/invalid/spreadsheet-export.csv"
SCHEMA = {
    "fields": [{"name": "id", "type": "string", "constraints": {"required": True}}, {"name": "n", "type": "integer"}]
}


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    return path


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def rules(report):
    return [(each["rule"], each.get("cause")) for subject in report["subjects"] for each in subject["findings"]]


@pytest.fixture
def report_on(beffroi, schema):
    """Check a file against the small schema; the report, which must be valid, and the exit code."""

    def run(path, *options, **keywords):
        done = beffroi("check", path, "--standard", schema, "--format", "json", *options, **keywords)
        report = json.loads(done.stdout)
        assert [error.message for error in FORM.iter_errors(report)] == []
        assert done.stderr == ""
        return report, done.returncode

    return run


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("path", "code"), [(VALID, 0), (INVALID, 1)], ids=["valid", "invalid"])
def test_the_exit_code_tells_the_verdict(beffroi, form, path, code):
    assert beffroi("check", path, "--standard", "council-grants", "--format", form).returncode == code


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_standard_means_that_we_cannot_tell(beffroi, tmp_path, form):
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert beffroi("check", "data.csv", "--format", form).returncode == 3
    assert beffroi("check", VALID, "--format", form).returncode == 0  # its columns tell which


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_missing_file_is_a_mistake_in_the_call(beffroi, form):
    done = beffroi("check", "nowhere.csv", "--format", form)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("beffroi: nowhere.csv: there is no such file or folder\n  → ")


def test_the_number_of_jobs_changes_nothing(beffroi, tmp_path):
    rows = "".join(f"{n},{n % 97}\n" for n in range(400_000)) + "7,x\n"
    (tmp_path / "t.csv").write_text(f"id,n\n{rows}", encoding="utf-8")
    fields = [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]
    (tmp_path / "s.json").write_text(json.dumps({"fields": fields, "primaryKey": ["id"]}), encoding="utf-8")
    told = {
        beffroi("check", "t.csv", "-s", "s.json", "-f", "json", "--today", "2026-11-23", "--jobs", jobs).stdout
        for jobs in ("1", "3")
    }
    assert len(told) == 1
    assert '"count": 1' in told.pop()


@pytest.mark.parametrize("jobs", ["0", "-2", "many"])
def test_a_number_of_jobs_that_cannot_be_is_a_mistake_in_the_call(beffroi, jobs):
    assert beffroi("check", VALID, "--jobs", jobs).returncode == 2
    with pytest.raises(ValueError, match="cannot be judged at once"):
        Settings(jobs=-1)


def test_an_unknown_standard_names_the_known_ones(beffroi):
    done = beffroi("check", VALID, "--standard", "bycicle")
    assert done.returncode == 2
    assert 'there is no standard "bycicle"' in done.stderr
    assert "one of: bicycle-parking, " in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_folder_without_data_has_nothing_to_check(beffroi, tmp_path, form):
    (tmp_path / "empty").mkdir()
    done = beffroi("check", VALID, "empty", "--standard", "council-grants", "--format", form)
    assert (done.returncode, done.stderr) == (3, "")
    assert "there is no table here to check" in done.stdout


def test_fail_on_lowers_the_bar(beffroi, report_on, tmp_path):
    path = written(tmp_path / "t.csv", "id,n,more\na,1,x\n")
    assert report_on(path)[1] == 0
    assert report_on(path, "--fail-on", "should")[1] == 1


def test_the_report_is_the_same_whatever_way_in(report_on, beffroi, schema, tmp_path):
    text = "id;n\na;1\nb;x\n"
    path = written(tmp_path / "t.csv", text)
    plain = report_on(path, "--today", "2026-01-31")[0]
    packed = written(tmp_path / "u.csv.gz", gzip.compress(text.encode()))
    gz = report_on(packed, "--today", "2026-01-31")[0]
    stream = report_on("-", "--today", "2026-01-31", input=text)[0]
    findings = [each["subjects"][0]["findings"] for each in (plain, gz, stream)]
    assert findings[0] == findings[1] == findings[2]
    assert plain["generated"] == "2026-01-31T00:00:00Z"
    assert gz["subjects"][0]["read"]["compression"] == "gzip"


def test_the_python_call_gives_the_same_report(report_on, schema, tmp_path):
    from datetime import date

    from beffroi import check
    from beffroi.reports.json import report_value

    path = written(tmp_path / "t.csv", "id,n\na,1\nb,x\n")
    ours = report_value(check(path, standard=schema, today=date(2026, 1, 31)))
    assert json.loads(json.dumps(ours)) == report_on(path, "--today", "2026-01-31")[0]


@pytest.mark.parametrize(
    ("name", "content", "expected", "code"),
    [
        ("page.csv", "<!DOCTYPE html><html><body>404</body></html>", [("not-a-table", "html")], 1),
        ("archive.csv", b"PK\x03\x04" + b"\x00" * 40, [("not-a-table", "zip")], 1),
        ("nothing.csv", b"", [("not-a-table", "empty")], 1),
        ("nul.csv", b"id,n\na,1\nb\x00c,2\n", [("nul-bytes", None)], 1),
        ("open.csv", 'id,n\na,1\n"b,2\nc,3\n', [("unclosed-quote", None), ("missing-cell", None)], 1),
        (
            "short.csv.gz",
            gzip.compress(b"id,n\n" + b"a,1\n" * 9999, mtime=0)[:60],
            [("unreadable", "truncated-gzip")],
            3,
        ),
        ("short.zip", b"PK\x03\x04\x14\x00", [("unreadable", "truncated-zip")], 3),
        ("cp1252.csv", "id,n\né,1\n".encode("cp1252"), [("encoding", "not-utf-8")], 0),
        ("utf16.csv", "id,n\né,1\n".encode("utf-16"), [("encoding", "utf-16")], 0),
        ("header.csv", "id,n\n", [("no-records", None)], 0),
    ],
)
def test_bad_input_is_told_for_what_it_is(report_on, tmp_path, name, content, expected, code):
    report, found = report_on(written(tmp_path / name, content))
    assert (rules(report), found) == (expected, code)


def test_a_late_byte_that_is_not_utf8_is_found_and_its_line_named(report_on, tmp_path):
    lines = b"id,n\n" + b"abc,1\n" * 60_000 + "é,1\n".encode("cp1252")
    report, code = report_on(written(tmp_path / "late.csv", lines))
    finding = report["subjects"][0]["findings"][0]
    assert (code, finding["samples"], finding["details"]["byte"]) == (0, [{"line": 60_002}], "0xE9")
    assert report["subjects"][0]["rows"] == 60_001


def test_a_zip_that_climbs_out_of_its_folder_is_refused(report_on, tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../evil.csv", "id,n\na,1\n")
    report, code = report_on(written(tmp_path / "evil.zip", data.getvalue()))
    assert (rules(report), code) == ([("unsafe-path", "outside")], 1)
    assert not (tmp_path.parent / "evil.csv").exists()


def test_a_record_of_ten_thousand_cells(report_on, tmp_path):
    wide = "id,n" + ",x" * 10_000
    report, code = report_on(written(tmp_path / "wide.csv", f"{wide}\na,1{',y' * 10_000}\nb,2\n"))
    assert code == 1
    assert ("missing-cell", None) in rules(report)


def test_a_cell_of_five_megabytes(report_on, tmp_path):
    big = "x" * 5_000_000
    report, code = report_on(written(tmp_path / "big.csv", f'id,n\n"{big}",1\nb,{big}\n'))
    finding = report["subjects"][0]["findings"][0]
    assert (code, finding["rule"], finding["count"], len(finding["samples"][0]["value"])) == (1, "type", 1, 201)


def test_a_million_findings_are_counted_exactly(report_on, tmp_path):
    rows = "".join(f"{n % 7},bad{n % 1000}\n" for n in range(1_000_000))
    report, code = report_on(written(tmp_path / "many.csv", "id,n\n" + rows))
    finding = report["subjects"][0]["findings"][0]
    assert (code, finding["count"], len(finding["samples"])) == (1, 1_000_000, 20)
    assert finding["samples"][0] == {"cell": "B2", "row": 1, "line": 2, "value": "bad0"}


def test_samples_can_be_fewer_none_or_all(report_on, tmp_path):
    path = written(tmp_path / "t.csv", "id,n\n" + "a,x\n" * 30)
    for options, kept in ((("--max-samples", "3"), 3), (("--max-samples", "0"), 0), (("--all",), 30)):
        finding = report_on(path, *options)[0]["subjects"][0]["findings"][0]
        assert (finding["count"], len(finding["samples"])) == (30, kept)


def test_places_are_those_that_people_use(report_on, tmp_path):
    text = 'Title\n\nid,n\n"a\nb\nc",1\n,x\n'
    report = report_on(written(tmp_path / "t.csv", text))[0]
    samples = {each["rule"]: each["samples"] for each in report["subjects"][0]["findings"]}
    assert samples["required"] == [{"cell": "A5", "row": 2, "line": 7}]
    assert samples["type"] == [{"cell": "B5", "row": 2, "line": 7, "value": "x"}]


def test_what_cannot_be_seen_is_shown(report_on, tmp_path):
    report = report_on(written(tmp_path / "t.csv", "id,n\na,1\u00a0x\u200b\n"))[0]
    sample = report["subjects"][0]["findings"][0]["samples"][0]
    assert (sample["value"], sample["shown"]) == ("1\u00a0x\u200b", "1⍽x⟨U+200B⟩")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user to be refused")
def test_a_file_that_may_not_be_read(tmp_path):
    code = (
        "import contextlib, os, sys, tomllib; from beffroi.cli import main\n"
        "sys.argv = ['beffroi', 'check', 'open.csv']\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "os.setuid(65534); sys.argv[2] = 'secret.csv'; sys.stdout = open(os.devnull, 'w'); main()"
    )
    written(tmp_path / "open.csv", "a\n1\n")
    written(tmp_path / "secret.csv", "a\n1\n").chmod(0)
    tmp_path.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 3
    assert "secret.csv: may not be read" in done.stderr


def test_a_broken_schema_is_named_with_the_place(beffroi, tmp_path):
    schema = written(tmp_path / "s.json", '{"fields": [\n  {"name": "a",}\n]}')
    done = beffroi("check", VALID, "--standard", schema)
    assert done.returncode == 2
    assert f"{schema}:2:" in done.stderr
    assert "is not well-formed JSON" in done.stderr


def test_a_schema_in_utf16_is_read(beffroi, tmp_path):
    schema = written(tmp_path / "s.json", json.dumps(SCHEMA).encode("utf-16"))
    data = written(tmp_path / "t.csv", "id,n\na,1\n")
    assert beffroi("check", data, "--standard", schema).returncode == 0


def test_defects_of_the_standard_are_told_apart_from_the_data(report_on, schema, tmp_path):
    fields = [
        {"name": "id", "type": "string", "contraints": {"required": True}},
        {"name": "n", "type": "texte", "pattern": "x"},
        {"name": "p", "constraints": {"pattern": "(("}},
    ]
    schema.write_text(json.dumps({"fields": fields, "custom_checks": [{"name": "sirett", "params": {"column": "id"}}]}))
    report, code = report_on(written(tmp_path / "t.csv", "id,n,p\na,1,2\n"))
    assert code == 0
    assert report["subjects"][0]["findings"] == []
    assert [rule for rule, _ in rules(report)] == [
        "standard-unknown-key",
        "standard-misplaced-constraint",
        "standard-unknown-type",
        "standard-bad-pattern",
        "standard-unknown-check",
    ]


def test_a_report_is_written_whole_to_a_file(beffroi, tmp_path):
    done = beffroi("check", INVALID, "--standard", "council-grants", "--format", "json", "--output", "report.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert [error.message for error in FORM.iter_errors(json.loads((tmp_path / "report.json").read_text()))] == []
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_report_that_cannot_be_written_says_so(beffroi):
    done = beffroi("check", VALID, "--standard", "council-grants", "--output", "no/such/folder/report.txt")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_the_report_speaks_french(beffroi):
    done = beffroi("check", INVALID, "--standard", "council-grants", "--lang", "fr")
    assert "non conforme" in done.stdout
    by_environment = beffroi("check", INVALID, "--standard", "council-grants", env={"BEFFROI_LANG": "fr"})
    assert by_environment.stdout == done.stdout


def test_interrupted_half_way_nothing_is_left_behind(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    command = [sys.executable, "-m", "beffroi", "check", "-", "--output", "report.json", "--format", "json"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while not any(folder.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "interrupted" in err
    assert "Traceback" not in err
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "report.json").exists()


def test_colours_only_on_a_terminal_and_never_against_no_color(tmp_path):
    pty = pytest.importorskip("pty")
    for no_color, coloured in (("", True), ("1", False)):
        command = f"{sys.executable} -m beffroi check {VALID} --standard council-grants"
        environment = {**os.environ, "NO_COLOR": no_color, "TERM": "xterm", "BEFFROI_LANG": "en"}
        code = f"import pty, sys; sys.exit(pty.spawn({command.split()!r}))"
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, cwd=tmp_path)
        assert (b"\x1b[32m" in done.stdout) is coloured
    assert pty


def test_long_work_shows_a_bar_on_a_terminal_only(tmp_path, schema):
    path = written(tmp_path / "long.csv", "id,n\n" + "abcdefghij,1\n" * 900_000)
    code = (
        "import sys; from beffroi.cli import main; import beffroi.cli.progress as progress; progress.PATIENCE = 0;"
        f"sys.argv = ['beffroi', 'check', {str(path)!r}, '--standard', {str(schema)!r}]; main()"
    )
    command = [sys.executable, "-c", code]
    on_terminal = subprocess.run(
        [sys.executable, "-c", f"import pty, sys; sys.exit(pty.spawn({command!r}))"],
        env={**os.environ, "TERM": "xterm"},
        capture_output=True,
        cwd=tmp_path,
    )
    assert b"%" in on_terminal.stdout
    in_a_pipe = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert in_a_pipe.stderr == ""


def test_a_clean_file_loads_nothing_heavy(tmp_path):
    patterns = (r"\d{14}", "^[A-Z]{2}[0-9]{3}$", r"\d{4}-\d{2}(/\d{4}-\d{2})?", "^(oui|non)$")
    fields = [{"name": f"f{number}", "constraints": {"pattern": each}} for number, each in enumerate(patterns)]
    (tmp_path / "schema.json").write_text(json.dumps({"fields": fields}))
    (tmp_path / "a.csv").write_text("f0,f1,f2,f3\n12345678901234,AB123,2024-01/2024-02,oui\n")
    analysis = {f"beffroi.expressions.{each}" for each in ("syntax", "backtracking", "positions", "automata")}
    code = (
        "import sys; from beffroi import check;"
        f"one = check({str(VALID)!r}, standard='council-grants');"
        f"two = check({str(tmp_path / 'a.csv')!r}, standard={str(tmp_path / 'schema.json')!r});"
        "heavy = {'frictionless', 'jsonschema', 'frformat', 'phonenumbers', 'python_calamine', 'shapely'};"
        f"heavy |= {{'numpy', 'pyarrow', 'ctypes'}} | {analysis!r};"
        "print(one.verdict, two.verdict, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "conformant conformant []\n"
