"""Every value is the INSEE code of a French commune: five characters, of the official geographic code.

Why: the INSEE code, not the postal code nor the name, is what joins municipal datasets. Codes of delegated and
associated communes and of municipal districts are accepted; communes of the overseas collectivities are not listed.

Source: https://www.insee.fr/fr/information/2560452, by frformat `CodeCommuneInsee`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("code-commune-insee", "CodeCommuneInsee", years=(2023, 2024))
