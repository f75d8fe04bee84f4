"""`beffroi explain`."""

from __future__ import annotations

from pathlib import Path

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import rules
from beffroi.cli.options import answer, as_json, format_option, lang_option, output_option


@click.command("explain", cls=HelpfulCommand)
@click.argument("name", metavar="[RULE]", required=False, shell_complete=rules)
@format_option()
@output_option()
@lang_option
def explain(name: str | None, form: str, output: Path | None, lang: str) -> None:
    """Explain a rule: why it exists, how to mend what breaks it, what is right and what is wrong.

    RULE is the id that reports in other formats than text name, such as type or primary-key. Without it: all rules.
    Requirements of a charter are explained by "beffroi charter explain".
    """
    from beffroi.rulebook import known_rules, rule
    from beffroi.showing import explained as showing

    if name is not None:
        found = rule(name)
        answer(as_json(showing.explained(found, lang)) if form == "json" else showing.text(found, lang), output)
        return
    every = [rule(each) for each in known_rules()]
    values = [showing.explained(each, lang) for each in every] if form == "json" else None
    answer(showing.listing(every, lang) if values is None else as_json(values), output)
