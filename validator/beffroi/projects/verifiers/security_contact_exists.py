"""Whoever finds a weakness in the project knows whom to tell.

Looks at `project.security.contact`, an e-mail or web address; and at the policy: the file of `project.security.policy`,
of `software[].securityPolicy`, or SECURITY.md or security.txt beside the software. The file must name an e-mail or web
address; a security.txt (RFC 9116) its Contact, and an Expires that is not over. One of the two suffices. Whether
anybody answers is not tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from beffroi.model.charter import Method
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Observation
from beffroi.projects.observing import contradicted, lacking, met, unusable
from beffroi.projects.project import Located, Project
from beffroi.projects.software import Software, beside, own_software
from beffroi.projects.verifiers import Options, Verifier
from beffroi.tables.fields.type_string import is_email

AT = "/project/security"
NAMES = ("SECURITY", "SECURITE", "SÉCURITÉ", "security.txt")
WEB = re.compile(r"https?://[^\s<>()\"']{3,500}", re.IGNORECASE)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
FIELD = re.compile(r"(?m)^(Contact|Expires)[ \t]*:[ \t]*(\S{1,500})", re.IGNORECASE)
MOST = 20
"""How many policies are looked at."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the contact, and at every policy that is declared or lies there by custom."""
    found = [*contact(project), *policies(project)]
    yield from found or [lacking("none", at=AT)]


def contact(project: Project) -> Iterator[Observation]:
    """The contact that is declared."""
    given = project.declaration.get(f"{AT}/contact")
    if not given:
        return
    plain = given.strip().removeprefix("mailto:")
    if WEB.fullmatch(plain) or is_email(plain):
        yield met("contact", at=f"{AT}/contact", method=Method.DECLARED, contact=given)
    else:
        yield lacking("no-address", at=f"{AT}/contact", contact=given)


def policies(project: Project) -> Iterator[Observation]:
    """The policies that there are."""
    named = {f"{AT}/policy": project.declaration.get(f"{AT}/policy")}
    named |= {each.at("securityPolicy"): each.value.get("securityPolicy") for each in own_software(project)}
    given = {at: path for at, path in named.items() if path}
    for at, path in list(given.items())[:MOST]:
        yield seen(project, project.locate(path), at)
    if not given and (located := lying_there(project)):
        yield seen(project, located, AT)


def lying_there(project: Project) -> Located | None:
    """The policy that nobody names and that is there all the same."""
    whole = Software(pointer="", value={})
    found = (beside(project, each, NAMES) for each in (*own_software(project), whole))
    return next((each for each in found if each), None)


def seen(project: Project, located: Located, at: str) -> Observation:
    """What is said of one policy."""
    if located.file is None or not located.file.is_file():
        return unusable(located.path, located.fault or reason("missing-file"), at)
    text = project.text(located)
    if isinstance(text, Fault):
        return unusable(located.path, text, at)
    looked = project.looked(located)
    fields = {name.lower(): value for name, value in FIELD.findall(text)}
    if located.file.name == "security.txt" and "expires" not in fields:
        return lacking("no-end", at=at, looked=looked, path=located.path)
    if over := ended(fields.get("expires", ""), project.today):
        return contradicted("over", at=at, looked=looked, path=located.path, date=over)
    address = fields.get("contact") or next(iter(addresses(text)), None)
    if not address:
        return contradicted("no-contact-in", at=at, looked=looked, path=located.path)
    return met("policy", at=at, looked=looked, path=located.path, contact=address)


def addresses(text: str) -> Iterator[str]:
    """The e-mail and web addresses in a text."""
    for pattern in (MAIL, WEB):
        yield from (each.group() for each in pattern.finditer(text))


def ended(expires: str, today: date) -> str:
    """The day on which a security.txt has expired; empty for one that holds, or that says nothing."""
    try:
        day = date.fromisoformat(expires[:10])
    except ValueError:
        return ""
    return day.isoformat() if day < today else ""


VERIFIER = Verifier(run=run)
