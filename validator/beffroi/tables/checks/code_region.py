"""Every value is the two-digit code of a French region, of the official geographic code.

Why: regions were merged in 2016; a code of the former map joins to nothing in the new one.

Source: https://www.insee.fr/fr/information/2560452, by frformat `CodeRegion`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("code-region", "CodeRegion", years=tuple(range(2015, 2025)))
