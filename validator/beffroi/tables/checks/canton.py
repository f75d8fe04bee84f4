"""Every value is the name of a French canton, spelt as in the official geographic code.

Why: elections and departmental councils are joined by these names; another spelling finds nothing.

Source: https://www.insee.fr/fr/information/2560452, by frformat `Canton`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("canton", "Canton", years=(2023, 2024))
