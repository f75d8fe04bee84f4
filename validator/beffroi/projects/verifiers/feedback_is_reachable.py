"""Users have an address to which they can turn, and where somebody reads.

Looks at the e-mail and web addresses of `project.feedback`, then of `project.contactPoint`: one of them must be an
address that could work, and no mailbox such as `no-reply@`. Nobody writes to it, so this is never more than declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.folding import folded
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/feedback"
PLACES = (f"{AT}/email", f"{AT}/url", "/project/contactPoint/email", "/project/contactPoint/url")
UNREAD = {"noreply", "donotreply", "dontreply", "nepasrepondre", "pasdereponse", "sansreponse"}
"""Mailboxes that nobody reads, folded and without what parts their words."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look for an address that could work."""
    given = {at: address for at in PLACES if (address := project.declaration.get(at))}
    seen = [judged(at, address) for at, address in given.items()]
    good = [each for each in seen if each.outcome.fails is False]
    yield from good[:1] or seen or [lacking("no-address", at=AT, method=Method.DECLARED)]


def judged(at: str, address: str) -> Observation:
    """What there is to say of one address."""
    if at.endswith("/url"):
        key = "there" if has_host(address) else "not-an-address"
    elif folded(address.partition("@")[0]).replace(" ", "") in UNREAD:
        key = "unread"
    else:
        key = "there" if is_email(address) else "not-an-address"
    return (met if key == "there" else lacking)(key, at=at, address=address, method=Method.DECLARED)


def is_email(address: str) -> bool:
    """Whether an e-mail address has the right form, and a domain that could receive mail."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def has_host(address: str) -> bool:
    """Whether a web address has a host with a domain."""
    try:
        return "." in (urlsplit(address).hostname or "").strip(".")
    except ValueError:
        return False


VERIFIER = Verifier(run=run)
