"""Ways in which copies of a licence differ from it, each made the same every time."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping

from benchmarks.licences.making import ENDS

Perturb = Callable[[str], str]
SEED = 2026

HEADER = "\n".join(
    [
        "Traffic counters of the municipality",
        "====================================",
        "",
        "Hourly counts of bicycles and pedestrians at forty places of the city, since 2019.",
        "The sensors are read every night; a person looks at what seems odd before it is published.",
        "",
        "Files",
        "-----",
        *(f"counts-{year}.csv    one row an hour and counter, in local time" for year in range(2019, 2027)),
        "counters.geojson   where the counters stand, and since when",
        "",
        "Comptages horaires de vélos et de piétons en quarante points de la ville, depuis 2019.",
        "Les capteurs sont relevés chaque nuit ; les valeurs étranges sont revues avant publication.",
        "",
        "How to load the files: python -m loading counts-2024.csv, or open them in a spreadsheet.",
        "Questions: open an issue, or come to the desk of the digital team on Tuesdays.",
        "",
        "Version 4.2 of the dataset, generated in March 2026.",
        "",
        "",
    ]
)
FURTHER = {
    "no commerce": "Use for commercial purposes is prohibited.",
    "no sale": "The data must not be sold.",
    "a fee": "Those who use the data in a paid service pay the city a fee, and ask for its consent before.",
    "no changes": "You may not modify the data.",
    "a place": "It may be used in the European Union only.",
    "pas de commerce": "Toute utilisation commerciale est soumise à l’autorisation de la ville.",
    "pas de revente": "Il est interdit de revendre les données.",
    "redevance": "La réutilisation donne lieu au paiement d’une redevance.",
    "sous réserve": "Les fichiers peuvent être réutilisés sous réserve de l’accord préalable de la mairie.",
    "pas de modification": "Les données ne peuvent pas être modifiées.",
    "usage interne": "Ces données sont réservées à un usage interne.",
    "keine Werbung": "Die Nutzung zu kommerziellen Zwecken ist nicht gestattet.",
}
"""Sentences that set terms of their own."""
EXCEPTION = "This licence applies to all files except those of the folder maps.\n\n"
CHOICE = "You may choose the Sleepycat License or the licence below.\n\n"
NAMING = {"copyright", "holders", "holder", "owner", "contributors", "authors", "author", "regents", "university"}
"""Words that stand where the names of people may stand instead."""
NOTES = "\n\nThe digital team, last checked in March 2026.\nSee the catalogue of the city for other datasets.\n"


def words_changed(share: float, change: Callable[[str, random.Random], str]) -> Perturb:
    """A copy in which that share of the words, at random, is changed."""

    def perturbed(text: str) -> str:
        chance = random.Random(SEED)  # noqa: S311 - the same every time
        parts = re.split(r"(\s+)", text)
        return "".join(change(each, chance) if each.strip() and chance.random() < share else each for each in parts)

    return perturbed


def one_word(change: Callable[[str, random.Random], str]) -> Perturb:
    """A copy of which one word, somewhere in the middle third, is changed."""

    def perturbed(text: str) -> str:
        chance = random.Random(SEED)  # noqa: S311 - the same every time
        middle = re.finditer(r"(?<=[\s(])[^\W\d_]{5,}(?=[\s,.;)])", text[: len(text) * 2 // 3])
        words = [each for each in middle if each.start() > len(text) // 3 and each[0].casefold() not in NAMING]
        if not words:
            return text
        found = chance.choice(words)
        return text[: found.start()] + change(found[0], chance) + text[found.end() :]

    return perturbed


def dropped(_word: str, _chance: random.Random) -> str:
    """A word left out."""
    return ""


def other(_word: str, chance: random.Random) -> str:
    """Another word."""
    return chance.choice(["arbre", "counter", "tilia", "mairie", "asphalt", "belfry"])


def misspelt(word: str, chance: random.Random) -> str:
    """A word with two letters swapped."""
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def doubled(word: str, chance: random.Random) -> str:
    """A word with another one behind it."""
    return f"{word} {other(word, chance)}"


def negated(word: str, _chance: random.Random) -> str:
    """A word with a "not" before it."""
    return f"not {word}"


def without_end(text: str) -> str:
    """A copy without the last words of the terms, and without what tells behind them how to apply them."""
    ends = [found.start() for each in ENDS if (found := re.search(each, text, re.IGNORECASE))]
    return re.sub(r"(?:\W+\w+){10}\W*$", ".\n", text[: min(ends, default=len(text))])


def adding(sentence: str) -> Perturb:
    """A copy with a sentence behind it."""
    return lambda text: f"{text}\n\n{sentence}\n"


def rewrapped(width: int) -> Perturb:
    """A copy whose paragraphs are wrapped anew."""

    def perturbed(text: str) -> str:
        paragraphs = re.split(r"\n\s*\n", text)
        return "\n\n".join(textwrap.fill(" ".join(each.split()), width) for each in paragraphs)

    return perturbed


def as_markdown(text: str) -> str:
    """A copy with titles and bullets as in Markdown."""
    lines = [re.sub(r"^\s*(?:\(?(?:[0-9]{1,2}|[a-z])[.)]|[-*•])\s+", "- ", each) for each in text.split("\n")]
    titled = [
        f"## {each.strip()}" if 0 < len(each.strip()) < 40 and each.strip()[0].isupper() else each for each in lines
    ]
    return "\n".join(["# Licence", "", *titled])


def as_comment(text: str) -> str:
    """A copy in a comment of a program."""
    return "/*\n" + "\n".join(f" * {each}" for each in text.split("\n")) + "\n */\n"


def titles_shouted(text: str) -> str:
    """A copy whose short lines are in capitals."""
    return "\n".join(each.upper() if len(each.strip()) < 60 else each for each in text.split("\n"))


def typographic(text: str) -> str:
    """A copy with the quotes, dashes and spaces of a printer."""
    quoted = re.sub(r'"([^"\n]*)"', "“\\1”", text).replace("'", "’")
    return re.sub(r"(?<=\s)-{1,2}(?=\s)", "–", quoted).replace(" ;", "\u00a0;").replace(" :", "\u00a0:")


def without_accents(text: str) -> str:
    """A copy without accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def filled_in(text: str) -> str:
    """A copy with the year and the holder of the copyright."""
    named = re.sub(
        r"[<\[{](?:copyright holders?|owner|name of (?:author|copyright owner)|fullname)[>\]}]", "Ville de Tours", text
    )
    return re.sub(r"[<\[{](?:year|yyyy)[>\]}]", "2026", named)


HARMLESS: Mapping[str, Perturb] = {
    "as it is": lambda text: text,
    "30 lines before": lambda text: HEADER + text,
    "wrapped at 60": rewrapped(60),
    "wrapped at 100": rewrapped(100),
    "one line": lambda text: " ".join(text.split()),
    "as Markdown": as_markdown,
    "as a comment": as_comment,
    "titles in capitals": titles_shouted,
    "all in capitals": str.upper,
    "typographic signs": typographic,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "without accents": without_accents,
    "copyright filled in": filled_in,
}
"""What changes no word."""
HARMFUL: Mapping[str, Perturb] = {
    "one word left out": one_word(dropped),
    "one word other": one_word(other),
    "one word misspelt": one_word(misspelt),
    "one word more": one_word(doubled),
    "“not” put in": one_word(negated),
    "3 % of the words other": words_changed(0.03, other),
    "last words cut off": without_end,
    "first half alone": lambda text: text[: len(text) // 2],
    "last half alone": lambda text: text[len(text) // 2 :],
    **{f"further terms: {name}": adding(sentence) for name, sentence in FURTHER.items()},
    "notes behind": lambda text: text + NOTES,
    "an exception before": lambda text: EXCEPTION + text,
    "a choice before": lambda text: CHOICE + text,
}
"""What changes words, or adds some that may set terms: nobody can tell whether that is still the licence."""
