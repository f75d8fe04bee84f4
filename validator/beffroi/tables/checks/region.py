"""Every value is the name of a French region, spelt as in the official geographic code.

Why: regions were merged in 2016 and renamed in 2017; a former name joins to nothing in the new map.

Source: https://www.insee.fr/fr/information/2560452, by frformat `Region`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("region", "Region", years=tuple(range(2015, 2025)))
