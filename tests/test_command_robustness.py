"""The command in adverse conditions, as real processes: closed, full, broken streams, pipes, signals, odd names."""

import contextlib
import errno
import gzip
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from beffroi.cli.writing import write_whole
from beffroi.errors import CannotRead, CannotWrite
from beffroi.settings import LANGUAGES, Settings
from beffroi.tables.delivery import delivered, digest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")

CSV = "id,n\na,1\nb,2\n"
COMMAND = [sys.executable, "-m", "beffroi"]


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(CSV, encoding="utf-8")
    (tmp_path / "s.json").write_text('{"fields": [{"name": "id"}, {"name": "n", "type": "integer"}]}')
    return path


@pytest.fixture
def shell(tmp_path):
    """Run a line of bash in which $beffroi is the command; the finished process, its output as bytes."""

    def run(line, **env):
        environment = {
            **os.environ,
            "PYTHONUNBUFFERED": "",
            "BEFFROI_LANG": "en",
            "NO_COLOR": "1",
            "beffroi": " ".join(COMMAND),
            **env,
        }
        return subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
        )

    return run


@pytest.fixture
def started(tmp_path):
    """Start the command with a temporary folder of its own; those still running at the end are killed."""
    processes = []
    (tmp_path / "temporary").mkdir()

    def run(*arguments, command=COMMAND, **options):
        env = {**os.environ, "PYTHONUNBUFFERED": "", "BEFFROI_LANG": "en", "TMPDIR": str(tmp_path / "temporary")}
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        processes.append(subprocess.Popen([*command, *arguments], cwd=tmp_path, env=env, **{**pipes, **options}))
        return processes[-1]

    yield run
    for each in processes:
        each.kill()
        each.communicate()


def soon(condition):
    """Wait until something is the case."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def told(done, *words, code):
    """One line of what happened and one of what to do, and no traceback."""
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr[-2000:]
    assert len(done.stderr.decode().splitlines()) == 2
    for each in words:
        assert each in done.stderr.decode()


# Where the report goes


def test_a_report_is_written_into_a_pipe_which_stays_one(started, data, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    process = started("check", "t.csv", "-s", "s.json", "-f", "json", "-o", "pipe")
    assert json.loads((tmp_path / "pipe").read_bytes())["verdict"] == "conformant"
    assert process.wait(30) == 0
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)


def test_a_report_behind_a_link_leaves_the_link(shell, data, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to("out/report.json")
    for _ in ("new", "replaced"):
        assert shell("$beffroi check t.csv -s s.json -f json -o link").returncode == 0
        assert (tmp_path / "link").is_symlink()
        assert json.loads((tmp_path / "out/report.json").read_bytes())["verdict"] == "conformant"
        assert [each.name for each in (tmp_path / "out").iterdir()] == ["report.json"]


def test_a_link_to_a_pipe_leads_into_the_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    writer = threading.Thread(target=write_whole, args=(tmp_path / "link", "é"))
    writer.start()
    assert (tmp_path / "pipe").read_text(encoding="utf-8") == "é"
    writer.join()
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)
    assert (tmp_path / "link").is_symlink()


def test_a_new_file_has_the_usual_permissions_and_a_replaced_one_its_own(tmp_path):
    write_whole(tmp_path / "new", "a")
    plain = tmp_path / "plain"
    plain.touch()
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode
    plain.chmod(0o640)
    write_whole(plain, "b")
    assert (plain.read_text(), stat.S_IMODE(plain.stat().st_mode)) == ("b", 0o640)


@pytest.mark.parametrize("name", ["x" * 300, "x" * 5000, "a\0b", "no/folder", ""])
def test_what_cannot_be_written_is_told(tmp_path, name):
    with pytest.raises(CannotWrite):
        write_whole(tmp_path / name, "text")
    assert list(tmp_path.iterdir()) == []


def test_links_in_a_circle_cannot_be_written(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(CannotWrite):
        write_whole(tmp_path / "a", "text")


@pytest.mark.parametrize("line", ["check t.csv -o ''", "check ''", "check t.csv -s ''", "check t.csv -o ."])
def test_an_empty_name_is_a_mistake_in_the_call(shell, data, line):
    done = shell(f"$beffroi {line}")
    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (2, b"", False)


# Where the data comes from


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_pipe_is_read_like_standard_input(shell, data, packed):
    cat = "gzip -c" if packed else "cat"
    done = shell(f"$beffroi check <({cat} t.csv) -s s.json -f json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["subjects"][0]["rows"]) == (0, b"", 2)
    assert report["subjects"][0]["path"].startswith("/dev/fd/")


def test_a_pipe_has_the_suffix_of_its_name(tmp_path):
    os.mkfifo(tmp_path / "p.csv")
    writer = threading.Thread(target=(tmp_path / "p.csv").write_text, args=(CSV,))
    writer.start()
    with delivered(tmp_path / "p.csv") as taken:
        assert (taken.file.read_text(), taken.suffix, taken.bytes) == (CSV, ".csv", len(CSV))
    writer.join()
    assert not taken.file.exists()


def test_a_pipe_that_nobody_writes_to_is_left_by_ctrl_c(started, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    process = started("check", "pipe")
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, b"Traceback" in err) == (130, b"", False)


@pytest.mark.parametrize("name", ["/dev/zero", "link.csv"])
def test_a_device_is_refused(shell, tmp_path, name):
    (tmp_path / "link.csv").symlink_to("/dev/zero")
    told(shell(f"$beffroi check {name}"), f"{name}: is not a file that can be checked", code=3)


def test_a_package_or_archive_that_is_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "datapackage.json")
    with pytest.raises(CannotRead, match="is not a file that can be checked"):
        digest(tmp_path / "datapackage.json")


@pytest.mark.parametrize("source", ["-", "<(cat t.csv)"])
def test_a_stream_that_gives_too_much_is_a_fault(shell, data, source):
    code = "import sys, beffroi.limits as limits; limits.EXPANDED_BYTES = 5; from beffroi.cli import main; main()"
    done = shell(f"{sys.executable} -c '{code}' check {source} -f json < t.csv")
    subject = json.loads(done.stdout)["subjects"][0]
    assert (done.returncode, done.stderr, "sha256" in subject) == (3, b"", False)
    assert [(each["rule"], each["cause"]) for each in subject["findings"]] == [("unreadable", "too-large")]


def test_closed_standard_input_is_told(shell, data):
    told(shell("$beffroi check - <&-"), "-: standard input is closed", code=3)
    assert shell("$beffroi check t.csv -s s.json <&-").returncode == 0


@pytest.mark.parametrize("name", ["packed.csv.gz", "-"])
def test_a_full_disk_is_told(tmp_path, name):
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(CSV.encode() * 100_000))
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));from beffroi.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", name, "--lang", "en"],
        cwd=tmp_path,
        input=CSV.encode() * 100_000,
        capture_output=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    told(done, f"{name}: cannot be read ({os.strerror(errno.EFBIG)})", code=3)
    assert [each.name for each in tmp_path.iterdir()] == ["packed.csv.gz"]


def test_a_disk_without_room_for_keys_is_told(tmp_path):
    (tmp_path / "s.json").write_text(json.dumps({"fields": [{"name": "id"}], "primaryKey": ["id"]}))
    (tmp_path / "t.csv").write_text("id\n" + "".join(f"{n}\n" for n in range(1_200_000)))
    room = 1 << 20
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
        "from beffroi.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "t.csv", "-s", "s.json", "--lang", "en"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    told(done, "has no room for the keys of a table of this size", code=3)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["s.json", "t.csv"]


# Standard output and standard error


@pytest.mark.parametrize("form", ["text", "json"])
def test_output_that_is_closed_or_full_is_told(shell, data, form):
    told(shell(f"$beffroi check t.csv -s s.json -f {form} >&-"), "standard output cannot be written to", code=2)
    told(shell(f"$beffroi check t.csv -s s.json -f {form} >/dev/full"), os.strerror(errno.ENOSPC), code=2)


@pytest.mark.parametrize("line", ["--help", "check --help", "--version"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_to_a_full_disk_is_told(shell, line, unbuffered):
    done = shell(f"$beffroi {line} >/dev/full", PYTHONUNBUFFERED=unbuffered)
    told(done, "standard output cannot be written to", code=2)


@pytest.mark.parametrize("line", ["check t.csv -s s.json", "check nowhere.csv", "check", "--nonsense"])
@pytest.mark.parametrize("error", ["2>&-", "2>/dev/full"])
def test_errors_that_nobody_can_hear_change_no_exit_code(shell, data, line, error):
    heard, unheard = shell(f"$beffroi {line}"), shell(f"$beffroi {line} {error}")
    assert (unheard.returncode, unheard.stdout.strip()) == (heard.returncode, heard.stdout.strip())


def test_no_file_gets_the_number_of_a_closed_stream(shell, data, tmp_path):
    code = (
        "import beffroi.checking as checking, os, pathlib;"
        "number = lambda *_, **options: pathlib.Path('fd').write_text(str(os.dup(os.open('t.csv', 0))));"
        "checking.check_paths = number;"
        "from beffroi.cli import main; main()"
    )
    (tmp_path / "code.py").write_text(code)
    shell(f"{sys.executable} code.py check t.csv <&- >&- 2>&-")
    assert int((tmp_path / "fd").read_text()) > 3


@pytest.mark.parametrize("line", ["check t.csv", "check t.csv -f json", "--help", "check --help", "--version"])
def test_a_closed_pipe_ends_the_run_quietly(started, data, line):
    reading, writing = os.pipe()
    os.close(reading)
    process = started(*line.split(), stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_terminal_of_few_letters_gets_all_it_can_show(shell, data, encoding):
    data.write_text("id,n\né œ ✔,x\n", encoding="utf-8")
    done = shell("$beffroi check t.csv -s s.json --lang fr", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "\\u2718 non conforme" in done.stdout.decode(encoding)
    assert "é" in done.stdout.decode(encoding)


def test_json_is_utf8_whatever_the_terminal(shell, data):
    data.write_text("id,n\na,é✔\n", encoding="utf-8")
    done = shell("$beffroi check t.csv -s s.json -f json", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout.decode("utf-8"))["subjects"][0]["findings"][0]["samples"][0]["value"] == "é✔"


@pytest.mark.parametrize("output", ["", "-o report"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_name_that_is_not_utf8_is_reported(shell, data, tmp_path, form, output):
    data.rename(tmp_path / "caf\udce9.csv")
    done = shell(f"$beffroi check $'caf\\xe9.csv' -s s.json -f {form} {output}")
    assert (done.returncode, done.stderr) == (0, b"")
    report = ((tmp_path / "report").read_bytes() if output else done.stdout).decode("utf-8")
    if form == "json":
        assert json.loads(report)["subjects"][0]["path"] == "caf\udce9.csv"
    else:
        assert "caf" in report


def test_control_signs_in_names_are_shown_not_obeyed(shell):
    done = shell("$beffroi check $'a\\nb\\e[31m.csv'")
    told(done, "beffroi: a⏎b⟨U+001B⟩[31m.csv: there is no such file or folder\n", code=2)
    done = shell("$beffroi check x -s $'a\\nb\\e[31m'")
    told(done, 'there is no standard "a⏎b⟨U+001B⟩[31m"', code=2)


@pytest.mark.parametrize("line", ["check {}", "check t.csv -s {}", "check t.csv -o {}", "check t.csv --catalogue {}"])
def test_a_name_of_five_thousand_letters_is_told(shell, data, line):
    done = shell(f"$beffroi {line.format('x' * 5000)}")
    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (2, b"", False)


# Signals and defects


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_run_in_order(started, tmp_path, sent):
    process = started("check", "-", "-o", "report")
    soon(lambda: any((tmp_path / "temporary").rglob("stream")))
    process.send_signal(sent)
    process.send_signal(sent)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, b"Traceback" in err) == (128 + sent, b"", False)
    assert [each.name for each in tmp_path.rglob("*")] == ["temporary"]


def test_a_signal_while_the_report_is_written_leaves_neither_half_nor_whole(started, data, tmp_path):
    code = (
        "import pathlib, time; write = pathlib.Path.write_bytes;"
        "pathlib.Path.write_bytes = lambda self, content: (write(self, content), time.sleep(60));"
        "from beffroi.cli import main; main()"
    )
    before = {each.name for each in tmp_path.iterdir()}
    process = started("check", "t.csv", "-o", "report", command=[sys.executable, "-c", code])
    soon(lambda: any(tmp_path.glob(".beffroi-*/report")))
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 143
    assert {each.name for each in tmp_path.iterdir()} == before


def test_an_ignored_hangup_stays_ignored(shell, data, tmp_path):
    code = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "sys.stdin = type('In', (), {'buffer': type('Raw', (), {'data': [b'id,n\\n', b''],"
        " 'read': lambda self, size: (os.kill(os.getpid(), signal.SIGHUP), self.data.pop(0))[1]})()})();"
        "from beffroi.cli import main; main()"
    )
    (tmp_path / "code.py").write_text(code)
    assert shell(f"{sys.executable} code.py check - -s s.json").returncode == 0


def test_ctrl_c_during_the_imports_is_quiet(started, tmp_path):
    code = (
        "import importlib.abc, os, signal, sys\n"
        "class Finder(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == sys.argv[1]: os.kill(os.getpid(), signal.SIGINT)\n"
        "from beffroi.cli import main\n"
        "sys.meta_path.insert(0, Finder())\n"
        "main()\n"
    )
    for module in ("click", "beffroi.cli.check", "beffroi.errors", "beffroi.cli.running"):
        process = started(module, command=[sys.executable, "-c", code])
        assert (process.communicate(timeout=30), process.returncode) == ((b"", b""), 130), module


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_defect_of_ours_is_no_verdict(started, data, form):
    code = (
        "import beffroi.checking as checking;"
        "checking.check_paths = lambda *arguments, **options: 1 / 0;"
        "from beffroi.cli import main; main()"
    )
    process = started("check", "t.csv", "-f", form, command=[sys.executable, "-c", code])
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (70, b"")
    assert err.startswith(b"Traceback")
    assert err.endswith(b"ZeroDivisionError: division by zero\n")


# Settings and choices


@pytest.mark.parametrize(("given", "words"), [({"lang": "de"}, "'de'"), ({"samples": -1}, "-1 samples")])
def test_settings_that_cannot_be_meant_are_refused(given, words):
    with pytest.raises(ValueError, match=words):
        Settings(**given)


def test_the_choices_are_those_there_are(shell):
    from beffroi.reports import known_formats

    page = shell("$beffroi check --help").stdout.decode()
    formats = ["text", *(each for each in known_formats() if each != "text")]
    assert f"[{'|'.join(formats)}]" in page
    assert f"[{'|'.join(LANGUAGES)}]" in page


SPILLING = """
import sys
from beffroi import check, limits
limits.KEYS_IN_MEMORY = 1000
report = check(sys.argv[1], standard=sys.argv[2])
print([each.count for each in report.subjects[0].findings])
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are looked up where Linux tells them")
@pytest.mark.parametrize("ending", [None, signal.SIGINT, signal.SIGKILL])
def test_keys_on_the_disk_have_no_name_and_are_gone_with_the_process(tmp_path, ending):
    schema = {"fields": [{"name": "id", "type": "string"}], "primaryKey": ["id"]}
    (tmp_path / "s.json").write_text(json.dumps(schema))
    (tmp_path / "t.csv").write_text("id\n" + "".join(f"{n}\n" for n in range(3_000_000)) + "5\n7\n")
    folder = tmp_path / "temporary"
    folder.mkdir()
    command = [sys.executable, "-c", SPILLING, str(tmp_path / "t.csv"), str(tmp_path / "s.json")]
    with subprocess.Popen(command, env={**os.environ, "TMPDIR": str(folder)}, stdout=subprocess.PIPE) as process:
        while process.poll() is None and not any(str(folder) in each for each in open_files(process.pid)):
            time.sleep(0.005)
        assert process.poll() is None, "it ended before anything was put on the disk"
        assert not list(folder.iterdir())
        if ending:
            process.send_signal(ending)
        output = process.communicate()[0]
    assert not list(folder.iterdir())
    assert output == (b"" if ending else b"[2]\n")


def open_files(process):
    """What the descriptors of a process lead to."""
    found = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(str(each.readlink()))
    return found
