"""Measures recognition on texts that the fingerprints were not made of, and on spoilt copies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import Distribution, distributions
from itertools import pairwise
from pathlib import Path

from beffroi.licences.fingerprints import Fingerprints, Kind
from beffroi.licences.normalising import normalised
from beffroi.licences.recognising import recognised
from beffroi.licences.register import Register
from beffroi.model.licences import Answer
from beffroi.values import dataclass
from benchmarks.licences import sources
from benchmarks.licences.labels import key_of, ours, today
from benchmarks.licences.perturbing import HARMFUL, HARMLESS, Perturb
from benchmarks.licences.sources import Entry, Text

FEWEST = 300
"""The fewest letters of a rule of ScanCode that is looked at."""
MISLABELLED: Mapping[str, str] = {
    "agpl-3.0-plus_4.RULE": "AGPL-3.0-or-later",
    "agpl-3.0_326.RULE": "AGPL-3.0-or-later",
    "agpl-3.0_29.RULE": "AGPL-3.0-or-later",  # these say «or any later version»
    "agpl-3.0_336.RULE": "AGPL-3.0-or-later",
    "lgpl-2.1_312.RULE": "LGPL-2.1-or-later",
    "lgpl-2.1_327.RULE": "LGPL-2.1-or-later",
    "bsd-new_1319.RULE": "BSD-2-Clause",  # it has two clauses
    "bsd-new_1320.RULE": "BSD-2-Clause",
    "bsd-unmodified_4.RULE": "BSD-2-Clause",  # the names apart, word for word the text of the SPDX list
    "bsd-x11_5.RULE": "BSD-3-Clause",
    "bsd-x11_6.RULE": "BSD-3-Clause",
    "bsd-x11_7.RULE": "BSD-3-Clause",
    "bsd-new_and_mit_2.RULE": "MIT",  # it holds one licence, and the address of another
    "ppl_1.RULE": "ODC-By-1.0",
    "python_14.RULE": "Python-2.0",  # ScanCode calls three licences by one name
    "python_38.RULE": "PSF-2.0",
    "python_39.RULE": "PSF-2.0",
    "dropbear.LICENSE": "several",  # it holds several licences for parts of the whole
    "dropbear-2016.LICENSE": "several",
    "sudo.LICENSE": "ISC",  # and thanks to a sponsor
    "tigra-calendar-4.0.LICENSE": "MIT-0",
    "lgpl-2.1-plus_523.RULE": "several",
}
"""Texts that are, read by a person, something else than ScanCode calls them."""


Judge = Callable[[str], Answer]
NOTHING = "nothing"
"""The label of a text that is no licence."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How texts of some kind were answered: the licence; several, with the right ones among them; unknown; wrong."""

    name: str
    right: int = 0
    among: int = 0
    unknown: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many texts there were."""
        return self.right + self.among + self.unknown + len(self.wrong)


def tallied(name: str, texts: Iterable[Text], judge: Judge) -> Tally:
    """What is answered to some texts."""
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for each in texts:
        answer = judge(each.text)
        kind = verdict(answer, each.labels)
        found[kind] += 1
        if kind == "wrong":
            wrong.append(f"{each.name}: {' + '.join(each.labels)} → {answer.id or ' | '.join(answer.candidates)}")
    counts = {kind: found[kind] for kind in ("right", "among", "unknown")}
    return Tally(name=name, **counts, wrong=tuple(wrong))


def verdict(answer: Answer, labels: Sequence[str]) -> str:
    """How good an answer is for a text that is of those licences."""
    if answer.id:
        return "right" if tuple(labels) == (answer.id,) else "wrong"
    if answer.ambiguous:
        several = answer.because.rule in {"texts", "mentions", "choice"} and (len(labels) > 1 or "several" in labels)
        return "among" if several or set(labels) <= set(answer.candidates) else "wrong"
    return "unknown"


def measured(register: Register) -> Iterator[Tally]:
    """Everything that is measured."""
    known = Fingerprints.bundled()

    def judge(text: str) -> Answer:
        return recognised(text, register, known).answer

    def judge_less(text: str) -> Answer:
        return recognised(text, register, ours_alone(known)).answer

    base = list(licence_texts(register))
    for name, perturbed in HARMLESS.items():
        yield tallied(f"copies: {name}", changed(base, perturbed), judge)
    for name, perturbed in HARMFUL.items():
        altered = (replace(each, labels=(NOTHING,)) for each in changed(base, perturbed, differing=True))
        yield tallied(f"altered: {name}", altered, judge)
    yield tallied("two licences one after the other", pairs(base), judge)
    yield tallied("files of Debian (common-licenses)", common(register), judge)
    yield tallied("licence files of installed packages", installed(register), judge)
    yield tallied("descriptions of installed packages", described(register), judge)
    yield tallied("ScanCode: wordings of ours", rules(register, "is_license_text", inside=True), judge)
    yield tallied("ScanCode: notices of ours", rules(register, "is_license_notice", inside=True), judge)
    others = [*other_texts(register), *rules(register, "is_license_text", inside=False)]
    others = [*others, *rules(register, "is_license_notice", inside=False)]
    yield tallied("other licences, exceptions, combinations", others, judge)
    yield tallied("the same, were none of them known", others, judge_less)
    yield tallied("no licences: our standards, tables and words", no_licences(), judge)


def ours_alone(fingerprints: Fingerprints) -> Fingerprints:
    """The fingerprints without those of licences that are not in the register."""
    return Fingerprints(known=tuple(each for each in fingerprints.known if each.kind is not Kind.OTHER))


def pairs(texts: Sequence[Text]) -> Iterator[Text]:
    """Each text with the next one behind it."""
    for one, other in pairwise(texts):
        if one.labels != other.labels:
            both = f"{one.text}\n\n{other.text}"
            yield Text(name=f"{one.name} + {other.name}", labels=(*one.labels, *other.labels), text=both)


def changed(texts: Sequence[Text], perturbed: Perturb, *, differing: bool = False) -> Iterator[Text]:
    """Changed copies of texts; `differing` leaves out those that are as before."""
    copies = (replace(each, text=perturbed(each.text)) for each in texts)
    return (copy for copy, text in zip(copies, texts, strict=True) if not differing or copy.text != text.text)


def licence_texts(register: Register) -> Iterator[Text]:
    """A text of each licence of the register: that of the SPDX list, in each language that of ScanCode."""
    for licence in register.licences:
        if licence in sources.spdx():
            yield Text(name=licence, labels=(licence,), text=sources.spdx()[licence])
    for each in sources.scancode("licenses"):
        licence = ours(each, register)
        if licence and licence not in sources.spdx():
            yield Text(name=each.name, labels=(licence,), text=each.text)


def common(register: Register) -> Iterator[Text]:
    """The licences that Debian and its kin ship for all packages; a text of -only and -or-later is of either."""
    for file in sorted(sources.COMMON.glob("*-[0-9]*")):
        names = (file.name, f"{file.name}.0", f"{file.name}.0-only", f"{file.name}-only")
        if label := next((each for each in names if each in register.licences), None):
            yield Text(name=file.name, labels=(label,), text=file.read_text(encoding="utf-8", errors="replace"))


def installed(register: Register) -> Iterator[Text]:
    """The licence files of installed packages that declare one licence of the register and come with one file."""
    for each in distributions():
        licence = each.metadata.get("License-Expression")
        files = licence_files(each)
        if licence in register.licences and len(files) == 1:
            yield Text(name=each.metadata["Name"], labels=(licence,), text=files[0].read_text(errors="replace"))


def described(register: Register) -> Iterator[Text]:
    """The descriptions of installed packages that declare one licence of the register."""
    for each in distributions():
        declared = each.metadata.get("License-Expression") or each.metadata.get("License") or ""
        licence, description = normalised(declared, register).id, each.metadata.get_payload()
        if licence and description:
            yield Text(name=each.metadata["Name"], labels=(licence,), text=str(description))


def licence_files(package: Distribution) -> list[Path]:
    """The licence files of a package."""
    named = (package.metadata.get_all("License-File") or []) if package.metadata else []
    found = [
        Path(str(file.locate())) for file in package.files or () if file.name in {Path(each).name for each in named}
    ]
    return [each for each in found if each.is_file()]


def rules(register: Register, kind: str, *, inside: bool) -> Iterator[Text]:
    """The texts or notices that ScanCode has met, of one licence of the register (`inside`), or of anything else."""
    names = {each.facts["key"]: ours(each, register) or key_of(each) for each in licences()}
    for each in sources.scancode("rules"):
        if each.facts.get(kind) and len(each.text) >= FEWEST:
            labels = labels_of(each, names)
            if inside == (len(labels) == 1 and labels[0] in register.licences):
                yield Text(name=each.name, labels=labels, text=each.text)


def licences() -> tuple[Entry, ...]:
    """The licences of ScanCode."""
    return sources.scancode("licenses")


def labels_of(given: Entry, names: Mapping[str, str | None]) -> tuple[str, ...]:
    """The licences of a rule."""
    if given.name in MISLABELLED:
        return (MISLABELLED[given.name],)
    parts = re.split(r"\s+(?:AND|OR|WITH)\s+|[()]+", given.facts["license_expression"])
    found = (names.get(each) or each for each in parts if each.strip())
    return tuple(today(each) for each in found)


def other_texts(register: Register) -> Iterator[Text]:
    """The texts of licences that are not in the register, and of exceptions."""
    for licence, text in sources.spdx().items():
        if licence not in register.licences:
            yield Text(name=licence, labels=(today(licence),), text=text)
    for each in licences():
        if not ours(each, register):
            label = MISLABELLED.get(each.name) or key_of(each)
            yield Text(name=each.name, labels=(today(label),), text=each.text)


def no_licences() -> Iterator[Text]:
    """Texts that are no licences, and name none as their own: our standards, tables and words."""
    root = Path(__file__).parents[2]
    for pattern in ("docs/adr/*.md", "standards/**/*.yaml", "standards/**/*.csv", "validator/**/*.toml"):
        for file in sorted(root.glob(pattern)):
            yield Text(name=file.name, labels=(NOTHING,), text=file.read_text(encoding="utf-8", errors="replace"))
