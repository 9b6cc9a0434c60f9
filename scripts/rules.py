"""`handbook rules`: lists the rules of the check, or explains some of them."""

from collections.abc import Sequence

import click

from handbook.check.painting import Paint
from handbook.check.runner import choose_rules
from handbook.rules import Rule
from handbook.text.json_text import as_document
from scripts.command_name import with_real_command
from scripts.options import exits_with_status, format_option
from scripts.terminal import painter


@click.command(name="rules", epilog="Exit status: 0, or 2 if there is no such rule.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@format_option("Output format: text for people, json for programs.")
@exits_with_status
def command(codes: tuple[str, ...], name: str) -> int:
    """List every rule of the check, or explain the named rules.

    CODE is a rule, such as OWN001, or the beginning of several, such as OWN; case does not matter. An
    explanation gives the reason for a rule, an example that breaks it, and one that follows it.
    """
    rules = sorted(choose_rules(codes), key=lambda rule: rule.code)
    if name == "json":
        click.echo(as_document({"rules": [_record(rule) for rule in rules]}), nl=False)
    elif codes:
        click.echo("\n".join(_explanation(rule, painter()) for rule in rules), nl=False)
    else:
        click.echo(_list(rules, painter()), nl=False)
        hint = f"{len(rules)} rules; `handbook rules {rules[0].code}` explains one"
        click.echo(with_real_command(hint), err=True)
    return 0


def _list(rules: Sequence[Rule], paint: Paint) -> str:
    return "".join(_row(rule, paint) for rule in rules)


def _row(rule: Rule, paint: Paint) -> str:
    severity = f"{rule.severity.value:7}"  # Padded before it is painted, because color codes have no width.
    return f"{paint(rule.code, 'code')}  {paint(severity, rule.severity.value)}  {rule.title}\n"


def _explanation(rule: Rule, paint: Paint) -> str:
    severity = paint(rule.severity.value, rule.severity.value)
    return (
        f"{paint(rule.code, 'code')}: {rule.title} ({severity})\n\n"
        f"{click.wrap_text(rule.reason, preserve_paragraphs=True)}\n\n"
        f"Bad:  {rule.bad}\n"
        f"Good: {rule.good}\n\n"
        f"On the site: {rule.section}\n"
    )


def _record(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "title": rule.title,
        "reason": rule.reason,
        "bad": rule.bad,
        "good": rule.good,
        "section": rule.section,
    }
