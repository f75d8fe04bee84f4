"""Validate a table with validata-table: TABLE SCHEMA. Prints the rows that it went through and its errors.

It does what the command `validata` does; the command of version 0.12.5 names a module that the package does not have.
"""

import json
import sys
from pathlib import Path

from validata_core import (  # type: ignore[import-not-found, unused-ignore]
    resource_service,
    validation_service,
)

table = Path(sys.argv[1])
resource = resource_service.from_file_content(table.name, table.read_bytes())
stats = validation_service.validate_resource(resource, sys.argv[2]).to_dict()["stats"]
print(json.dumps({"rows": stats["rows_processed"], "errors": stats["errors"]}))
