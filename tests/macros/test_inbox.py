"""The link "I did not find it" says where its reader was, in their language, and can say nothing else."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.organization import Organization, load_organization
from macros.context.inbox import inbox_address
from macros.context.page_facts import asked
from macros.context.site import Site
from macros.presentation.localized import LocalizedText

FORM = "address: https://forms.example.org/q, page: entry.1, edition: entry.2, query: entry.3"


def _organization(root: Path, form: str) -> Organization:
    file = root / "organization.yml"
    file.write_text(f"{file.read_text('utf-8')}\ninbox:\n  form: {{{form}}}\n", encoding="utf-8")
    return load_organization(Folder(root))


def _address(site: Site, title: str, address: str = "", language: str = "en") -> str:
    contact = asked(site, "social_media", language)
    return inbox_address(site, site.catalogs[language], contact, LocalizedText(title), address)


@pytest.mark.parametrize(
    ("language", "title", "address", "subject", "body"),
    [
        (
            "en",
            "Policy & work?",
            "policy/work/",
            "I did not find it",
            "Page: Policy & work? (/policy/work/)\r\nEdition: none\r\nI looked for: ",
        ),
        (
            "fr",
            "Accueil",
            "./",
            "Je n’ai pas trouvé",
            "Page\u00a0: Accueil (/)\r\nÉdition\u00a0: aucune\r\nJe cherchais\u00a0: ",
        ),
        (
            "en",
            "{page} 100%\n&cc=x",
            "",
            "I did not find it",
            "Page: {page} 100%\n&cc=x\r\nEdition: none\r\nI looked for: ",
        ),
    ],
)
def test_a_mail_names_the_page_and_the_edition_and_ends_where_the_search_goes(
    site: Site, language: str, title: str, address: str, subject: str, body: str
) -> None:
    start, _, query = _address(site, title, address, language).partition("?")
    assert start == "mailto:social@example.org"
    fields = dict(part.split("=") for part in query.split("&"))
    assert {name: unquote(value) for name, value in fields.items()} == {"subject": subject, "body": body}


def test_a_form_is_filled_in_and_ends_where_the_search_goes(site: Site, folder: Path) -> None:
    registers = replace(site.registers, organization=_organization(folder, FORM))
    address = _address(replace(site, registers=registers), "Policy & work", "policy/work/")
    assert address.startswith("https://forms.example.org/q?")
    assert address.endswith("&entry.3=")
    assert parse_qs(urlsplit(address).query, keep_blank_values=True) == {
        "entry.1": ["Policy & work (/policy/work/)"],
        "entry.2": ["none"],
        "entry.3": [""],
    }


def test_a_form_that_has_a_question_mark_gets_only_the_fields_that_it_has(site: Site, folder: Path) -> None:
    organization = _organization(folder, "address: https://forms.example.org/q?id=7, query: text")
    address = _address(replace(site, registers=replace(site.registers, organization=organization)), "A")
    assert address == "https://forms.example.org/q?id=7&text="


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("address: https://forms.example.org/q", "'inbox.form.query' is missing"),
        ("address: http://forms.example.org/q, query: a", "begins with https://"),
        ("address: 'https://forms.example.org/#q', query: a", "'inbox.form.address' has a `#`"),
        ("address: https://forms.example.org/q, query: a=b&c", "is not the name of a field"),
        ("address: https://forms.example.org/q, query: a, page: a", "a name each"),
    ],
)
def test_a_form_that_could_not_be_filled_in_is_a_mistake(folder: Path, form: str, message: str) -> None:
    with pytest.raises(HandbookError) as raised:
        _organization(folder, form)
    assert message in str(raised.value)
