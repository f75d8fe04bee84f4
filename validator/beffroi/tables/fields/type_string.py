"""`string`, with the formats `default`, `email`, `uri`, `binary` and `uuid`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from beffroi.tables.fields.contract import ANYTHING, BASIC, LENGTHS, FieldType, Reader, not_of_type
from beffroi.tables.fields.type_any import everywhere

if TYPE_CHECKING:
    from beffroi.model.standard import Field

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
URI_TEXT = re.compile(r"[!#$%&'()*+,/0-9:;=?@A-Z\[\]_a-z~.-]+")
ONE_LETTER_DOMAIN = re.compile(r"\.[^.]\Z")
PLAIN_EMAIL = re.compile(
    r"[a-z0-9]+([._+-][a-z0-9]+)*@[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.[a-z]{2,}", re.ASCII
)
LONGEST_EMAIL = 64
"""So long may what stands before the @ be (RFC 5321)."""


def is_email(text: str) -> bool:
    """An address as in RFC 5321/6531; whether its domain exists is not asked."""
    if len(text) <= LONGEST_EMAIL and PLAIN_EMAIL.fullmatch(text):
        return True
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, allow_domain_literal=True, test_environment=True)
    except EmailNotValidError:
        return False
    return not ONE_LETTER_DOMAIN.search(text)


def is_uri(text: str) -> bool:
    """An absolute URI as in RFC 3986, or IRI as in RFC 3987: a scheme, then no space or forbidden sign."""
    from rfc3986 import uri_reference, validators
    from rfc3986.exceptions import RFC3986Exception

    ascii_text = re.sub(r"[^\x00-\x7f]", "x", text)
    if not URI_TEXT.fullmatch(ascii_text.replace("%", "")) or re.search(r"%(?![0-9A-Fa-f]{2})", ascii_text):
        return False
    try:
        reference = uri_reference(ascii_text)
        validators.Validator().require_presence_of("scheme").check_validity_of(
            "scheme", "host", "port", "path", "query", "fragment"
        ).validate(reference)
    except (RFC3986Exception, ValueError):
        return False
    return bool(reference.authority or reference.path) and (
        reference.scheme not in {"http", "https"} or bool(reference.host)
    )


def is_binary(text: str) -> bool:
    """Base64 (RFC 4648)."""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def is_uuid(text: str) -> bool:
    """A UUID written as in RFC 9562."""
    return UUID.fullmatch(text) is not None


FORMS = {
    "email": PLAIN_EMAIL.pattern,
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "uri": r"https?://[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+(/[A-Za-z0-9_~!$&'()*+,;=:@./-]*)?"
    r"(\?[A-Za-z0-9_~!$&'()*+,;=:@./?-]*)?(\#[A-Za-z0-9_~!$&'()*+,;=:@./?-]*)?",
}
"""What is surely of the format."""

FORMATS: dict[str, Callable[[str], bool]] = {"email": is_email, "uri": is_uri, "binary": is_binary, "uuid": is_uuid}


def reader(field: Field) -> Reader:
    """Read a text as itself, if it is of the format."""
    if field.format == "default":
        return Reader(read=str, sure=everywhere, plain=everywhere, form=ANYTHING, plain_form=ANYTHING)
    accepts = FORMATS[field.format]
    wrong = not_of_type(field)
    return Reader(
        read=lambda text: text if accepts(text) else wrong,
        form=FORMS.get(field.format),
        plain_form=FORMS.get(field.format),
        longest=LONGEST_EMAIL if field.format == "email" else None,
    )


TYPE = FieldType(
    reader=reader, constraints=(*BASIC, *LENGTHS, "pattern"), formats=("default", *FORMATS), keeps_space=True
)
