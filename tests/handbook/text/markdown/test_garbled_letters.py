"""A word that was read in a wrong encoding is found, with the word that was meant."""

import time

import pytest

from handbook.text.markdown.garbled_letters import garbled_letters


def _read_wrongly(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("letter", "àâçéèêëîïôùûüÉÈÊÇäöüÄÖÜßñ¿¡áíóúã’“”–—…•€«»°œ😀")
def test_a_garbled_letter_is_found_and_repaired(letter: str) -> None:
    [(offset, message)] = garbled_letters(f"One mot{_read_wrongly(letter)}s.")
    assert offset == len("One ")
    assert "wrong encoding" in message
    assert f"`mot{letter}s.`" in message


@pytest.mark.parametrize(
    "text",
    [
        "« À »",
        "«\u00a0ÂGE\u00a0»",
        "“É”",
        "É…",
        "AMANHÃ”, disse",
        "Â\u00a0: une lettre",
        "Ô\u00a0!",
        "café",
        "Ça",
        "10\u00a0€",
        "Ã e Â",
    ],
)
def test_what_people_write_is_not_found(text: str) -> None:
    assert list(garbled_letters(text)) == []


@pytest.mark.parametrize("piece", ["Ã©", "a", "Ã", "\ufffd", "â€", "a" * 29 + "Ã"])
def test_a_long_line_takes_no_time(piece: str) -> None:
    start = time.process_time()
    list(garbled_letters(piece * (200_000 // len(piece))))
    assert time.process_time() - start < 2
