"""Texts of registers say what the organization is called, and what it calls people."""

import re
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.glossary import FILE, load_glossary
from handbook.registers.organization import Organization, load_organization
from handbook.registers.variables import Variables
from tests.conftest import ROOT

pytestmark = pytest.mark.sample

VALUES: dict[str, str | dict[str, str]] = {
    "client": {"en": "learner", "fr": "apprenant"},
    "clients": {"en": "learners", "fr": "apprenants"},
    "name": "Example {Reading",
    "people": {"en": "employees", "fr": "habitants"},
}
VARIABLES = Variables("en", VALUES)


@pytest.mark.parametrize(
    ("written", "language", "shown"),
    [
        ("May I post {clients}?", "en", "May I post learners?"),
        ("{Clients} may film you.", "en", "Learners may film you."),
        ("{clients}", None, "learners"),
        ("pour les {clients}", "fr", "pour les apprenants"),
        ("le {client}, pas de {client}", "fr", "l’apprenant, pas d’apprenant"),
        ("pense que {people} lisent", "fr", "pense qu’habitants lisent"),
        ("a {client}, A {client}, an {client}", "en", "a learner, A learner, a learner"),
        ("a {people}", "en", "an employees"),
        ("write {{x}}", "en", "write {x}"),
        ("nothing", "en", "nothing"),
        ("{clients}", "de", "learners"),
    ],
)
def test_a_variable_has_the_value_of_its_language(written: str, language: str | None, shown: str) -> None:
    assert VARIABLES.fill(written, language) == shown


@pytest.mark.parametrize(
    ("client", "shown"),
    [
        ("user", "a user"),
        ("hour", "an hour"),
        ("unit", "a unit"),
        ("uncle", "an uncle"),
        ("European", "a European"),
    ],
)
def test_the_article_follows_the_sound(client: str, shown: str) -> None:
    assert Variables("en", {"client": client}).fill("a {client}") == shown


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{clinet}", "names {clinet}, which is not a variable of registers; did you mean 'client'?"),
        ("{ client }", "has a single `{`"),
        ("client}", "has a single `}`"),
        ("{{ organization.words.client }}", "in a register, write `{client}`"),
        ("{{client}}", "in a register, write `{client}`"),
        ("{{{{ x }}}}", "take out `{{`"),
        ("{{% x %}}", "take out `{%`"),
    ],
)
def test_what_is_no_variable_is_a_mistake(written: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        VARIABLES.fill(written)


def _terms(root: Path, *lines: str) -> list[tuple[str | dict[str, str], str | dict[str, str]]]:
    path = root / FILE
    path.parent.mkdir()
    path.write_text("\n".join(("terms:", *lines)), encoding="utf-8")
    terms = load_glossary(Folder(root), load_organization(Folder(ROOT))).terms
    return [(term.term, term.meaning) for term in terms]


def test_a_register_has_the_values_of_the_organization(tmp_path: Path) -> None:
    lines = (
        "  - term: {en: '{short_name} word', fr: mot de {short_name}}",
        "    meaning: Not for {clients}.",
    )
    assert _terms(
        tmp_path, lines[0].replace("fr: mot de {short_name}", "fr: 'mot de {short_name}'"), lines[1]
    ) == [({"en": "ERN word", "fr": "mot de RLE"}, "Not for learners.")]


def test_an_unknown_variable_is_located(tmp_path: Path) -> None:
    with pytest.raises(HandbookError) as error:
        _terms(tmp_path, "  - term: fact", "    meaning: For our {cleints}.")
    assert str(error.value) == (
        "registers/glossary.yml:3:14: 'terms.1.meaning' names {cleints}, which is not a variable of"
        " registers; did you mean 'clients'?"
    )


def test_markup_stays_refused(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match="take out `<b>`"):
        _terms(tmp_path, "  - term: fact", "    meaning: For <b>{clients}</b>.")


def test_the_organization_itself_names_no_variable(tmp_path: Path) -> None:
    text = (ROOT / "organization.yml").read_text("utf-8")
    values = text.replace("en: one working day", "en: 'one day, {client}'")
    assert values != text
    (tmp_path / "organization.yml").write_text(values, encoding="utf-8")
    with pytest.raises(HandbookError, match=r"take out `\{`"):
        load_organization(Folder(tmp_path))


def test_only_what_a_review_answers_for_is_a_variable() -> None:
    organization = load_organization(Folder(ROOT))
    own = set(organization.variables.values) - {"client", "clients", "people"}
    assert own.isdisjoint(Organization.not_reviewed)


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (None, "your local emergency number", "le numéro d’urgence local"),
        ({"en": "999", "fr": "le 999"}, "999", "le 999"),
    ],
)
def test_a_register_may_name_the_emergency_number_before_anybody_wrote_it(
    number: dict[str, str] | None, english: str, french: str
) -> None:
    organization = load_organization(Folder(ROOT)).model_copy(update={"emergency_number": number})
    assert organization.variables.fill("Call {emergency_number}.", "en") == f"Call {english}."
    assert organization.variables.fill("Appelez {emergency_number}.", "fr") == f"Appelez {french}."
