"""`handbook wording`: judges any text by what guidance has found over-broad in policies."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, get_args

import click

from handbook.check.reports import FORMATS, Report, as_text, summary
from handbook.content.front_matter import read_front_matter
from handbook.content.sectors import Jurisdiction
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.findings import Finding, Severity
from handbook.registers.organization import FILE as ORGANIZATION
from handbook.registers.organization import load_organization
from handbook.rules.wording.guidance import Place
from handbook.rules.wording.judgment import guidance_for, judge
from handbook.rules.wording.rules import is_public_body
from scripts.options import EPILOG, exits_with_status, format_option, root_option
from scripts.terminal import painter

_STANDARD_INPUT: Final = "-"
# As long as forty thousand words, which is the longest page that a handbook may have.
_MOST_BYTES: Final = 256 * 1024


@click.command(name="wording", epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@root_option
@click.option(
    "--place",
    "chosen",
    multiple=True,
    type=click.Choice(get_args(Jurisdiction)),
    help="Judge by the guidance of this place; can be repeated. Default: those of organization.yml.",
)
@click.option("--public-body", is_flag=True, help="The employer is a public body, such as a council.")
@click.option("--language", default="en", show_default=True, help="Language of the text.")
@format_option("Output format: text for people, json and sarif for programs.", ("text", "json", "sarif"))
@exits_with_status
def command(
    files: tuple[str, ...],
    root: Path,
    chosen: tuple[Jurisdiction, ...],
    public_body: bool,
    language: str,
    name: str,
) -> int:
    """Find wording that guidance has called over-broad, and say why, and what to write instead.

    FILE is Markdown or plain text, of this handbook or any other policy; - reads the standard input. This is
    not legal advice, and wording without a finding is not thereby lawful.
    """
    guidance = _guidance(root, chosen, public_body, language)
    findings = [finding for file in files for finding in _findings(file, guidance, language)]
    report = Report(findings)
    click.echo(as_text(report, painter()) if name == "text" else FORMATS[name](report), nl=False)
    if name == "text":
        click.echo(summary(findings, len(files), 0), err=True)
        click.echo("wording without a finding is not thereby lawful", err=True)
    return int(any(Severity(finding.severity) is not Severity.INFO for finding in findings))


def _guidance(
    root: Path, chosen: Sequence[Jurisdiction], public_body: bool, language: str
) -> Sequence[Place]:
    """Return the guidance to judge by: that of the places named, or else of the organization."""
    if not chosen:
        if not (root / ORGANIZATION).is_file():
            raise HandbookError(f"there is no {ORGANIZATION} here; name a place, such as --place us")
        organization = load_organization(Folder(root))
        chosen, public_body = tuple(organization.jurisdictions), is_public_body(organization)
    guidance = guidance_for(chosen, is_public=public_body, language=language)
    if not guidance:
        names = ", ".join(chosen)
        raise HandbookError(f"nothing was judged: there is no guidance for {names} in '{language}'")
    return guidance


def _findings(file: str, guidance: Sequence[Place], language: str) -> Iterator[Finding]:
    text = _read(file)
    start = read_front_matter(text).end
    for objection in judge(text[start:], guidance, language, lambda _: None):
        before = text[: start + objection.offset]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        code, severity = objection.subject.code, objection.severity.value
        yield Finding(file, line, column, code, severity, objection.message)


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == _STANDARD_INPUT else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HandbookError(f"{file} is not text in UTF-8; save it as Markdown or plain text") from None
    except FileNotFoundError:
        raise HandbookError(f"there is no file {file}; check its name") from None
    if len(data) > _MOST_BYTES:
        raise HandbookError(f"{file} is larger than 256 kB; split it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


if __name__ == "__main__":
    sys.exit(command())
