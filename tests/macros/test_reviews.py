"""Calendars that a calendar program reads back, and the tables of open reviews."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from handbook.content.pages import Page, PageSource, parse_page
from handbook.editions.edition_build import EditionBuild
from handbook.editions.editions_for_build import EditionsForBuild, build_input
from handbook.editions.manifest import Manifest
from handbook.git.source_repository import SourceRepository
from handbook.registers.open_questions import OpenQuestion, OpenQuestions
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import Reading, ReviewFile, ReviewRecord
from handbook.reviews.calendar import DueDay, as_calendar
from handbook.yaml.located import LocatedMapping
from macros.context.registry import MacroContext
from macros.context.site import Site, site_of
from macros.definitions.reading_forms import reading_forms
from macros.definitions.reviews import dissents, open_questions, open_reviews, review_dashboard
from macros.outputs.calendars import calendars
from tests.builds import NOON
from tests.conftest import PAGE, TODAY
from tests.records import parse_record, record, reviews_of

TEXT = "sha256:" + "0" * 64
STAMP = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
LONG = 'Été, ou "jamais"; règles \\ et réponses — ' + "très " * 40 + "longues"


def _page(path: str, title: str, owner: str, language: str = "en", reviewed: str = "2026-10-14") -> Page:
    text = PAGE.replace("title: A page", f"title: {json.dumps(title)}").replace("platform-lead", owner)
    return parse_page(PageSource(path, path, language), text.replace("2026-10-14", reviewed).encode())


@pytest.fixture
def full_site(site: Site) -> Site:
    """The sample organization with five pages: one long title, one translation, one without owner or date."""
    pages = [
        _page("docs/index.md", "Start", "communications-lead", reviewed="2026-05-20"),
        _page("docs/policy/work.md", LONG, "platform-lead"),
        _page("docs/policy/work.fr.md", "Le travail", "platform-lead", "fr"),
        _page("docs/old.md", "Old", "nobody", reviewed="2026-05-19"),
        _page("docs/new.md", "New", "legal-lead", reviewed="[]"),
    ]
    return replace(
        site,
        registers=replace(site.registers, reviews=reviews_of(pages)),
        pages={page.path.removeprefix("docs/"): page for page in pages},
        addresses={
            "docs/index.md": "./",
            "docs/policy/work.md": "policy/work/",
            "docs/policy/work.fr.md": "policy/work.fr/",
            "docs/old.md": "old/",
            "docs/new.md": "new/",
        },
        sections={"docs/policy/work.md": "Policy", "docs/old.md": "Attic"},
    )


def _read_back(data: bytes) -> Calendar:
    """Parse a calendar as a program does, which forgives nothing here."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert not [part.errors for part in calendar.walk() if part.errors]
    calendar.validate()  # type: ignore[no-untyped-call]
    return calendar


def test_the_calendar_has_each_dated_page_on_its_due_day(full_site: Site) -> None:
    events = _read_back(calendars(full_site, STAMP)["reviews.ics"]).events
    assert [(event.DTSTART, str(event["summary"]), str(event["url"])) for event in events] == [
        (datetime.date(2026, 11, 19), "Review due: Old", "https://handbook.example.org/old/"),
        (datetime.date(2026, 11, 20), "Review due: Start", "https://handbook.example.org/"),
        (
            datetime.date(2027, 4, 14),
            "Review due: Le travail",
            "https://handbook.example.org/fr/policy/work/",
        ),
        (datetime.date(2027, 4, 14), f"Review due: {LONG}", "https://handbook.example.org/policy/work/"),
    ]
    assert {event.DTSTAMP for event in events} == {STAMP}
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_an_event_says_what_to_do_and_programs_when_to_look_again(full_site: Site) -> None:
    calendar = _read_back(calendars(full_site, STAMP)["reviews.ics"])
    assert (str(calendar["x-published-ttl"]), calendar["refresh-interval"].to_ical()) == ("P1D", b"P1D")
    description = str(calendar.events[1]["description"])
    assert description == (
        "Last review: May 20, 2026. Responsible: Communications lead."
        " To begin the next one: handbook review start docs/index.md"
    )


def test_an_owner_has_a_calendar_of_the_pages_of_that_role(full_site: Site) -> None:
    files = calendars(full_site, STAMP)
    assert list(files) == ["reviews.ics", "reviews/communications-lead.ics", "reviews/platform-lead.ics"]
    whole = {str(event["uid"]): event.DTSTART for event in _read_back(files["reviews.ics"]).events}
    own = _read_back(files["reviews/platform-lead.ics"])
    assert str(own["name"]) == "Reviews of the social media handbook: Platform lead"
    assert len(own.events) == 2
    assert all(whole[str(event["uid"])] == event.DTSTART for event in own.events)


def test_lines_are_folded_at_75_bytes_and_end_as_the_standard_says(full_site: Site) -> None:
    data = calendars(full_site, STAMP)["reviews.ics"]
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert any(line.startswith(b" ") for line in lines)


def test_the_same_pages_give_the_same_bytes_whatever_their_order(full_site: Site) -> None:
    turned = replace(full_site, pages=dict(reversed(list(full_site.pages.items()))))
    assert calendars(turned, STAMP) == calendars(full_site, STAMP)


def test_an_event_stays_the_same_when_title_and_due_day_change(full_site: Site) -> None:
    page = _page("docs/index.md", "Another", "communications-lead", reviewed="2026-11-20")
    registers = replace(full_site.registers, reviews=reviews_of([page]))
    changed = replace(full_site, registers=registers, pages={"index.md": page})
    (event,) = _read_back(calendars(changed, STAMP)["reviews.ics"]).events
    before = _read_back(calendars(full_site, STAMP)["reviews.ics"]).events[1]
    assert (before["uid"], before.DTSTART) != (event["uid"], event.DTSTART)
    assert before["uid"] == event["uid"]


def test_no_text_can_add_a_line_to_the_calendar() -> None:
    hostile = "A\r\nATTACH:file:///etc/passwd\a"
    data = as_calendar(hostile, [DueDay("docs/a.md", TODAY, hostile, hostile, hostile, None)], STAMP)
    assert b"\nATTACH" not in data
    assert b"\a" not in data
    assert len(_read_back(data).events) == 1


def test_without_an_address_of_the_handbook_events_have_none(full_site: Site) -> None:
    organization = full_site.organization.model_copy(update={"handbook": None})
    bare = replace(full_site, registers=replace(full_site.registers, organization=organization))
    assert b"\r\nURL" not in calendars(bare, STAMP)["reviews.ics"]


def test_a_handbook_without_dated_pages_has_no_calendar(full_site: Site) -> None:
    assert calendars(replace(full_site, pages={"new.md": full_site.pages["new.md"]}), STAMP) == {}


@pytest.fixture
def dashboard(full_site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    page = full_site.pages["policy/work.md"]
    return str(review_dashboard(MacroContext(full_site, "en", page, "fr/policy/work/")))


def test_the_dashboard_counts_every_page_once(dashboard: str) -> None:
    for state, count in (("in_order", 2), ("due_soon", 1), ("overdue", 1), ("unreviewed", 1)):
        row = next(line for line in dashboard.splitlines() if f"reviews__total--{state}" in line)
        assert f'<span class="reviews__number">{count}</span>' in row
    assert dashboard.count('<tr class="reviews__page') == 5


def test_one_page_of_many_still_has_a_bar(full_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    many = [_page(f"docs/{number}.md", "A", "platform-lead") for number in range(99)]
    pages = [*many, full_site.pages["old.md"]]
    addresses = {page.path: page.path.removeprefix("docs/") for page in pages}
    registers = replace(full_site.registers, reviews=reviews_of(pages))
    site = replace(
        full_site,
        registers=registers,
        pages={page.path: page for page in pages},
        addresses=addresses,
    )
    shown = str(review_dashboard(MacroContext(site, "en", pages[0], "a/")))
    bars = [line.partition("reviews__bar--")[2].partition('"')[0] for line in shown.splitlines()]
    assert [bar for bar in bars if bar] == ["20", "0", "0", "1", "0", "0"]


def test_a_page_that_no_record_backs_has_no_due_day(full_site: Site) -> None:
    bare = replace(full_site, registers=replace(full_site.registers, reviews=Reviews()))
    shown = str(review_dashboard(MacroContext(bare, "en", full_site.pages["index.md"], "./")))
    assert shown.count('class="reviews__state reviews__state--unreviewed"') == len(full_site.pages)
    assert calendars(bare, STAMP) == {}


def test_a_page_whose_text_was_not_reviewed_is_not_in_order(full_site: Site) -> None:
    page = full_site.pages["policy/work.md"]
    changed = replace(page, text=f"{page.text}\nOne sentence more.\n")
    site = replace(full_site, pages={"policy/work.md": changed})
    shown = str(review_dashboard(MacroContext(site, "en", changed, "./")))
    assert '<td class="reviews__state reviews__state--changed">Changed since its review</td>' in shown
    assert '<tr class="reviews__page reviews__page--changed ' in shown
    (event,) = _read_back(calendars(site, STAMP)["reviews.ics"]).events
    assert "changed since its last review" in str(event["summary"])


def test_the_dashboard_groups_by_owner_and_by_section_of_the_navigation(dashboard: str) -> None:
    groups = [line for line in dashboard.splitlines() if "reviews__group" in line]
    names = [line.partition('<th scope="row">')[2].partition("</th>")[0] for line in groups]
    assert names == [
        "Communications lead",
        "Legal lead",
        "No owner",
        "Platform lead",
        "Attic",
        "Policy",
        "Start",
    ]


def test_the_dashboard_leads_from_a_page_in_any_language_to_pages_and_calendars(dashboard: str) -> None:
    for address in (
        "../../../reviews.ics",
        "../../../reviews/platform-lead.ics",
        "../../../old/",
        "../../../",
    ):
        assert f'href="{address}"' in dashboard
    assert 'href="./" lang="fr"' in dashboard
    assert "legal-lead.ics" not in dashboard


def test_the_dashboard_of_an_edition_leads_to_calendars_beside_it(full_site: Site, tmp_path: Path) -> None:
    own = Manifest(edition="2026.1", commit="0" * 40, published=TODAY, effective=TODAY, pages=(), files={})
    manifests = tmp_path / "manifests.json"
    manifests.write_bytes(build_input([], own))
    build = EditionBuild(own.name, manifests, tmp_path, SourceRepository(tmp_path), "gh-pages", 0)
    site = replace(full_site, editions=EditionsForBuild(tmp_path, build))
    page = full_site.pages["policy/work.md"]
    shown = str(review_dashboard(MacroContext(site, "en", page, "policy/work/")))
    for address in ("../../../reviews.ics", "../../../reviews/platform-lead.ics"):
        assert f'href="{address}"' in shown


def test_a_title_is_text_on_the_dashboard(full_site: Site) -> None:
    page = _page("docs/index.md", "R&D &lt;b&gt;", "communications-lead")
    shown = str(
        review_dashboard(MacroContext(replace(full_site, pages={"index.md": page}), "en", page, "./"))
    )
    assert ">R&amp;D &amp;lt;b&amp;gt;</a>" in shown


def test_open_reviews_say_who_has_read_and_who_has_not(full_site: Site) -> None:
    record = ReviewRecord(
        started=TODAY,
        pages=["docs/policy/work.md", "docs/gone.md"],
        readings={"platform-lead": Reading(date=TODAY), "legal-lead": None, "stranger": None},
    )
    review_file = ReviewFile("registers/reviews/2026-11-20-policy.yml", record, LocatedMapping())
    site = replace(full_site, registers=replace(full_site.registers, reviews=Reviews([review_file])))
    shown = str(open_reviews(MacroContext(site, "en", full_site.pages["index.md"], "audit/reviews/")))
    assert '<th scope="row">2026-11-20-policy</th>' in shown
    assert '<a href="../../policy/work/">' in shown
    assert "<br>docs/gone.md</td>" in shown
    assert "<td>Platform lead</td><td>Legal lead, stranger</td>" in shown


def test_open_questions_are_counted_and_lead_to_their_pages(full_site: Site) -> None:
    register = OpenQuestions(
        {
            1: OpenQuestion(question="May I & you?", page="docs/policy/work.md", asked_on=TODAY, count=2),
            2: OpenQuestion(question="Who pays?", page="docs/gone.md", asked_on=TODAY),
            3: OpenQuestion(question="Où ?", asked_on=TODAY, language="fr"),
        }
    )
    site = replace(full_site, registers=replace(full_site.registers, open_questions=register))
    shown = str(open_questions(MacroContext(site, "en", full_site.pages["index.md"], "")))
    assert "<p>Open questions: 3</p>" in shown
    assert 'May I &amp; you?</th><td><a href="policy/work/">' in shown
    assert '<th scope="row" lang="fr">Où ?</th>' in shown
    assert "</td><td>2</td></tr>" in shown
    assert "<td>docs/gone.md</td>" in shown
    assert "<td>no page</td>" in shown
    none = replace(full_site, registers=replace(full_site.registers, open_questions=OpenQuestions()))
    assert open_questions(MacroContext(none, "fr")) == "<p>Aucune question n’attend de réponse ici.</p>"


@pytest.mark.parametrize(
    ("language", "signs", "decides"), [("en", "sign", "decide"), ("fr", "signer", "décider")]
)
def test_the_forms_are_those_of_the_next_step(
    full_site: Site, language: str, signs: str, decides: str
) -> None:
    read = {"platform-lead": Reading(date=TODAY)}
    paths = ["docs/policy/work.md", "docs/gone.md"]
    waiting = ReviewRecord(pages=paths, readings={**read, "legal-lead": None})
    shown = []
    for step in (waiting, ReviewRecord(pages=paths, readings=dict(read))):
        review_file = ReviewFile("registers/reviews/2026-11-20-policy.yml", step, LocatedMapping())
        site = replace(full_site, registers=replace(full_site.registers, reviews=Reviews([review_file])))
        here = MacroContext(site, language, full_site.pages["index.md"], "audit/sign/")
        shown.append(str(reading_forms(here)))
    assert all('<a href="../../policy/work/">' in html for html in shown)
    assert all("### docs/policy/work.md (" in html for html in shown)
    assert [f"/{signs} legal-lead" in html for html in shown] == [True, False]
    assert [f"/{decides}\n" in html for html in shown] == [False, True]
    assert ["### docs/gone.md\n" in html for html in shown] == [False, True]


def test_a_verdict_that_the_meeting_did_not_follow_is_shown_with_its_words(full_site: Site) -> None:
    text = record({"docs/policy/work.md": TEXT}, TODAY, ("platform-lead", "stranger"))
    text = text.replace("outcome: unchanged", "outcome: changed").replace("it saves a", "it <b>saves</b> a")
    reviews = Reviews([parse_record("registers/reviews/2026-11-20-policy.yml", text)])
    site = replace(full_site, registers=replace(full_site.registers, reviews=reviews))
    shown = str(dissents(MacroContext(site, "fr", full_site.pages["index.md"], "audit/reviews/")))
    assert shown.count("<td>garder</td>") == shown.count("<td>modifiée</td>") == 2
    assert "<td>stranger</td>" in shown
    assert "it &lt;b&gt;saves&lt;/b&gt; a" in shown
    empty = replace(full_site, registers=replace(full_site.registers, reviews=Reviews()))
    assert "<table" not in str(dissents(MacroContext(empty, "en", full_site.pages["index.md"])))


def test_without_an_open_review_the_page_says_so(full_site: Site) -> None:
    site = site_of(replace(full_site.registers, reviews=Reviews()))
    assert open_reviews(MacroContext(site, "fr")) == "<p>Aucune relecture n’est en cours.</p>"
