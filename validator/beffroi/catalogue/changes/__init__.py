"""What changed from one standard to another, what each change does to verdicts, and which version it asks for.

A change narrows where some delivery conforms to the first standard and may not conform to the second, and widens the
other way round. Deliveries are taken as the standards know them: a column that the first standard has no field for is
none of its business, so that an optional field that is added narrows nothing, even though a column that happened to
have its name is now looked at; and at least one column is known to both. Licences and raw data count as if judged.
Only rules that are a `must` touch verdicts; what others say changes remarks.

The ids of changes, which are never renamed:

- of a standard: `level`, `licences-limited`, `licences-unlimited`, `licences-added`, `licences-removed`,
  `package-added`, `package-changed`, `package-removed`, `raw-required`, `raw-optional`, `raw-formats`, `metadata`
- of a resource: `required-resource-added`, `optional-resource-added`, `resource-removed`, `resource-renamed`,
  `resource-required`, `resource-optional`, `formats-limited`, `formats-unlimited`, `formats-added`, `formats-removed`,
  `columns`, `field-order`, `missing-values`, `primary-key`, `unique-added`, `unique-removed`, `foreign-key-added`,
  `foreign-key-removed`, `check-added`, `check-removed`, `check-changed`, `check-level`
- of a field: `required-field-added`, `optional-field-added`, `field-removed`, `field-renamed`, `field-required`,
  `field-optional`, `type`, `format`, `notation`, `pattern-added`, `pattern-removed`, `pattern-changed`,
  `json-schema-added`, `json-schema-removed`, `json-schema-changed`, `values-limited`, `values-unlimited`,
  `values-added`, `values-removed`, `values-reordered`, `values-declared-otherwise`, `value-labels`, `not-heeded`
- of its bounds: `minimum-added`, `minimum-removed`, `minimum-raised`, `minimum-lowered`, `minimum-changed`,
  `maximum-added`, `maximum-removed`, `maximum-raised`, `maximum-lowered`, `maximum-changed`,
  `min-length-added`, `min-length-removed`, `min-length-raised`, `min-length-lowered`,
  `max-length-added`, `max-length-removed`, `max-length-raised`, `max-length-lowered`

Beside the id, a change says where it is: `resource`, `field` (by its new name, unless it is gone), and `key`, the key
of the standard or schema, the rule of `level` or the check. `metadata` is said of standards, resources and fields.
"""

from __future__ import annotations

from beffroi.catalogue.changes.change import KINDS, Change, Effect, Kind
from beffroi.catalogue.changes.versions import Bump, bump, is_too_low, next_version
from beffroi.model.standard import Standard

__all__ = ["KINDS", "Bump", "Change", "Effect", "Kind", "bump", "changes", "is_too_low", "next_version"]


def changes(before: Standard, after: Standard) -> tuple[Change, ...]:
    """Every difference between two standards or versions, in the order of the second."""
    from beffroi.catalogue.changes.sides import Sides
    from beffroi.catalogue.changes.standards import standard_changes

    return tuple(standard_changes(Sides(before=before, after=after)))
