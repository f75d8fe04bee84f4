"""Spoils the files of a copied charter, as tables of examples tell."""

import json
import shutil

from beffroi.charters.altering import put, take
from beffroi.documents import read_document


def spoil(folder, case):
    """Change files of a charter as an example says."""
    for name, other in case.get("copy", {}).items():
        shutil.copy(folder / name, folder / other)
    for name in {*case.get("set", {}), *case.get("remove", {})}:
        value = read_document(folder / name).value
        for pointer, new in case.get("set", {}).get(name, {}).items():
            value = put(value, pointer, new)
        for pointer in case.get("remove", {}).get(name, ()):
            take(value, pointer)
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, text in case.get("append", {}).items():
        (folder / name).write_text((folder / name).read_text(encoding="utf-8") + text, encoding="utf-8")
    for name, text in case.get("files", {}).items():
        if text is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(text, encoding="utf-8")
