"""What a file is, told from what it holds and not from its name; how open that is, in stars.

The stars are those of https://5stardata.info: 1 for any file, 2 for structured data of one vendor's programs, 3 for an
open format, 4 where things have web addresses, 5 where those lead to the data of others. Whether the licence is open,
which all of them suppose, is not judged here.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from beffroi.tables.signatures import HTML, JSON, MAGIC, XML
from beffroi.values import dataclass

HEAD = 1 << 16
"""How much of a file is looked at."""
SIGNED = 4096
"""How much of a text is looked at for what it begins with."""
MEMBER_HEAD = 1 << 13
"""The same of a member of a zip."""
MEMBERS = 1000
"""The most members of a zip that are looked at."""
STARS = {
    **dict.fromkeys(("pdf", "image", "html", "docx", "pptx", "ole", "odt", "odp", "text", "7z", "rar"), 1),
    **dict.fromkeys(("xlsx", "xlsb", "xls", "access"), 2),
    **dict.fromkeys(("csv", "ods", "json", "ndjson", "geojson", "xml", "gml", "kml", "kmz", "gpx", "topojson"), 3),
    **dict.fromkeys(
        ("parquet", "geopackage", "sqlite", "shapefile", "dbf", "tiff", "netcdf", "hdf5", "grib", "las"), 3
    ),
    **dict.fromkeys(("turtle", "n-triples", "rdf-xml", "json-ld"), 4),
}
"""How open each format is at least; of an unknown one, nothing is said."""
SPREAD = {"odt", "odp", "docx", "pptx", "pdf", "html", "text"}
"""What stands beside data and explains it, and does not make a zip less open."""
BY_MAGIC = (
    *((magic, kind) for magic, kind in MAGIC if kind in {"pdf", "parquet", "image"}),
    (b"BM", "image"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\0\0\x27\x0a", "shapefile"),
    (b"\x89HDF", "hdf5"),
    (b"CDF\x01", "netcdf"),
    (b"CDF\x02", "netcdf"),
    (b"GRIB", "grib"),
    (b"LASF", "las"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\0\x01\0\0Standard ", "access"),
)
OFFICE = (("xl/workbook.bin", "xlsb"), ("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "pptx"))
OPEN_DOCUMENT = {b"spreadsheet": "ods", b"text": "odt", b"presentation": "odp"}
ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
ROOTS = {"kml": "kml", "gpx": "gpx", "rdf": "rdf-xml", "html": "html", "featurecollection": "gml", "svg": "image"}
TURTLE = re.compile(r"\s*(?:#[^\n]*\n\s*)*@?(?:prefix|base)\s+[\w-]*:?\s*<", re.IGNORECASE)
TRIPLE = re.compile(r"\s*<[^<>\s]+>\s+<[^<>\s]+>\s+[<\"_]")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
SAME = ("csv", "ods", "pdf", "parquet", "docx", "xlsx", "xls", "xlsb", "kml", "gpx", "dbf", "tiff")
OF_JSON = frozenset({"json", "ndjson", "geojson", "json-ld", "topojson"})
OF_XML = frozenset({"xml", "gml", "kml", "gpx", "rdf-xml"})
PROMISED = {
    **{each: frozenset({each}) for each in SAME},
    **dict.fromkeys(("json", "ndjson", "jsonl"), OF_JSON),
    **dict.fromkeys(("geojson", "geojsonl"), frozenset({"geojson", "ndjson", "json"})),
    **dict.fromkeys(("tsv", "tab"), frozenset({"csv"})),
    **dict.fromkeys(("xml", "gml", "rdf"), OF_XML),
    "jsonld": frozenset({"json-ld"}),
    "xlsm": frozenset({"xlsx"}),
    "gpkg": frozenset({"geopackage"}),
    "ttl": frozenset({"turtle", "n-triples"}),
    "nt": frozenset({"n-triples"}),
    "shp": frozenset({"shapefile"}),
    "geoparquet": frozenset({"parquet"}),
    "tif": frozenset({"tiff"}),
}
"""What a suffix promises; one that is not listed promises nothing."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a file is: a format (`unknown`, `empty`), and the stars that this earns."""

    format: str
    stars: int

    @property
    def known(self) -> bool:
        """Whether anything can be said of it."""
        return self.format not in {"unknown", "empty"}


def form_of(path: Path) -> Form:
    """What a file is; one that cannot be read is unknown. Of a zip, the least open of the data that is in it."""
    try:
        with path.open("rb") as file:
            return form_in(file, path.name)
    except OSError:
        return as_form("unknown")


def as_form(name: str) -> Form:
    """A format with its stars."""
    return Form(format=name, stars=STARS.get(name, 0))


def form_in(file: BinaryIO, name: str) -> Form:
    """The same of a file that is open, and stands at its begin."""
    head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return form_of_zip(file)
    if head.startswith(b"\x1f\x8b"):
        return form_in_gzip(head, name)
    return as_form(format_of(head, name))


def form_in_gzip(head: bytes, name: str) -> Form:
    """What is compressed in a file, by its first bytes."""
    try:
        plain = zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return as_form("unknown")
    return as_form(format_of(plain, re.sub(r"(?i)\.gz(ip)?$", "", name)))


def format_of(head: bytes, name: str) -> str:
    """The format that the first bytes of a file tell."""
    if found := next((kind for magic, kind in BY_MAGIC if head.startswith(magic)), None):
        return found
    if head.startswith(b"SQLite format 3"):
        return "geopackage" if head[68:72] in {b"GPKG", b"GP10", b"GP11"} else "sqlite"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls" if suffix(name) in {"xls", "xlt"} or "Workbook".encode("utf-16-le") in head else "ole"
    if suffix(name) == "dbf" and head[:1] in {b"\x03", b"\x30", b"\x83", b"\x8b", b"\xf5"}:
        return "dbf"
    return format_of_text(head, name)


def format_of_text(head: bytes, name: str) -> str:
    """The format of what may be text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
        head = text.encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        return "empty"
    if CONTROL.search(head):
        return "unknown"
    text = head.decode("utf-8", "replace")
    if HTML.match(head[:SIGNED]):
        return "html"
    if TRIPLE.match(text):
        return "n-triples"
    if TURTLE.match(text):
        return "turtle"
    if XML.match(head[:SIGNED]):
        return format_of_xml(text)
    if JSON.match(head) or (suffix(name).endswith("json") and text.lstrip()[:1] in {"{", "["}):
        return format_of_json(text)
    return "csv" if is_delimited(text, name) else "text"


def format_of_xml(text: str) -> str:
    """Which kind of XML it is, by its root."""
    root = ROOT.search("".join(each.rpartition("-->")[2] for each in text.split("<!--")))
    name = root.group(1).lower() if root else ""
    return ROOTS.get(name, "gml" if "opengis.net/gml" in text else "xml")


def format_of_json(text: str) -> str:
    """Which kind of JSON it is, by its first keys."""
    if '"@context"' in text:
        return "json-ld"
    if '"Topology"' in text and '"arcs"' in text:
        return "topojson"
    if re.search(r'"type"\s*:\s*"FeatureCollection"', text):
        return "geojson"
    return "ndjson" if re.match(r"\s*\{[^\n]*\}[ \t]*\r?\n\s*\{", text) else "json"


def is_delimited(text: str, name: str) -> bool:
    """Whether a text is a table: it is called so, or its first lines hold as many separators each."""
    if suffix(name) in {"csv", "tsv", "tab"}:
        return True
    lines = [each for each in text.splitlines()[:20] if each.strip()]
    lines = lines[:-1] if len(lines) > 2 else lines  # the last may be cut
    counts = ({each.count(sign) for each in lines} for sign in ",;\t|")
    return len(lines) > 1 and any(len(each) == 1 and 0 not in each for each in counts)


def form_of_zip(file: BinaryIO) -> Form:
    """A workbook or another document that is a zip, or what a zip holds."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()[:MEMBERS]
            document = document_in(archive, names)
            return as_form(document) if document else held(archive, names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return as_form("unknown")


def document_in(archive: zipfile.ZipFile, names: list[str]) -> str:
    """The document that a zip is; empty for one that only holds files."""
    if "[Content_Types].xml" in names:
        return next((kind for start, kind in OFFICE if any(each.startswith(start) for each in names)), "")
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            kind = file.read(200).rpartition(b".")[2].strip()
        return OPEN_DOCUMENT.get(kind.removesuffix(b"-template"), "")
    return "kmz" if "doc.kml" in names else ""


def held(archive: zipfile.ZipFile, names: list[str]) -> Form:
    """The least open of what a zip holds; the same data in two formats counts once, in the better one."""
    best: dict[str, Form] = {}
    for stem, form in forms_held(archive, names):
        if stem not in best or form.stars > best[stem].stars:
            best[stem] = form
    data = [each for each in best.values() if each.format not in SPREAD] or list(best.values())
    return min(data, key=lambda each: each.stars, default=as_form("empty"))


def forms_held(archive: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, Form]]:
    """The name without suffix, and the form, of each file in a zip; one in another zip is not looked into."""
    for name in names:
        if name.endswith("/") or PurePosixPath(name).name.startswith((".", "._")):
            continue
        with archive.open(name) as file:
            head = file.read(MEMBER_HEAD)
        inner = "unknown" if head.startswith(b"PK") and suffix(name) == "zip" else format_of(head, name)
        if head.startswith(b"PK"):
            inner = suffix(name) if suffix(name) in {"xlsx", "ods", "docx", "odt"} else "unknown"
        stem = name.removesuffix(f".{suffix(name)}")
        if inner != "unknown" or suffix(name) not in {"prj", "cpg", "shx", "sbn", "sbx", "qix"}:
            yield stem, as_form(inner)


def suffix(name: str) -> str:
    """The suffix of a name, in small letters and without its dot."""
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix.removeprefix(".")


def belies(name: str, form: Form) -> bool:
    """Whether a name promises another format."""
    promised = PROMISED.get(suffix(name))
    return promised is not None and form.format not in promised
