"""What US guidance has faulted is found by its kind, and its narrower counterpart is left alone."""

from collections.abc import Sequence

import pytest

from handbook.findings import Severity
from handbook.rules.wording.guidance import Place, subjects
from handbook.rules.wording.judgment import guidance_for, judge

(US,) = guidance_for(["us"], is_public=False, language="en")


def _found(text: str, guidance: Sequence[Place] = (US,)) -> dict[str, Severity]:
    names = {subject.code: name for name, subject in subjects().items()}
    return {names[o.subject.code]: o.severity for o in judge(text, guidance, "en", lambda _: None)}


def _serious(text: str) -> set[str]:
    return {name for name, severity in _found(text).items() if severity is not Severity.INFO}


@pytest.mark.parametrize(
    ("subject", "severity", "text"),
    [
        ("confidentiality", Severity.WARNING, "Employees must protect proprietary data."),
        ("confidentiality", Severity.WARNING, "Do not repeat anything that has not been announced."),
        ("confidentiality", Severity.ERROR, "Staff may not disclose personnel records."),
        ("pay", Severity.ERROR, "Wages are confidential."),
        ("pay", Severity.ERROR, "Nobody may compare bonuses with colleagues."),
        ("pay", Severity.ERROR, "Employees must not:\n\n- discuss a union"),
        ("disparagement", Severity.WARNING, "Never ridicule the firm or its executives."),
        ("disparagement", Severity.WARNING, "Posts must not tarnish our reputation."),
        ("disparagement", Severity.WARNING, "Do not bring the bank into disrepute."),
        ("civility", Severity.WARNING, "Be courteous toward management."),
        ("civility", Severity.WARNING, "Improper remarks are not tolerated."),
        ("civility", Severity.INFO, "Always remain polite."),
        ("permission", Severity.ERROR, "Do not blog about your job without approval."),
        ("permission", Severity.ERROR, "Before posting about us, seek clearance."),
        ("permission", Severity.ERROR, "Never tweet about the company."),
        ("permission", Severity.ERROR, "Approval is required before employees may comment on work."),
        ("permission", Severity.ERROR, "You may write about us only after approval."),
        ("media", Severity.ERROR, "Employees may not answer questions from reporters."),
        ("media", Severity.WARNING, "All press inquiries must be forwarded to the director."),
        ("accuracy", Severity.WARNING, "Do not publish incomplete statements."),
        ("pictures", Severity.WARNING, "Do not upload images of the workplace."),
        ("pictures", Severity.INFO, "Do not record meetings."),
        ("logos", Severity.INFO, "Our trademark may not be shown."),
        ("logos", Severity.WARNING, "Do not name your employer in a profile."),
        ("audience", Severity.ERROR, "Discuss problems exclusively with supervisors."),
        ("audience", Severity.WARNING, "Avoid friending colleagues."),
        ("reporting", Severity.WARNING, "You must report colleagues who break this policy."),
        ("private-accounts", Severity.WARNING, "You must submit your personal password."),
        ("private-accounts", Severity.WARNING, "Everyone is expected to repost our content."),
        ("savings", Severity.WARNING, "This policy is enforced in compliance with the law."),
    ],
)
def test_wording_is_found_by_its_kind(subject: str, severity: Severity, text: str) -> None:
    assert _found(text).get(subject) is severity


@pytest.mark.parametrize(
    "text",
    [
        "Do not ridicule customers.",
        "Do not disparage a competitor's products.",
        "Do not be rude to a patient.",
        "Do not post what harms the reputation of our clients.",
        "Do not disclose confidential information of our vendors.",
        "Do not photograph patients at work.",
        "Report threats by colleagues to the security desk.",
        "Press inquiries must be forwarded to the director, who speaks on our behalf.",
        "Get approval before you speak for the company.",
        "Posts on our official page must be approved.",
        "Do not use our logo to sell shirts.",
        "Make false claims about products, and you break this policy; never do it.",
        "We never ask for your private password.",
        "You never have to repost our content.",
        "Do not remove a comment because it criticizes the company.",
        "Answer critical comments from the public within a day.",
    ],
)
def test_what_guidance_accepts_is_left_alone(text: str) -> None:
    assert _serious(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "You may talk about your wages with anyone.",
        "This policy does not prohibit discussions of wages.",
        "It is not intended to prevent employees from discussing wages.",
        "Nothing in this policy shall be read to forbid talk about wages.",
        "Managers must not retaliate against those who discuss wages.",
        "Nobody may be punished for talk about wages.",
    ],
)
def test_a_right_to_talk_about_pay_is_no_ban_on_it(text: str) -> None:
    assert _serious(text) == set()


@pytest.mark.parametrize(
    ("bare", "narrow"),
    [
        ("Do not make misleading statements.", "Do not make statements that you know to be misleading."),
        ("Do not insult management.", "Do not threaten, harass, assault, or insult management."),
        ("Keep it confidential.", "Keep it confidential. We mean trade secrets and source code."),
        ("Never talk to reporters.", "Never talk to reporters on our behalf."),
        ("Check with the legal team before posting.", "Check with the legal team before posting for us."),
    ],
)
def test_a_limit_makes_the_same_words_narrower(bare: str, narrow: str) -> None:
    assert _serious(bare) != set()
    assert _serious(narrow) == set()


def test_a_clause_on_rights_helps_only_if_it_names_them() -> None:
    rule = "Do not disparage the company."
    assert _found(f"{rule} You may still discuss pay and working conditions.") == {
        "disparagement": Severity.INFO
    }
    assert _found(f"{rule} Nothing in this policy violates applicable law.") == {
        "disparagement": Severity.WARNING,
        "savings": Severity.WARNING,
    }


def test_a_definition_that_has_personnel_in_it_does_not_help() -> None:
    rule = "Do not share confidential information"
    assert _serious(f"{rule}, such as trade secrets.") == set()
    assert _serious(f"{rule}, such as trade secrets and personnel files.") != set()


@pytest.mark.parametrize("name", subjects())
def test_the_wording_that_is_offered_instead_has_no_finding(name: str) -> None:
    assert _found(US.subjects[name].write) == {}


@pytest.mark.parametrize("name", subjects())
def test_the_bad_line_of_a_subject_is_found_and_the_good_one_is_not(name: str) -> None:
    subject = subjects()[name]
    assert name in _found(subject.bad.strip("`"))
    assert _found(subject.good.strip("`")) == {}
