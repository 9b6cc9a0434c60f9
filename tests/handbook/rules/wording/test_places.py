"""What the guidance of each place objects to, and what it leaves alone."""

import pytest

from handbook.content.sectors import Jurisdiction
from handbook.findings import Severity
from handbook.rules.wording.guidance import Clause, Place, places
from handbook.rules.wording.judgment import guidance_for, judge


def _found(text: str, jurisdiction: Jurisdiction, *, is_public: bool = False) -> set[tuple[str, str]]:
    language = "fr" if jurisdiction == "fr" else "en"
    guidance = guidance_for([jurisdiction], is_public=is_public, language=language)
    return {
        (objection.subject.code, objection.severity.value)
        for objection in judge(text, guidance, language, lambda _: None)
    }


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Staff must not report wrongdoing to a regulator.", {("WRD010", "error")}),
        ("Never take a complaint about us to the police.", {("WRD010", "error")}),
        ("You are forbidden from speaking to the Care Quality Commission.", {("WRD010", "error")}),
        ("Staff must not report wrongdoing to a regulator on our behalf.", set()),
        ("Never disclose the identity of a person who went to the police.", set()),
        ("You do not have to report it to the police.", set()),
        ("Do not wait to contact the police.", set()),
        ("You may report wrongdoing to the police.", set()),
        ("Report a threat to the police.", set()),
        ("Concerns must only be raised internally.", {("WRD010", "warning")}),
        (
            "Concerns should only be raised internally at first. You may always go to the police.",
            set(),
        ),
        ("Do not discuss your salary.", {("WRD002", "warning")}),
        ("Salaries must remain strictly confidential.", {("WRD002", "warning")}),
        ("Do not reveal other people’s pay.", set()),
        ("You may talk about your pay.", set()),
        ("Talk about pay is no leak.", set()),
        ("Never use a policy to stop talk about pay.", set()),
    ],
)
def test_british_law_keeps_the_way_to_authorities_open(text: str, findings: set[tuple[str, str]]) -> None:
    assert _found(text, "uk") == findings


@pytest.mark.parametrize("is_public", [True, False])
def test_british_law_is_for_public_and_private_employers(is_public: bool) -> None:
    assert _found("Never complain to the ombudsman.", "uk", is_public=is_public)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Employees must not share their wages with co-workers.", {("WRD002", "warning")}),
        ("Do not talk to unions.", {("WRD002", "warning")}),
        ("Do not post about union activities.", {("WRD002", "warning")}),
        ("Do not post about union activities on our accounts.", set()),
        ("Do not contact credit unions.", set()),
        ("Never report an accident to inspectors.", {("WRD010", "warning")}),
        ("Report harassment only to your supervisor.", {("WRD011", "warning")}),
        ("Report harassment to your supervisor or to the people team.", set()),
        ("Complaints about private posts are not investigated.", {("WRD011", "warning")}),
        ("Complaints about private posts are investigated within a week.", set()),
    ],
)
def test_canadian_law_is_about_pay_unions_and_harassment(text: str, findings: set[tuple[str, str]]) -> None:
    assert _found(text, "ca") == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Officers must not make negative comments about the department.", {("WRD003", "info")}),
        ("Do not bring the Council into disrepute.", {("WRD003", "info")}),
        ("Get approval before you post.", {("WRD005", "info")}),
        ("Get approval before you post on our accounts.", set()),
        ("Employees may not speak to the media.", {("WRD006", "info")}),
        ("Employees may not speak to the media in our name.", set()),
        ("We delete offensive comments.", {("WRD004", "info")}),
        ("We never delete negative comments.", set()),
        ("You may post critical comments.", set()),
    ],
)
def test_public_bodies_learn_of_the_first_amendment(text: str, findings: set[tuple[str, str]]) -> None:
    assert _found(text, "us", is_public=True) == findings


@pytest.mark.parametrize(("is_public", "employers"), [(True, {"public"}), (False, {"private"})])
def test_the_first_amendment_is_for_public_bodies_alone(is_public: bool, employers: set[str]) -> None:
    guidance = guidance_for(["us"], is_public=is_public, language="en")
    assert {place.employers for place in guidance} == employers


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Il est interdit de critiquer l’entreprise.", {("WRD003", "warning")}),
        ("Toute critique de la direction est interdite.", {("WRD003", "warning")}),
        ("Ne tenez jamais de propos négatifs sur l’entreprise.", {("WRD003", "warning")}),
        ("Il est interdit de tenir des propos injurieux ou critiques envers la direction.", set()),
        ("Vous pouvez critiquer l’entreprise.", set()),
        ("Le tribunal a jugé que critiquer la direction était permis.", set()),
        ("Ne portez pas atteinte à la réputation de l’entreprise.", {("WRD003", "info")}),
        ("Vous devez éviter de nuire à l’image de l’entreprise.", {("WRD003", "info")}),
        ("Ne parlez pas de votre salaire.", {("WRD002", "warning")}),
        ("Les salariés ne doivent pas divulguer leur rémunération.", {("WRD002", "warning")}),
        ("Ne divulguez pas les salaires du service de paie.", set()),
        ("Vous ne risquez rien si vous parlez de votre salaire.", set()),
        ("Demandez l’autorisation avant de publier.", {("WRD005", "warning")}),
        ("Demandez l’autorisation avant de publier sur nos comptes.", set()),
        ("Demandez l’accord des personnes avant de publier leurs photos.", set()),
        ("Ne parlez pas aux journalistes.", {("WRD006", "warning")}),
        ("Ne répondez pas aux journalistes en notre nom.", set()),
        ("Les salariés doivent partager nos publications.", {("WRD012", "warning")}),
        ("Il est interdit de saisir l’inspection du travail.", {("WRD010", "error")}),
        ("Ne signalez jamais un danger aux autorités.", {("WRD010", "error")}),
        ("Signalez un danger aux autorités.", set()),
        ("À ne pas faire :\n\n- critiquer la direction", {("WRD003", "warning")}),
    ],
)
def test_french_law_weighs_limits(text: str, findings: set[tuple[str, str]]) -> None:
    assert _found(text, "fr") == findings


CLAUSES = [
    pytest.param(place, clause, id=f"{place.jurisdiction}-{place.employers}-{name}")
    for place in places()
    for name, clause in place.subjects.items()
]


@pytest.mark.parametrize(("place", "clause"), CLAUSES)
def test_what_to_write_instead_has_no_finding_anywhere(place: Place, clause: Clause) -> None:
    everywhere = [other for other in places() if other.language == place.language]
    assert list(judge(clause.write, everywhere, place.language, lambda _: None)) == []


@pytest.mark.parametrize(("place", "clause"), CLAUSES)
def test_a_clause_can_be_read_and_looked_up(place: Place, clause: Clause) -> None:
    standard = place.standards[clause.standard]
    assert not clause.why.endswith(".")
    assert clause.write.endswith(".")
    assert standard.address.startswith("https://")
    assert clause.triggers


@pytest.mark.parametrize(
    "place",
    [place for place in places() if place.jurisdiction != "us"],
    ids=lambda place: f"{place.jurisdiction}-{place.employers}",
)
def test_only_what_the_law_calls_void_is_an_error_abroad(place: Place) -> None:
    errors = {
        clause.standard
        for clause in place.subjects.values()
        for trigger in clause.triggers
        if Severity(trigger.level) is Severity.ERROR
    }
    assert all("void" in place.standards[name].says for name in errors)
