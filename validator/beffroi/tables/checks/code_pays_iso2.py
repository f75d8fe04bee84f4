"""Every value is the two-letter ISO 3166 code of a country, in capitals, as in the official geographic code.

Why: country names have many spellings; the code has one. In the edition of 2024 the
overseas départements (RE, GP…) have no code of their own: they are France.

Source: https://www.insee.fr/fr/information/2560452, by frformat `CodePaysISO2`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("code-pays-iso2", "CodePaysISO2", years=(2023, 2024))
