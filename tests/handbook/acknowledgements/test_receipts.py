"""A receipt is read wherever people put it, and refused if it does not fit."""

import datetime
from dataclasses import replace

import pytest

from handbook.acknowledgements.asked import Asked, AskedText
from handbook.acknowledgements.receipts import (
    Receipt,
    UnusableReceipt,
    checksum,
    find_receipt,
    refuse_unfit,
)

TEXT = AskedText(pages={"docs/policy/work.md": "v2:sha256:" + "a" * 64}, questions={"pay": "f", "photo": "a"})
EDITIONS = {"2026.1": Asked(edition="2026.1", audiences={"work": {"en": TEXT}})}
RECEIPT = Receipt("2026.1", "work", "en", datetime.date(2026, 11, 27), "accepted", "fn", TEXT.digest)
LINE = RECEIPT.text


def test_the_checksum_is_that_of_other_programs() -> None:
    # The CRC-32 of "123456789" is CBF43926 in each description of it.
    assert checksum("123456789") == "35Z8E96"


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f"Dear team,\r\n\r\n{LINE}\r\n\r\nSent from my phone",
        f'"{LINE}",',
        f"> {LINE[:40]}\r\n> {LINE[40:]}\r\n",
        f"{LINE[:60]}=\r\n{LINE[60:]}",
        f"Hello,\n\n{LINE[:50]}\n{LINE[50:]}\nBest regards",
        f"{LINE}\n\nOn Friday, someone wrote:\n> {LINE}",
        LINE.replace("/", "&#x2F;"),
        LINE.replace("-", "\u2011").replace("/", "/\u200b"),
    ],
)
def test_a_receipt_is_found_in_what_people_send(text: str) -> None:
    assert find_receipt(text) == RECEIPT


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no receipt"),
        ("I accept.", "has no receipt"),
        (LINE.replace("HB1", "HB2"), "has no receipt"),
        (LINE[:-1], "was cut, or changed on its way"),
        (LINE.replace("HB1/", "HB1\n> /")[:-1], "was cut, or changed on its way"),
        (LINE.replace("HB1/", "HB=\n1/")[:-1], "was cut, or changed on its way"),
        ("The form HB1 – see there", "has no receipt"),
        (LINE.lower(), "was cut, or changed on its way"),
        (LINE.replace("/", " / "), "was cut, or changed on its way"),
        ("HB1" + "&" + "amp;" * 40_000, "has no receipt"),
        (LINE.replace("2026.1", "2026.2"), "checksum does not fit"),
        (LINE.replace("accepted", "declined"), "checksum does not fit"),
        (f"{LINE}\n{replace(RECEIPT, audience='managers').text}", "several receipts"),
    ],
)
def test_what_is_no_receipt_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UnusableReceipt, match=sentence):
        find_receipt(text)


def test_a_day_that_does_not_exist_is_refused() -> None:
    line = LINE.rpartition("/")[0].replace("2026-11-27", "2026-02-30")
    with pytest.raises(UnusableReceipt, match="2026-02-30, a day that does not exist"):
        find_receipt(f"{line}/{checksum(line)}")


def test_a_receipt_that_fits_its_edition_is_taken() -> None:
    refuse_unfit(RECEIPT, EDITIONS)
    refuse_unfit(replace(RECEIPT, reply="declined", answers="--"), EDITIONS)
    assert RECEIPT.score(TEXT.right_answers) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"edition": None}, "from a draft"),
        ({"edition": "2026.7"}, "2026.7, which asked nobody"),
        ({"audience": "managers"}, "'managers' in 'en'"),
        ({"language": "fr"}, "'work' in 'fr'"),
        ({"digest": "0" * 12}, "another text"),
        ({"answers": "f"}, "answers 1 of 2"),
        ({"answers": "f-"}, "leaves questions unanswered"),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused(changes: dict[str, str | None], sentence: str) -> None:
    with pytest.raises(UnusableReceipt, match=sentence):
        refuse_unfit(replace(RECEIPT, **changes), EDITIONS)  # type: ignore[arg-type]
