"""Every value is a French postal code that La Poste serves: five digits, leading zero kept.

Why: a lost leading zero or a mistyped digit sends letters and maps elsewhere. CEDEX codes are not listed.

Source: https://datanova.laposte.fr/datasets/laposte-hexasmal, by frformat `CodePostal`.
"""

from beffroi.tables.checks._published import listed

CHECK = listed("code-postal", "CodePostal")
