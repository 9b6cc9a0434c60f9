"""Nothing that a command prints steers the terminal or the log that shows it."""

import io
import json
import sys

import click
import pytest

from scripts.guarded_output import guarded_output, print_safe, unguarded_output

FORGED = (
    "::error file=x::forged",
    " \t::set-output name=x::forged",
    "\u00a0::warning::forged",
    "A title ##[error]forged",
    "A title ##vso[task.complete result=Succeeded;]",
    "##teamcity[buildStatus text='forged']",
    "section_start:1:x\r\x1b[0K",
    "::ERROR::forged",
    "a\n::error::forged",
)


def _printed(text: str, capfd: pytest.CaptureFixture[str], *, err: bool = False) -> str:
    with guarded_output():
        click.echo(text, err=err, nl=False)
    return capfd.readouterr()[err]


@pytest.mark.parametrize("text", FORGED)
@pytest.mark.parametrize("err", [False, True])
def test_no_text_is_a_command_of_a_ci_service(
    text: str, err: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    printed = _printed(text, capfd, err=err)
    assert not any(line.lstrip().startswith("::") for line in printed.splitlines())
    assert not any(mark in printed for mark in ("##[", "##vso[", "##teamcity[", "\r"))
    assert "\\u00" in printed


@pytest.mark.parametrize(
    "text", ["a::b", "see ::", "## Heading", "C# [a](b)", "a\r\nb\tc", "é\u00a0👩\u200d👧"]
)
def test_other_text_is_printed_as_it_is(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert _printed(text, capfd) == text


def test_json_means_the_same_as_before(capfd: pytest.CaptureFixture[str]) -> None:
    data = {"title": "##vso[x] \u202egnp\x85 \\\u2066", "path": "docs/\udce9.md"}
    printed = _printed(json.dumps(data, ensure_ascii=False), capfd)
    assert "##vso" not in printed
    assert "\u202e" not in printed
    assert json.loads(printed) == data


def test_the_commands_of_a_report_are_printed_as_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    with guarded_output():
        click.echo("::error::told", file=unguarded_output())
        click.echo("::error::forged")
    assert capfd.readouterr().out == "::error::told\n\\u003a:error::forged\n"


def test_a_terminal_shows_styles_and_nothing_else_that_steers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(data, encoding="utf-8"))
    with guarded_output():
        sys.stdout.write(click.style("red", fg="red") + "\x1b]0;title\x07\x1b[2J\x9b2J\r\x1b[K\rover")
    assert data.getvalue().decode() == (
        "\x1b[31mred\x1b[0m\\u001b]0;title\\u0007\\u001b[2J\\u009b2J\r\x1b[K\\u000dover"
    )


def test_what_a_stream_cannot_encode_is_shown_as_an_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding="cp1252"))
    with guarded_output():
        click.echo("à 9\u202fh")
    assert data.getvalue().splitlines() == ["à 9\\u202fh".encode("cp1252")]


def test_a_stream_without_bytes_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with guarded_output():
        assert sys.stdout is stream
        assert unguarded_output() is stream


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_what_steers_nobody_is_printed_in_its_place_and_in_the_encoding_of_the_output(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", output)
    with guarded_output():
        click.echo("before")
        print_safe(["é —\n".encode(), memoryview(b"and more\n")])
        click.echo("after")
    output.flush()
    printed = output.buffer.getvalue()
    expected = "before\né —\nand more\nafter\n"
    assert printed == expected.encode(encoding, "backslashreplace")
