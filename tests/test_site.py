"""The docs site: built as it is published; every link leads somewhere, and no page needs anything from elsewhere."""

import importlib.util
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest

from conftest import ROOT

pytestmark = pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="zensical is not installed")
LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
POLICY = "default-src 'self' 'unsafe-inline' data: blob:; object-src 'none'; base-uri 'none'"


class Seen(HTMLParser):
    """What a page is made of, as far as it is looked at here."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loaded, self.policy, self.lang = set(), [], [], None, None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        """Keep the ids, the links, what is loaded, the policy, the language."""
        given = dict(attrs)
        self.ids.add(given.get("id"))
        self.lang = given["lang"] if tag == "html" else self.lang
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if given.get(LOADING.get(tag)):
            self.loaded.append(given[LOADING[tag]])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site: its folder, and what is in each page by its path there."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "handbook", folder / "handbook")
    run(folder, "zensical", "build", "--strict")
    run(folder, "beffroi", "standard", "docs", "trees", "--format", "html", "--output", "site/standards")
    built = folder / "site"
    return built, {each.relative_to(built).as_posix(): Seen(each) for each in built.rglob("*.html")}


def run(folder, *command):
    """Run a module, which must end well."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def ours(pages):
    """The pages that zensical made."""
    return {name: page for name, page in pages.items() if not name.startswith("standards/")}


def test_every_page_is_built_and_in_the_navigation(site):
    _, pages = site
    docs = {each.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for each in (ROOT / "docs").rglob("*.md")}
    docs = {re.sub(r"README\.html$", "index.html", each) for each in docs}
    assert docs == set(ours(pages)) - {"404.html"}
    linked = {normpath(unquote(urlsplit(each).path)) for each in pages["index.html"].links}
    assert docs - linked == set()


def test_every_link_leads_somewhere(site):
    folder, pages = site
    broken = [
        (name, link)
        for name, page in ours(pages).items()
        for link in page.links
        if name != "404.html" and not leads(folder, pages, name, link)
    ]
    assert broken == []


def leads(folder, pages, name, link):
    """Whether a link of a page leads to what is there; addresses of others are not looked at."""
    parts = urlsplit(link)
    if parts.scheme:
        return parts.scheme in ("http", "https", "mailto")
    target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
    known = Path(target).resolve()
    if not known.is_file():
        return False
    page = pages.get(known.relative_to(folder.resolve()).as_posix())
    return not parts.fragment or page is None or unquote(parts.fragment) in page.ids


def test_no_page_loads_anything_from_elsewhere(site):
    folder, pages = site
    assert [(name, each) for name, page in pages.items() for each in page.loaded if re.match(r"(\w+:)?//", each)] == []
    assert {page.policy for page in ours(pages).values()} == {POLICY}
    styles = [each.read_text(encoding="utf-8") for each in folder.rglob("*.css")]
    assert [
        each for text in styles for each in re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)]*", text)
    ] == []


def test_french_pages_speak_french(site):
    _, pages = site
    french = {name for name, page in ours(pages).items() if page.lang == "fr"}
    assert french == {name for name in ours(pages) if name.startswith(("fr/", "ecrire-"))}
