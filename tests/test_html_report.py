"""The report as a page, in a real browser: it fits, its filters work, and nothing that was delivered is carried out."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html import unescape

import pytest

from beffroi.reports import html
from beffroi.settings import Settings
from reports_of import KINDS, laid_out, report_of

MEASURE = """
"use strict";
const counted = () => [...document.querySelectorAll("article.finding")].filter((each) => !each.hidden).length;
const told = {wide: document.documentElement.scrollWidth, shown: [counted()]};
told.links = document.querySelectorAll("a[href^=http]").length;
told.styled = getComputedStyle(document.querySelector("header")).borderBottomStyle === "solid";
told.scripts = document.scripts.length;
const box = document.querySelector(".filters input[value=must]");
if (box) {
  const click = () => {
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", {bubbles: true}));
    told.shown.push(counted());
  };
  click(); click();
  const select = document.querySelector(".filters select");
  if (select) {
    select.value = select.options[1].value;
    select.dispatchEvent(new Event("change", {bubbles: true}));
    told.shown.push(counted());
  }
}
document.title = JSON.stringify(told);
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A page of every report, with what browsers are told of it."""
    folder = tmp_path_factory.mktemp("html")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        laid_out(folder)
        return {kind: html.render(report_of(kind, excerpt=1000)) for kind in KINDS}


def measured(page, folder, width):
    """What a browser of that width makes of a page."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("no browser (chromium) is installed")
    digest = base64.b64encode(hashlib.sha256(MEASURE.encode()).digest()).decode()
    page = page.replace("; base-uri", f" 'sha256-{digest}'; base-uri", 1).replace(
        "</body>", f"<script>{MEASURE}</script></body>"
    )
    (folder / "page.html").write_text(page, encoding="utf-8")
    frame = f'<iframe src="page.html" style="border:0;width:{width}px;height:900px"></iframe>'
    gather = (
        "addEventListener('load', () => { document.title = document.querySelector('iframe').contentDocument.title; });"
    )
    (folder / "all.html").write_text(f"<title>-</title><body>{frame}<script>{gather}</script></body>", encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--allow-file-access-from-files",
        "--virtual-time-budget=20000",
    ]
    told = subprocess.run(
        [browser, *options, f"--user-data-dir={folder / 'user'}", "--dump-dom", (folder / "all.html").as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(unescape(re.search("<title>(.*?)</title>", told.stdout, re.DOTALL)[1]))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", ["dirty", "hostile", "project.fr"])
def test_a_page_fits_the_screen_and_runs_only_its_own_script(pages, tmp_path, kind, width):
    found = measured(pages[kind], tmp_path, width)
    assert found["wide"] <= width
    assert found["styled"]
    assert found["scripts"] == 2
    assert found["links"] == 0


def test_filters_by_level_and_column_leave_out_the_others(pages, tmp_path):
    assert measured(pages["dirty"], tmp_path, 1280)["shown"] == [13, 2, 13, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_nothing_and_escapes_everything(pages, kind):
    page = pages[kind]
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)[1]
    assert unescape(policy) == html.policy()
    assert unescape(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert re.findall(r"<(?:link|img|iframe|object|embed|base|form)\b", page) == []
    assert (
        re.findall(r"\s(?:src|style|on\w+)=", page.replace(html.read("style"), "").replace(html.read("script"), ""))
        == []
    )
    assert page.count("<script") == 1


def test_what_is_hostile_is_shown_and_not_carried_out(pages):
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages["hostile"]
    assert "<script>alert" not in pages["hostile"]


def test_cells_with_findings_are_marked_where_they_stand(pages):
    row = next(each for each in pages["dirty"].split("<tr>") if each.startswith('<th scope="row">4</th>'))
    marked = re.findall(r'<td class="must" title="[^"]*">([^<]*)</td>', row)
    assert marked == ["B2", "0.1", "2023-13-01", "steel"]


def test_a_picture_shows_where_findings_lie(pages):
    assert pages["dirty"].count('class="fill-must"') == 9
    assert 'class="picture"' not in pages["clean"]


def test_a_million_findings_make_a_page_that_can_be_opened(tmp_path, monkeypatch):
    from beffroi.catalogue import Catalogue
    from beffroi.checking import check_paths

    monkeypatch.chdir(tmp_path)
    rows = "".join(f"B{n},x,{n},2024-01-02,steel,\n" for n in range(200_000))
    (tmp_path / "big.csv").write_text("id,name,length_m,placed,material,note\n" + rows, encoding="utf-8")
    laid_out(tmp_path)
    settings = Settings(samples=html.SAMPLES, excerpt=html.EXCERPT)
    report = check_paths(["../big.csv"], Catalogue.of().standard("schema.json"), settings)
    assert sum(report.counts.values()) >= 200_000
    page = html.render(report)
    assert len(page) < 1_000_000
    assert "200,000" in page
