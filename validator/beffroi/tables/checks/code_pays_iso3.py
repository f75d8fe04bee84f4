"""Every value is the three-letter ISO 3166 code of a country, in capitals, as in the official geographic code.

Why: country names have many spellings; the code has one. The overseas départements
(REU, GLP…) have no code of their own: they are France.

Source: https://www.insee.fr/fr/information/2560452, by frformat `CodePaysISO3`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("code-pays-iso3", "CodePaysISO3", years=(2023, 2024))
