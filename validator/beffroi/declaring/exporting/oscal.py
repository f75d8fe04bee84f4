"""OSCAL assessment results (NIST, version 1.2): JSON for tools of compliance, the same for the same project and day.

The charter's requirements are the controls. Each thing that was seen is an observation, by a method of OSCAL: `TEST`
where a file was looked into (verified), `EXAMINE` where declared fields were compared (consistent), `INTERVIEW` where
it rests on what people say (attested, declared). A requirement that is waived is not satisfied: it comes with a risk
that was accepted until a day. What OSCAL has no word for stands in properties of our namespace.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from beffroi.declaring.judged import Judged
from beffroi.model.charter import Method, Outcome
from beffroi.model.project import Evidence, Judgement, Observation
from beffroi.projects.declaration import called
from beffroi.values import dataclass
from beffroi.version import __version__

VERSION = "1.2.1"
NAMESPACE = "https://beffroi.invalid/ns/oscal"
OURS = uuid5(NAMESPACE_URL, NAMESPACE)
METHODS = {
    Method.VERIFIED: "TEST",
    Method.CONSISTENT: "EXAMINE",
    Method.ATTESTED: "INTERVIEW",
    Method.DECLARED: "INTERVIEW",
}
SIGNATORY = "signatory"
NOT_OF_TOKEN = re.compile(r"[^\w.-]")
Value = dict[str, Any]


def render(judged: Judged) -> str:
    """The assessment results of a project."""
    return json.dumps(Results(judged=judged).value(), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, kw_only=True)
class Results:
    """Makes the assessment results of one project."""

    judged: Judged

    def uuid(self, *parts: object) -> str:
        """The identifier of a part of the results: the same for the same declaration, charter and moment."""
        report, charter = self.judged.report, self.judged.charter
        of_run = (self.judged.project.path, self.judged.project.sha256, charter.sha256, report.generated)
        return str(uuid5(OURS, "\0".join(map(str, (*of_run, *parts)))))

    @property
    def lang(self) -> str:
        """The language of the texts."""
        return self.judged.lang

    def value(self) -> Value:
        """The whole document."""
        charter = self.uuid("charter")
        return {
            "assessment-results": {
                "uuid": self.uuid("results"),
                "metadata": self.metadata(),
                "import-ap": {"href": f"#{charter}"},
                "results": [self.result()],
                "back-matter": {"resources": [self.charter_resource(charter), *self.files()]},
            }
        }

    def metadata(self) -> Value:
        """What the document is, and who has a part in it."""
        return without_nothing(
            {
                "title": line(f"{self.judged.name} – {self.judged.charter.title[self.lang]}"),
                "last-modified": self.judged.report.generated,
                "version": self.judged.declaration.get("/lastUpdated") or self.judged.report.generated,
                "oscal-version": VERSION,
                "roles": [{"id": SIGNATORY, "title": "Signatory"}] if self.signed else None,
                "parties": [*self.parties()],
            }
        )

    @property
    def signed(self) -> list[Value]:
        """Who signed the declaration."""
        return self.judged.declaration.items("/signoff")

    def parties(self) -> Iterator[Value]:
        """The organisation that declares the project, and those who signed."""
        organisation = self.judged.declaration.get("/project/organisation/name")
        if organisation:
            yield {"uuid": self.uuid("organisation"), "type": "organization", "name": line(organisation)}
        for each in self.signed:
            yield {"uuid": self.uuid("person", each["name"]), "type": "person", "name": line(each["name"])}

    def charter_resource(self, uuid: str) -> Value:
        """The charter: there is no other plan of assessment."""
        charter = self.judged.charter
        props = [ours("charter", charter.name), ours("sha256", charter.sha256)]
        described = {"title": line(charter.title[self.lang]), "description": charter.description[self.lang]}
        return {"uuid": uuid, **described, "props": props}

    def files(self) -> Iterator[Value]:
        """The files that were looked into, with their hashes; each once."""
        seen = [each.looked for judgement in self.judged.judgements for each in judgement.observations if each.looked]
        for path, looked in {each.path: each for each in seen}.items():
            hashes = [{"algorithm": "SHA-256", "value": looked.sha256}] if looked.sha256 else None
            link = without_nothing({"href": reference(path), "hashes": hashes})
            yield {"uuid": self.uuid("file", path), "title": line(path), "rlinks": [link]}

    def result(self) -> Value:
        """The one set of results."""
        judged = self.judged
        applying = [each for each in judged.judgements if each.outcome is not Outcome.NOT_APPLICABLE]
        return without_nothing(
            {
                "uuid": self.uuid("result"),
                "title": line(f"{judged.charter.name}: {judged.project.verdict}"),
                "description": f"beffroi {__version__}: {judged.project.path}",
                "start": judged.report.generated,
                "end": judged.report.generated,
                "props": [ours("verdict", judged.project.verdict)],
                "local-definitions": self.definitions(),
                "reviewed-controls": self.reviewed(applying),
                "attestations": [*map(self.attestation, self.signed)],
                "observations": [each for judgement in applying for each in self.observations(judgement)],
                "risks": [self.risk(each) for each in applying if each.outcome is Outcome.WAIVED],
                "findings": [self.finding(each) for each in applying],
            }
        )

    def definitions(self) -> Value:
        """The project, which was judged, and the tool that judged it."""
        runs = self.judged.declaration.get("/project/phase") == "running"
        project = {
            "uuid": self.uuid("project"),
            "type": "system",
            "title": line(self.judged.name),
            "description": self.judged.declaration.text("/project/description", self.lang) or self.judged.name,
            "status": {"state": "operational" if runs else "other"},
        }
        tool = {
            "uuid": self.tool,
            "type": "software",
            "title": f"beffroi {__version__}",
            "description": "Checks declared projects against a municipal charter.",
            "status": {"state": "operational"},
        }
        uses = [{"component-uuid": self.tool}]
        platform = {"uuid": self.uuid("platform"), "title": "beffroi", "uses-components": uses}
        return {
            "components": [project],
            "assessment-assets": {"components": [tool], "assessment-platforms": [platform]},
        }

    @property
    def tool(self) -> str:
        """The identifier of this tool."""
        return str(uuid5(OURS, f"beffroi {__version__}"))

    def reviewed(self, applying: list[Judgement]) -> Value:
        """The requirements that were judged; those that do not apply are named as properties."""
        others = [each for each in self.judged.judgements if each.outcome is Outcome.NOT_APPLICABLE]
        selected = [{"control-id": token(each.requirement.id)} for each in applying]
        selection: Value = {"include-controls": selected} if selected else {"include-all": {}}
        return without_nothing(
            {
                "props": [ours("not-applicable", each.requirement.id) for each in others],
                "control-selections": [selection],
            }
        )

    def attestation(self, signed: Mapping[str, Any]) -> Value:
        """What a person signed."""
        said = signed.get("statement")
        prose = (said.get(self.lang) or next(iter(said.values()))) if isinstance(said, dict) else said
        props = [ours(key, signed[key]) for key in ("role", "date", "scope") if signed.get(key)]
        part = without_nothing({"name": "statement", "ns": NAMESPACE, "props": props, "prose": prose})
        party = {"role-id": SIGNATORY, "party-uuids": [self.uuid("person", signed["name"])]}
        return {"responsible-parties": [party], "parts": [part]}

    def observations(self, judgement: Judgement) -> Iterator[Value]:
        """What was seen of a requirement, and the evidence that is claimed."""
        for index, seen in enumerate(judgement.observations):
            yield self.observation(judgement, index, seen)

    def observation(self, judgement: Judgement, index: int, seen: Observation) -> Value:
        """One thing that was seen."""
        rests = judgement.evidence if seen.method is Method.ATTESTED else ()
        props = {"outcome": seen.outcome, "method": seen.method, "reason": seen.because.rule, "verifier": seen.verifier}
        place = {"declaration": called(seen.pointer)} if seen.pointer else {}
        return without_nothing(
            {
                "uuid": self.uuid("observation", judgement.requirement.id, index),
                "description": seen.said[self.lang],
                "props": [ours(name, value) for name, value in {**props, **place}.items() if value],
                "methods": [METHODS[seen.method]],
                "types": ["control-objective"],
                "origins": [{"actors": [{"type": "tool", "actor-uuid": self.tool}]}],
                "subjects": [{"subject-uuid": self.uuid("project"), "type": "component"}],
                "relevant-evidence": [*self.looked(seen), *map(self.evidence, rests)],
                "collected": self.judged.report.generated,
                "expires": min((end(each.expires) for each in rests if each.expires), default=None),
            }
        )

    def looked(self, seen: Observation) -> Iterator[Value]:
        """The file that was looked into."""
        if seen.looked:
            props = [ours("line", seen.line)] if seen.line else None
            told = {"href": f"#{self.uuid('file', seen.looked.path)}", "description": seen.looked.path, "props": props}
            yield without_nothing(told)

    def evidence(self, evidence: Evidence) -> Value:
        """A piece of evidence that a claim rests on."""
        told = {key: getattr(evidence, key) for key in ("kind", "collected", "expires", "by", "sha256")}
        return without_nothing(
            {
                "href": reference(evidence.place) if evidence.place else None,
                "description": evidence.place or "-",
                "props": [ours(key, value) for key, value in told.items() if value],
            }
        )

    def risk(self, judgement: Judgement) -> Value:
        """What a waiver accepts, until the end of its last day."""
        waiver = judgement.observations[0]
        until = dict(waiver.because.details).get("date")
        return without_nothing(
            {
                "uuid": self.uuid("risk", judgement.requirement.id),
                "title": line(judgement.requirement.title[self.lang]),
                "description": judgement.requirement.statement[self.lang],
                "statement": judgement.said[self.lang],
                "status": "deviation-approved",
                "deadline": end(str(until)) if until else None,
            }
        )

    def finding(self, judgement: Judgement) -> Value:
        """What is concluded on a requirement."""
        requirement, outcome = judgement.requirement, judgement.outcome
        told = {"outcome": outcome, "level": judgement.level, "method": judgement.method}
        related = [
            {"observation-uuid": self.uuid("observation", requirement.id, index)}
            for index, _ in enumerate(judgement.observations)
        ]
        waived = outcome is Outcome.WAIVED
        return without_nothing(
            {
                "uuid": self.uuid("finding", requirement.id),
                "title": line(f"{requirement.id} {requirement.title[self.lang]}"),
                "description": judgement.said[self.lang],
                "props": [ours(name, value) for name, value in told.items() if value],
                "target": {
                    "type": "objective-id",
                    "target-id": token(requirement.id),
                    "title": line(requirement.title[self.lang]),
                    "status": {
                        "state": "satisfied" if outcome is Outcome.MET else "not-satisfied",
                        "reason": "pass" if outcome is Outcome.MET else "fail" if outcome.fails else "other",
                    },
                },
                "related-observations": related,
                "related-risks": [{"risk-uuid": self.uuid("risk", requirement.id)}] if waived else None,
                "remarks": requirement.fix[self.lang] if outcome.fails or outcome.is_open else None,
            }
        )


def ours(name: str, value: object) -> Value:
    """A property of our namespace."""
    return {"name": name, "ns": NAMESPACE, "value": line(str(value)) or "-"}


def line(text: str) -> str:
    """A text on one line, without spaces around it."""
    return " ".join(text.split()) or "-"


def token(name: str) -> str:
    """An id as OSCAL's tokens are: it begins with a letter or `_`, and holds letters, digits, `.`, `-` and `_`."""
    bare = NOT_OF_TOKEN.sub("_", name)
    return bare if bare[:1].isalpha() or bare[:1] == "_" else f"_{bare}"


def reference(place: str) -> str:
    """A path or a web address as a reference of a URI."""
    return place if "://" in place else quote(place)


def end(day: str) -> str:
    """The last moment of a day."""
    return f"{day}T23:59:59Z"


def without_nothing(value: Value) -> Value:
    """The same without keys that hold nothing: OSCAL has no empty lists."""
    return {key: each for key, each in value.items() if each is not None and each != []}
