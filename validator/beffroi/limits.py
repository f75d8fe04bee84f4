"""How much of a hostile delivery we are willing to take in."""

from __future__ import annotations

GIB = 1024**3

EXPANDED_BYTES = 16 * GIB
"""The most that a compressed file or an archive may expand to."""

KEYS_IN_MEMORY = 1 << 20
"""How many keys of one rule are held in memory (25 MB); more are put on the disk, so many at a time."""

SPILLED_BYTES = 64 * GIB
"""The most that the keys of one rule may take on the disk: some 2.8 thousand million."""

ARCHIVE_MEMBERS = 10_000
"""The most files that an archive may hold."""

RECORD_BYTES = 64 * 1024**2
"""The largest record; a longer one is nearly always an unclosed quote."""

HEADER_BYTES = 16 * 1024**2
"""How far into a file its header is looked for."""

DEFINITION_BYTES = 64 * 1024**2
"""The largest schema, standard or descriptor."""

DEPTH = 200
"""How deep JSON or YAML of a definition or a record may nest."""

VALUE_SHOWN = 200
"""How many characters of a value a report shows."""
