"""How files are read: declared dialects, encodings, and definitions that would do harm."""

import http.server
import json
import threading
import time

import pytest

from beffroi import check
from beffroi.documents import json_schema_validator, read_document
from beffroi.errors import UnusableFile
from conftest import ROOT

FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
CASES = read_document(ROOT / "tests/cases/dialects.yaml").value


def packaged(folder, data, schema=None, **resource):
    """A package of one table."""
    described = {"name": "t", "path": "t.csv", "schema": schema or {"fields": FIELDS}, **resource}
    (folder / "datapackage.json").write_text(json.dumps({"name": "d", "resources": [described]}), encoding="utf-8")
    (folder / "t.csv").write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_declared_dialect_is_followed(case, tmp_path):
    findings = check(packaged(tmp_path, case["data"], dialect=case["dialect"])).subjects[1].findings
    told = [
        {
            "rule": each.rule,
            "level": str(each.level),
            "field": each.field,
            "count": each.count,
            "at": [sample.cell or sample.line for sample in each.samples],
        }
        for each in findings
    ]
    assert [{key: each[key] for key in wanted} for each, wanted in zip(told, case["findings"], strict=True)] == case[
        "findings"
    ]


@pytest.mark.parametrize("declared", ["undefined", "unicode_escape", "a\0b", "no-such-encoding", "utf-16"])
def test_a_declared_encoding_that_is_none_does_no_harm(tmp_path, declared):
    data = "id,name\n1,é\\u0041\n".encode("cp1252")
    table = check(packaged(tmp_path, data, encoding=declared)).subjects[1]
    assert (table.read.encoding, [each.rule for each in table.findings]) == ("cp1252", ["encoding"])


def test_a_declared_encoding_is_tried_before_windows_1252(tmp_path):
    data = "id,name\n1,Кот\n".encode("cp1251")
    table = check(packaged(tmp_path, data, encoding="windows-1251")).subjects[1]
    assert table.read.encoding == "cp1251"


def test_one_bad_byte_does_not_turn_a_whole_file_into_another_encoding(tmp_path):
    schema = {"fields": [{"name": "town", "type": "string", "constraints": {"enum": ["Orléans", "Liège"]}}]}
    data = b"town\n" + "Orléans\n".encode() * 500 + b"Li\xe8ge\n"
    table = check(packaged(tmp_path, data, schema)).subjects[1]
    assert table.read.encoding == "utf-8"
    assert [(each.rule, each.cause, each.count) for each in table.findings] == [
        ("enum", "did-you-mean", 1),
        ("encoding", "broken", 1),
    ]


def test_utf16_without_a_mark_and_with_half_a_character(tmp_path):
    data = "id,name\n1,abcdefgh\n".encode("utf-16-le") + b"x"
    table = check(packaged(tmp_path, data)).subjects[1]
    assert [(each.rule, each.cause) for each in table.findings if each.rule == "encoding"] == [
        ("encoding", "utf-16"),
        ("encoding", "broken"),
    ]


def test_aliases_cannot_blow_up_a_yaml_descriptor(tmp_path):
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
    (tmp_path / "datapackage.yaml").write_text("\n".join(lines), encoding="utf-8")
    started = time.monotonic()
    report = check(tmp_path)
    assert [each.rule for each in report.subjects[0].findings] == ["not-a-package"]
    assert time.monotonic() - started < 5


def test_a_reference_to_the_web_is_never_fetched(tmp_path):
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        reference = {"$ref": f"http://127.0.0.1:{server.server_port}/secret"}
        fields = [{"name": "id", "type": "object", "constraints": {"jsonSchema": reference}}]
        report = check(packaged(tmp_path, 'id\n"{""a"": 1}"\n', {"fields": fields}))
        assert [each.rule for each in report.subjects[0].findings] == ["licence-missing", "standard-bad-constraint"]
        assert (report.subjects[1].findings, asked) == ((), [])
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("reference", ["#/nowhere", "file:///etc/hostname", "other.json"])
def test_a_json_schema_that_refers_to_what_it_does_not_hold_is_none(reference):
    assert json_schema_validator({"$ref": reference}) is None
    assert json_schema_validator({"$ref": "#/$defs/a", "$defs": {"a": {}}}) is not None


def test_a_schema_file_that_is_none_stops_the_run(tmp_path):
    (tmp_path / "list.json").write_text("[1]")
    with pytest.raises(UnusableFile, match="defines no standard"):
        check(tmp_path, standard=tmp_path / "list.json")


def test_defects_of_a_schema_are_told_with_their_line(tmp_path):
    (tmp_path / "t.csv").write_text("a\n1\n")
    (tmp_path / "schema.json").write_text('{"fields": [\n  {"name": "a",\n   "contraints": {}}\n]}')
    finding = check(tmp_path / "t.csv", standard=tmp_path / "schema.json").subjects[1].findings[0]
    assert (finding.rule, finding.pointer, finding.samples[0].line) == (
        "standard-unknown-key",
        "/fields/0/contraints",
        3,
    )


def test_the_standards_findings_do_not_depend_on_the_data(tmp_path):
    fields = [{"name": "a", "constraints": {"pattern": "(("}}]
    (tmp_path / "schema.json").write_text(json.dumps({"fields": fields}))
    told = []
    for name, content in (("good.csv", "a\n1\n"), ("page.csv", "<html></html>")):
        (tmp_path / name).write_text(content)
        told.append(
            [each.rule for each in check(tmp_path / name, standard=tmp_path / "schema.json").subjects[1].findings]
        )
    assert told[0] == told[1] == ["standard-bad-pattern"]
