"""The pages of standards: whole, linked, safe whatever a standard says, and readable on a telephone."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from beffroi.catalogue import Catalogue
from beffroi.cli.writing import write_folder
from beffroi.errors import CannotWrite
from beffroi.settings import LANGUAGES
from beffroi.showing.pages import pages
from conftest import ROOT

VOID = {"meta", "link", "br", "col", "hr"}
FORMS = ("html", "md")
PHONE = 390


class Html(HTMLParser):
    """What a page holds; reading one whose elements are not closed in order fails."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.levels, self.tags = [], [], [], [], set()
        self.attributes, self.texts, self.rows, self.style = set(), [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(given)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "tr":
            self.rows.append((given.get("id"), []))
        elif tag in ("th", "td") and self.rows:
            assert tag == "td" or given["scope"] in ("row", "col")
            self.rows[-1][1].append("")
        if tag == "html":
            self.lang = given["lang"]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data
            return
        self.texts.append(("code" in self.open, data))
        if {"th", "td"} & set(self.open):
            self.rows[-1][1][-1] += data

    @property
    def text(self):
        return "".join(text for _, text in self.texts)

    @property
    def prose(self):
        return "".join(text for is_code, text in self.texts if not is_code)


def markdown():
    return MarkdownIt("commonmark").enable("table")


def tokens_of(text):
    for each in markdown().parse(text):
        yield each
        yield from each.children or ()


def write(folder, descriptor, schemas, **files):
    """A standard in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in {"standard.yaml": descriptor, **schemas}.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def benches(**changes):
    """A small standard."""
    return {
        "id": "benches",
        "version": "1.0.0",
        "status": "active",
        "title": {"en": "Benches", "fr": "Bancs"},
        "description": {"en": "Where to sit", "fr": "Où s’asseoir"},
        "licences": {"accept": ["etalab-2.0"]},
        "resources": [{"name": "benches", "schema": "benches.schema.yaml"}],
        **changes,
    }


SEATS = {"benches.schema.yaml": {"fields": [{"name": "seats", "type": "integer"}]}}


def made(root, langs=("en",), forms=FORMS):
    """The pages of all standards in a folder."""
    catalogue = Catalogue.of(root)
    return pages(catalogue.survey(root).standards, catalogue, langs, forms)


@pytest.fixture(scope="module")
def bundled():
    """Our own standards, and all their pages."""
    catalogue = Catalogue.of()
    standards = catalogue.survey().standards
    return standards, pages(standards, catalogue, LANGUAGES, FORMS)


@pytest.fixture(scope="module")
def parsed(bundled):
    return {name: Html(text) for name, text in bundled[1].items() if name.endswith(".html")}


def test_every_standard_has_a_page_in_each_language_and_form(bundled):
    standards, files = bundled
    stems = ["index", *(each.id for each in standards)]
    assert set(files) == {f"{stem}.{lang}.{form}" for stem in stems for lang in LANGUAGES for form in FORMS}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_is_on_the_page_of_its_standard(bundled, parsed, lang):
    for standard in bundled[0]:
        rows = {id_: cells for id_, cells in parsed[f"{standard.id}.{lang}.html"].rows if id_}
        lines = bundled[1][f"{standard.id}.{lang}.md"].splitlines()
        for rules in standard.resources:
            for field in rules.schema.fields:
                place = f"{rules.name}.{field.name}"
                name, meaning, _, example = (" ".join(each.split()) for each in rows[place])
                assert name.startswith(f"{field.name} ")
                assert meaning.startswith(field.title[lang])
                assert field.description[lang].split()[-1] in meaning
                assert example
                assert len([each for each in lines if f'<a id="{place}"></a>`{field.name}`' in each]) == 1


def test_pages_are_well_formed_and_in_their_language(parsed):
    for name, page in parsed.items():
        assert page.lang == name.split(".")[-2]
        assert len(page.ids) == len(set(page.ids)), name
        assert page.levels[0] == 1
        assert page.levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False)), name


def test_internal_links_lead_somewhere(bundled, parsed):
    for name, page in parsed.items():
        for link in page.links:
            if not link.startswith(("http://", "https://")):
                file, _, place = link.partition("#")
                assert not place or place in parsed[file or name].ids, (name, link)
                assert not file or file in bundled[1], (name, link)


def test_internal_links_of_markdown_lead_somewhere(bundled):
    for name, text in bundled[1].items():
        if name.endswith(".md"):
            ids = re.findall(r'<a id="([^"]*)"></a>', text)
            links = [each.attrs["href"] for each in tokens_of(text) if each.type == "link_open"]
            assert len(ids) == len(set(ids))
            assert [each for each in links if each.startswith("#") and unquote(each[1:]) not in ids] == []
            files = {each for each in links if not each.startswith(("#", "http://", "https://"))}
            assert files <= set(bundled[1])


def test_the_titles_of_what_is_folded_are_html_in_markdown(bundled):
    titles = [each for text in bundled[1].values() for each in re.findall("<summary>(.*)</summary>", text)]
    assert "<code>day-first-dates</code> – 2 findings" in titles
    assert [each for each in titles if set("`*\\") & set(each)] == []


def test_nothing_is_left_unfilled_or_untranslated(bundled, parsed):
    for name, page in parsed.items():
        assert not re.search(r"\{[a-z-]*\}|\{'?(en|fr)'?:|<Level|mappingproxy", page.prose), name
        assert not [text for _, text in page.texts if text.strip() in ("None", "()", "[]")], name
    for each in bundled[0]:
        english, french = (parsed[f"{each.id}.{lang}.html"].text for lang in LANGUAGES)
        assert each.descriptor["description"]["fr"].split(".")[0] in " ".join(french.split("\n"))
        assert each.descriptor["description"]["fr"].split(".")[0] not in english
        assert "Typical mistakes" in english
        assert "Erreurs typiques" in french


def test_a_page_may_load_and_run_nothing(parsed):
    for name, page in parsed.items():
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        assert page.policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        assert page.tags & {"script", "img", "iframe", "object", "form", "base"} == set(), name
        assert "url(" not in page.style
        assert not {each for each in page.attributes if each.startswith("on") or each in ("style", "src")}


def test_what_a_page_says_of_a_table():
    catalogue = Catalogue.of()
    files = pages([catalogue.standard("public-procurement")], catalogue, LANGUAGES, ["html"])
    text = {lang: Html(files[f"public-procurement.{lang}.html"]).text for lang in LANGUAGES}
    for said in (
        "beffroi check FOLDER --standard public-procurement@1.0.0",
        "A SIRET is 14 digits whose check digit holds: titulaire_id, only where titulaire_typeIdentifiant is SIRET",
        "Two values of a record stand in the expected order: datePublicationDonnees >= dateNotification",
        "unit: months",
    ):
        assert said in text["en"]
    for said in (
        "beffroi check DOSSIER --standard public-procurement@1.0.0",
        "titulaire_id, seulement si titulaire_typeIdentifiant vaut SIRET",
        "unité\u00a0: mois",
        "The beffroi contributors (responsable)",
    ):
        assert said in text["fr"]


NASTY = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
SIGNS = "a|b `c` *d* _e_ [f](javascript:alert(1)) <g> \\| &lt; ~~h~~ # $i$"
LONG = "x" * 300
CHANGES = """# Title

### <script>alert(1)</script> first

[a](javascript:alert(1)) ![b](https://tracker.example/b.png) <img src=x onerror=alert(1)>

| a | b |
|---|---|
````
```
fenced
````
"""
CHANGES += f"{LONG} `{LONG}`"


@pytest.fixture
def nasty(tmp_path):
    """The pages of a standard whose author means harm."""
    both = {"en": f"{NASTY} {SIGNS}", "fr": SIGNS}
    descriptor = benches(
        title=both,
        description=both,
        theme=NASTY,
        contributors=[{"title": NASTY, "email": "somebody@example.org", "roles": [SIGNS]}],
        sources=[
            {"title": both["en"], "path": "javascript:alert(1)"},
            {"title": SIGNS, "path": 'https://a.example/"onclick="x', "columns": {NASTY: SIGNS, "b": None}},
            {"title": "t", "path": "https://a.example/(x)|y", "differences": [both]},
        ],
        licences={"accept": [NASTY, SIGNS]},
        package={"required": [NASTY], "properties": {SIGNS: {"enum": [NASTY], "pattern": "|`"}}},
        resources=[
            {
                "name": "benches",
                "title": both,
                "schema": "benches.schema.yaml",
                "checks": [
                    {"check": "compare-columns", "options": {"column": NASTY, "operator": "<", "other": SIGNS}},
                    {"check": "siret", "field": SIGNS, "when": {NASTY: [SIGNS]}},
                ],
            }
        ],
        levels={"extra-column": {"level": "may", "reason": both}},
    )
    field = {"title": both, "description": both, "example": SIGNS, "unit": NASTY}
    schema = {
        "fields": [
            {"name": NASTY, "type": "string", "constraints": {"enum": [NASTY, SIGNS], "pattern": r"\||`"}, **field},
            {"name": SIGNS, "type": "string", "constraints": {"enum": [f"{SIGNS}{n}" for n in range(9)]}, **field},
            {"name": LONG, "type": "string", "title": LONG, "description": LONG, "example": LONG},
        ],
        "primaryKey": [NASTY, SIGNS, LONG],
        "foreignKeys": [{"fields": [SIGNS], "reference": {"resource": NASTY, "fields": [NASTY]}}],
        "missingValues": [NASTY, "|"],
    }
    folder = write(tmp_path / "benches", descriptor, {"benches.schema.yaml": schema}, CHANGELOG_md=CHANGES)
    for kind in ("valid", "invalid"):
        (folder / "examples" / kind).mkdir(parents=True)
        (folder / "examples" / kind / "a|b`<script>.csv").write_text(
            f"seats,{NASTY}\n|`{NASTY}\\,1\n", encoding="utf-8"
        )
    return made(tmp_path, LANGUAGES)


def test_what_a_standard_says_is_text_and_never_a_page(nasty, parsed):
    ours = {tag for page in parsed.values() for tag in page.tags} | {"blockquote", "h5", "h6"}
    names = {name for page in parsed.values() for name in page.attributes}
    for name, text in nasty.items():
        if name.endswith(".html"):
            page = Html(text)
            assert page.tags <= ours
            assert page.attributes <= names
            assert {each for each in page.links if ":" in each} <= {
                "https://a.example/(x)|y",
                "https://tracker.example/b.png",
            }
            assert len(page.ids) == len(set(page.ids))
            assert NASTY in page.text
            assert SIGNS in page.text
            assert "somebody@example.org" not in text


def test_what_a_standard_says_is_text_in_markdown_too(nasty):
    for name, text in nasty.items():
        if not name.endswith(".md"):
            continue
        found = list(tokens_of(text))
        html = "".join(each.content for each in found if each.type in ("html_inline", "html_block"))
        tags = set(re.findall(r"<(/?\w+(?: [^>]*)?)>", re.sub(r'<a id="[\w.-]*">', "", html)))
        assert tags <= {"/a", "br", "code", "/code", "details", "/details", "summary", "/summary", "b", "/b"}
        assert "img" not in {each.tag for each in found}
        links = [each.attrs["href"] for each in found if each.type == "link_open"]
        assert {each for each in links if ":" in each} <= {"https://a.example/%28x%29%7Cy"}
        assert "somebody@example.org" not in text
        if not name.startswith("index"):
            fields = [each for each in text.splitlines() if each.startswith('| <a id="benches.')]
            assert len(fields) == 3
            assert {len(cells_of(each)) for each in fields} == {4}
            names = [
                "".join(part.content for part in cells_of(each)[0] if part.type in ("text", "code_inline"))
                for each in fields
            ]
            assert [each.rsplit(" ", 1)[0].strip() for each in names] == [NASTY, SIGNS, LONG]


def cells_of(line):
    """The inline tokens of each cell in a line of a table."""
    count = len(re.split(r"(?<!\\)\|", line)) - 2
    found = markdown().parse(f"{line}\n{'|---' * count}|\n")
    return [each.children for each in found if each.type == "inline"]


def test_a_plain_changelog_stays_markdown_and_its_headings_come_below_the_section(tmp_path):
    text = "# Changelog\n\nA *word*.\n\n## [1.0.0]\n\n### Added\n\n- [x](https://a.example)\n\n```\n## code\n```\n"
    write(tmp_path / "benches", benches(), SEATS, CHANGELOG_md=text)
    files = made(tmp_path)
    page = Html(files["benches.en.html"])
    start = files["benches.en.md"].index("A *word*.")
    end = files["benches.en.md"].index('\n\n<a id="about">')
    assert files["benches.en.md"][start:end] == (
        "A *word*.\n\n### [1.0.0]\n\n#### Added\n\n- [x](https://a.example)\n\n```\n## code\n```"
    )
    assert "https://a.example" in page.links
    assert page.levels == [1, 2, 2, 2, 2, 3, 4, 2]


def test_versions_lead_to_each_other_and_say_what_is_new(tmp_path):
    write(tmp_path / "benches", benches(version="2.0.0"), SEATS)
    old = benches(version="1.0.0", status="deprecated", replacedBy="benches@2")
    write(tmp_path / "benches/versions/1.0.0", old, SEATS)
    files = made(tmp_path, ["fr"], ["html"])
    assert sorted(files) == ["benches.fr.html", "benches@1.0.0.fr.html", "index.fr.html"]
    new, older = Html(files["benches.fr.html"]), Html(files["benches@1.0.0.fr.html"])
    assert "benches@1.0.0.fr.html" in new.links
    assert "benches.fr.html" in older.links
    assert "Ceci est une version ancienne\u00a0; la version actuelle est benches@2.0.0." in older.text
    assert "Le standard est déconseillé\u00a0; «\u00a0benches@2\u00a0» le remplace. Il est encore accepté" in older.text
    assert {"benches.fr.html", "benches@1.0.0.fr.html"} <= set(Html(files["index.fr.html"]).links)


def test_a_standard_that_extends_another_says_what_it_adds(tmp_path):
    write(tmp_path / "benches", benches(), SEATS)
    child = {"id": "city-benches", "version": "1.0.0", "status": "draft", "title": {"en": "Ours", "fr": "Les nôtres"}}
    child |= {
        "extends": "benches@1",
        "resources": [{"name": "benches", "schema": "benches.schema.yaml"}],
        "licences": {"accept": ["etalab-2.0", "CC0-1.0"]},
        "loosens": [{"reason": {"en": "artists ask for CC0", "fr": "les artistes demandent CC0"}}],
    }
    own = {"fields": [{"name": "seats", "constraints": {"minimum": 2}}, {"name": "wood", "type": "string"}]}
    write(tmp_path / "city-benches", child, {"benches.schema.yaml": own})
    page = Html(made(tmp_path, ["en"], ["html"])["city-benches.en.html"])
    assert "benches.en.html" in page.links
    words = " ".join(page.text.split())
    assert (
        "This standard builds upon benches@1.0.0 – Benches, and asks all that it asks. Besides: "
        "licences newly accepted: CC0-1.0 seats: the least value is 2 from now on wood: added, optional "
        "What it asks less of, and why artists ask for CC0" in words
    )
    assert "This standard is a draft" in words


def test_no_page_tells_where_a_standard_lies_on_this_machine(tmp_path):
    write(tmp_path / "benches", benches(version="2.0.0"), SEATS)
    old = write(tmp_path / "benches/versions/1.0.0", benches(), SEATS)
    (old / "examples/valid").mkdir(parents=True)
    (old / "examples/valid/benches.csv").write_text("seats\n2\n", encoding="utf-8")
    files = made(tmp_path)
    assert not [name for name, text in files.items() if tmp_path.name in text]
    assert "`benches/versions/1.0.0/standard.yaml`" in files["benches@1.0.0.en.md"]
    assert "- `benches/versions/1.0.0/examples/valid/benches.csv`" in files["benches@1.0.0.en.md"]


def test_an_example_or_changelog_that_lies_elsewhere_is_not_published(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("seats\n424242\n", encoding="utf-8")
    folder = write(tmp_path / "own/benches", benches(), SEATS)
    (folder / "examples/valid").mkdir(parents=True)
    (folder / "examples/valid/benches.csv").symlink_to(secret)
    (folder / "CHANGELOG.md").symlink_to(secret)
    assert not [name for name, text in made(tmp_path / "own").items() if "424242" in text]


def test_names_of_files_are_safe_and_never_twice(tmp_path):
    for number, name in enumerate(("index", "../../x", "Index", "a b|c", "..", "é")):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps({"name": name, "fields": [{"name": "x"}]}), encoding="utf-8")
    catalogue = Catalogue.of()
    standards = [catalogue.standard(str(each)) for each in sorted(tmp_path.iterdir())]
    files = pages([*standards, standards[0]], catalogue, ["en"], ["md"])
    assert sorted(files) == [
        "Index-3.en.md",
        "a-b-c.en.md",
        "index-2.en.md",
        "index.en.md",
        "standard-2.en.md",
        "standard.en.md",
        "x.en.md",
    ]


def test_colours_can_be_told_apart():
    css = (ROOT / "validator/beffroi/showing/pages/templates/page.css").read_text(encoding="utf-8")
    grounds = {"text": ("ground", "raised"), "muted": ("ground", "raised"), "link": ("ground", "raised")}
    grounds |= {each: (f"{each}-ground",) for each in ("red", "amber", "blue", "grey", "green")}
    for theme in re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]:
        colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]+)", theme))
        for name, behind in grounds.items():
            for each in behind:
                assert contrast(colours[name], colours[each]) >= 4.5, (name, each)


def contrast(*colours):
    """The contrast of two colours (WCAG 2.2)."""
    dark, light = sorted(luminance(each) for each in colours)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    digits = "".join(each * 2 for each in colour) if len(colour) == 3 else colour
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


MEASURE = """
for (const each of document.querySelectorAll("details")) each.open = true;
addEventListener("load", () => {
  const wide = [...document.querySelectorAll("body *:not(caption, thead, thead *)")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5).map((each) => each.outerHTML.slice(0, 99));
  const styled = getComputedStyle(document.body).marginTop === "0px";
  const page = document.documentElement.scrollWidth;
  parent.postMessage({name: location.pathname, width: innerWidth, page, styled, wide}, "*");
});
"""
GATHER = """
const found = [];
addEventListener("message", (event) => { found.push(event.data); document.title = JSON.stringify(found); });
"""


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_no_page_is_wider_than_the_screen(bundled, nasty, tmp_path, width):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("no browser (chromium) is installed")
    digest = base64.b64encode(hashlib.sha256(MEASURE.encode()).digest()).decode()
    files = {**bundled[1], **{f"nasty-{name}": text for name, text in nasty.items()}}
    names = sorted(name for name in files if name.endswith(".html"))
    for name in names:
        page = files[name].replace("; base-uri", f"; script-src 'sha256-{digest}'; base-uri")
        (tmp_path / name).write_text(page.replace("</body>", f"<script>{MEASURE}</script></body>"), encoding="utf-8")
    frames = "".join(f'<iframe src="{each}" style="border:0;width:{width}px;height:900px"></iframe>' for each in names)
    (tmp_path / "all.html").write_text(
        f"<title>-</title><script>{GATHER}</script><body>{frames}</body>", encoding="utf-8"
    )
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,900", "--virtual-time-budget=60000"]
    told = subprocess.run(
        [browser, *options, f"--user-data-dir={tmp_path / 'user'}", "--dump-dom", (tmp_path / "all.html").as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found = json.loads(unescape(re.search("<title>(.*?)</title>", told.stdout, re.DOTALL)[1]))
    assert sorted(Path(unquote(each["name"])).name for each in found) == names
    assert [each for each in found if each["wide"] or each["page"] > width or each["width"] != width] == []
    assert all(each["styled"] for each in found)


def test_a_folder_is_written_whole_and_others_in_it_stay(tmp_path):
    folder = tmp_path / "a/b"
    write_folder(folder, {"x.md": "1", "y.md": "1"})
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    write_folder(folder, {"x.md": "2", "z.md": "2"})
    assert {each.name: each.read_text() for each in folder.iterdir()} == {
        "x.md": "2",
        "y.md": "1",
        "z.md": "2",
        "mine.txt": "mine",
    }
    assert [each.name for each in folder.parent.iterdir()] == ["b"]


def test_where_one_file_cannot_be_written_nothing_changes(tmp_path):
    write_folder(tmp_path / "site", {"a.md": "1", "b.md": "1"})
    (tmp_path / "site/m.md").mkdir()
    with pytest.raises(CannotWrite) as caught:
        write_folder(tmp_path / "site", {"a.md": "2", "c.md": "2", "m.md": "2", "z.md": "2"})
    assert caught.value.where == (tmp_path / "site").as_posix()
    assert sorted(each.name for each in (tmp_path / "site").iterdir()) == ["a.md", "b.md", "m.md"]
    assert (tmp_path / "site/a.md").read_text() == "1"


def test_a_folder_below_a_file_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite):
        write_folder(tmp_path / "file/site", {"a.md": "1"})
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_the_command_writes_pages_and_says_where_to_begin(tmp_path, beffroi):
    done = beffroi(
        "standard", "docs", "trees", "council-grants", "--output", "site", "--lang", "fr", "--format", "html"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "3 pages sont dans site\u00a0; commencez par index.fr.html\n"
    names = sorted(each.name for each in (tmp_path / "site").iterdir())
    assert names == ["council-grants.fr.html", "index.fr.html", "trees.fr.html"]
    assert oct((tmp_path / "site").stat().st_mode & 0o777) == oct(0o777 & ~umask())


def umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_standard_that_cannot_be_loaded_is_told_beside_the_pages_of_the_others(tmp_path, beffroi):
    write(tmp_path / "own/standards/benches", benches(), SEATS)
    (tmp_path / "own/standards/lamps").mkdir()
    (tmp_path / "own/standards/lamps/standard.yaml").write_text("id: [", encoding="utf-8")
    done = beffroi("standard", "docs", "--catalogue", "own", "-o", "site", "--format", "md", "--lang", "en")
    assert done.returncode == 2
    assert "lamps" in done.stderr
    assert sorted(each.name for each in (tmp_path / "site").iterdir()) == ["benches.en.md", "index.en.md"]


def test_where_there_is_no_standard_nothing_is_written(tmp_path, beffroi):
    (tmp_path / "own").mkdir()
    done = beffroi("standard", "docs", "--catalogue", "own", "-o", "site", "--lang", "fr")
    assert (done.returncode, done.stdout) == (0, "il n’y a pas de standard\n")
    assert [each.name for each in tmp_path.iterdir()] == ["own"]


def test_an_unknown_standard_makes_no_pages(tmp_path, beffroi):
    done = beffroi("standard", "docs", "no-such", "-o", "site")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no-such" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_standards_make_the_same_pages():
    catalogue = Catalogue.of()
    once, again = (pages([catalogue.standard("trees")], catalogue, LANGUAGES, FORMS) for _ in range(2))
    assert once == again
