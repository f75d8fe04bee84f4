"""Every value is the name of a French commune, spelt as in the official geographic code.

Why: names are what people read and search; another spelling splits one commune in two when counted. To join data, ask
for the INSEE code instead: several communes share one name.

Source: https://www.insee.fr/fr/information/2560452, by frformat `Commune`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("commune", "Commune", years=(2023, 2024))
