"""Every value is the name of a French département or overseas collectivity, spelt as in the official geographic code.

Why: another spelling splits one département in two when counted.

Source: https://www.insee.fr/fr/information/2560452, by frformat `Departement`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("departement", "Departement", years=(2023, 2024))
