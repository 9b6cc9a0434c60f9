"""The facts of the organization are read from its file once."""

import re
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.registers.organization import load_located_organization, load_organization
from macros.context.page_facts import dialled


def test_each_state_of_the_file_is_read_once(folder: Path) -> None:
    organization = load_organization(Folder(folder))
    assert read_registers(Folder(folder)).organization is organization
    assert load_located_organization(Folder(folder))[0] is organization
    file = folder / "organization.yml"
    file.write_bytes(file.read_bytes().replace(b"charity", b"retail"))
    assert load_organization(Folder(folder)).sector == "retail"


SMALL = """  social_media: {role: Media lead, email: social@example.org, phone: "+1 555 0100 ext. 12"}
  press: {falls_back_to: social_media}
  people: {role: Director, email: director@example.org, phone: "+1 555 0101, poste 7"}
  legal: {falls_back_to: people}
  privacy: {falls_back_to: legal, asked_as: [data protection]}
  security: {falls_back_to: social_media}
  emergencies: {falls_back_to: people}
"""


def _with_contacts(folder: Path, contacts: str) -> str:
    file = folder / "organization.yml"
    before, _, rest = file.read_text(encoding="utf-8").partition("contacts:\n")
    text = f"{before}contacts:\n{contacts}" + rest[rest.index("\n# When somebody reads") :]
    file.write_text(text, encoding="utf-8")
    return text


def test_a_contact_that_a_small_organization_lacks_falls_back_to_another(folder: Path) -> None:
    _with_contacts(folder, SMALL)
    contacts = load_organization(Folder(folder)).contacts
    assert (contacts.privacy.role, contacts.privacy.phone) == ("Director", "+1 555 0101, poste 7")
    assert contacts.privacy.asked_as == ["data protection"]
    assert not contacts.people.asked_as
    assert contacts.press.email == "social@example.org"


@pytest.mark.parametrize(
    ("purpose", "contact", "message"),
    [
        (
            "people",
            "{falls_back_to: privacy, phone: +1 555 0101}",
            "'contacts.people.falls_back_to' is beside a role of its own; keep one of the two in people",
        ),
        (
            "people",
            "{falls_back_to: privacy}",
            "'contacts.people.falls_back_to' leads in a circle: people, privacy, legal, people;"
            " give one of them a role",
        ),
        (
            "press",
            "{falls_back_to: press}",
            "'contacts.press.falls_back_to' leads in a circle: press, press; give one of them a role",
        ),
        (
            "press",
            "{role: Press office}",
            "'contacts.press.email' is missing; add for example `email: press@example.org`,"
            " or `falls_back_to: people` alone",
        ),
        ("press", "{falls_back_to: peple}", "did you mean 'people'?"),
        (
            "press",
            "{role: Press, email: press@example.org, phone: ext. 12}",
            "'contacts.press.phone' is not a telephone number; an extension follows the number",
        ),
    ],
)
def test_a_wrong_contact_is_a_mistake_with_its_line(
    folder: Path, purpose: str, contact: str, message: str
) -> None:
    text = _with_contacts(folder, re.sub(f"(  {purpose}: ).+", rf"\1{contact}", SMALL))
    with pytest.raises(HandbookError) as raised:
        load_organization(Folder(folder))
    line = text.split("\n").index(f"  {purpose}: {contact}") + 1
    messages = [
        sentence
        for sentence in str(raised.value).split("\n")
        if sentence.startswith(f"organization.yml:{line}:")
    ]
    assert [sentence for sentence in messages if message in sentence], str(raised.value)


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("+1 555 0100", "+15550100"),
        ("+1 555 0100 ext. 12", "+15550100;ext=12"),
        ("(555) 010-0199 x7", "5550100199;ext=7"),
        ("+33 1 99 00 12 34, poste 501", "+33199001234;ext=501"),
        ("988", "988"),
    ],
)
def test_a_link_to_a_telephone_holds_its_extension(phone: str, link: str) -> None:
    assert dialled(phone) == link


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('phone: "+1 555 0100"', 'phone: ["+1 555 0100"]'),
        ("retention: {en: three years, fr: trois ans}", "retention: [en: three years, fr: trois ans]"),
    ],
)
def test_a_text_in_brackets_is_told_what_was_meant(folder: Path, right: str, wrong: str) -> None:
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(HandbookError, match=re.escape(f"write `{right}`")):
        load_organization(Folder(folder))


@pytest.mark.parametrize(
    ("wrong", "word"), [("languages: [EN, fr]", "mean 'en'?"), ("languages: []", "is empty; write")]
)
def test_languages_are_told_what_to_write(folder: Path, wrong: str, word: str) -> None:
    file = folder / "organization.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("languages: [en, fr]", wrong, 1), encoding="utf-8"
    )
    with pytest.raises(HandbookError, match=re.escape(word)):
        load_organization(Folder(folder))
