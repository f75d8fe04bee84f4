"""Every value is the number of a French département or overseas collectivity: 01 to 95, 2A, 2B, 971 to 978, 984 to 989.

Why: a spreadsheet turns 01 into 1, and the join fails for nine départements only, which nobody notices.

Source: https://www.insee.fr/fr/information/2560452, by frformat `CodeDepartement`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("numero-departement", "CodeDepartement", years=(2023, 2024))
