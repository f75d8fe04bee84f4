"""Every value is the French name of a country or foreign territory, spelt as in the official geographic code.

Why: another spelling splits one country in two when counted.

Source: https://www.insee.fr/fr/information/2560452, by frformat `Pays`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("pays", "Pays", years=(2024,))
