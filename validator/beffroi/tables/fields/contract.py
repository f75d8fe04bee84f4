"""The contract of a field type: how its texts are read, exactly and in bulk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

Form = str | tuple[str, ...]
"""A regular expression, or the texts themselves."""

ANYTHING = "(?s:.*)"

BASIC = ("required", "unique", "enum")
LENGTHS = ("minLength", "maxLength")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How the texts of one field are read.

    `read(text)` gives the value, or a `Fault` for a text that is not of the type. `sure(texts)` is true only where
    `read` accepts (it may be false there too). `canonical(value)` is one text for all equal values;
    `plain(texts)` is true only where a text is its own canonical text.
    `below(texts, bound)` / `above(texts, bound)`: true only where the value is strictly below / above, where known.

    The same as regular expressions or lists, where they can be said so (`forms`): `form` holds only texts that `read`
    accepts, if they have at most `longest` bytes; `plain_form` only those that are their own canonical text;
    `span(bound, above, inclusive)` only texts of values on that side of a bound.
    """

    read: Callable[[str], Any]
    sure: Callable[[Texts], Mask] | None = None
    canonical: Callable[[Any], str] = str
    plain: Callable[[Texts], Mask] | None = None
    below: Callable[[Texts, Any], Mask] | None = None
    above: Callable[[Texts, Any], Mask] | None = None
    form: Form | None = None
    plain_form: Form | None = None
    longest: int | None = None
    span: Callable[[Any, bool, bool], str | None] | None = None
    defects: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldType:
    """A type of Table Schema: `reader(field)` compiles it for one field; `constraints` are those that apply to it.

    `formats` are those it has (`None`: any), the only ones that `reader` is called with. Around a text whose type does
    not keep space, space is set aside before it is read.
    """

    reader: Callable[[Field], Reader]
    constraints: tuple[str, ...] = BASIC
    formats: tuple[str, ...] | None = ("default",)
    keeps_space: bool = False


def not_of_type(field: Field, cause: str | None = None, suggestion: str | None = None, **details: object) -> Fault:
    """The fault of a text that is not of the field's type."""
    kind = field.type if field.format == "default" or field.type != "string" else field.format
    return fault("type", cause, suggestion, **{"type": kind, "expected": kind, **details})
