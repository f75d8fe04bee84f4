"""What a file really is, by its first bytes, when it is not the table that its name promises."""

from __future__ import annotations

import re

from beffroi.model.faults import Fault, fault

MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "old-workbook"),
    (b"%PDF", "pdf"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"SQLite format 3", "database"),
)
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*+<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
XML = re.compile(rb"\s*<(\?xml|[a-z][\w:-]*[\s>/])", re.IGNORECASE)
JSON = re.compile(rb'\s*(\{\s*"|\[\s*[\[{])')


def not_a_table(head: bytes) -> Fault | None:
    """A fault when text that begins with `head` cannot be a delimited table."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return fault("not-a-table", kind)
    sample = head[:4096]
    if HTML.match(sample):
        return fault("not-a-table", "html")
    if XML.match(sample):
        return fault("not-a-table", "xml")
    if JSON.match(sample):
        return fault("not-a-table", "json")
    if sample.count(b"\x00") > len(sample) // 10:
        return fault("not-a-table", "binary")
    if not sample.strip():
        return fault("not-a-table", "empty")
    return None
