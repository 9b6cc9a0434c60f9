"""What stands beside the editions on their branch: the list, and the way to the one in force."""

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import jsonschema
import pytest
from icalendar import Calendar, Event

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import read_manifest
from handbook.editions.tags import tag_message
from tests.conftest import PAGE
from tests.records import page_at, record, texts_of
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site, data, edition

Write = Callable[[str, str | bytes], Path]
NEW_YEAR = "1798822800"  # 2027-01-01 17:00 UTC


def _text(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def _show(git: Git, path: str) -> str:
    return git("show", f"gh-pages:{path}")


def test_the_list_says_without_scripts_from_when_to_when_each_edition_is_in_force(later: Git) -> None:
    second, first = _show(later, "editions/index.html").split("<tr data-edition=")[1:]
    assert _text(f"<tr {second}") == "2026.2 from Jan 1, 2027 Nov 20, 2026 2"
    assert _text(f"<tr {first}").startswith(
        "2026.1 Nov 20, 2026 to Dec 31, 2026 , then 2026.2 Nov 20, 2026 2"
    )
    french = _text(_show(later, "editions/fr/index.html"))
    assert "2026.1 du 20 nov. 2026 au 31 déc. 2026 , puis 2026.2" in french


def test_the_list_for_programs_fits_its_schema(later: Git) -> None:
    listed = json.loads(_show(later, "editions/editions.json"))
    schema = json.loads(_show(later, f"editions/{listed['$schema']}"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(listed, schema, jsonschema.Draft202012Validator)
    del listed["editions"][0]["tag"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(listed, schema, jsonschema.Draft202012Validator)


def test_every_link_of_the_list_leads_to_a_file(later: Git) -> None:
    files = set(later("ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    for path in ("editions/index.html", "editions/fr/index.html"):
        links = re.findall(r'(?:href|src|data-list)="([^"]*)"', _show(later, path))
        assert len(links) > 7
        for link in set(links) - {"data:,"}:
            there = urljoin(f"/{path}", link).removeprefix("/").replace("latest/", "2026.1/")
            assert (f"{there}index.html" if there.endswith("/") else there) in files, link


def test_latest_waits_for_the_day_of_effect(later: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _show(later, "latest") == "2026.1"
    assert [row["aliases"] for row in json.loads(_show(later, "versions.json"))] == [[], ["latest"]]
    before = later("rev-parse", "gh-pages")
    assert edition(later, "refresh").stdout == "latest leads to 2026.1, as it should\n"
    assert later("rev-parse", "gh-pages") == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    late = edition(later, "verify")
    assert (late.exit_code, late.stderr) == (
        0,
        "latest does not lead to 2026.2 yet; run `handbook edition refresh`\n",
    )
    assert edition(later, "refresh").stdout == "latest leads to 2026.2 now\n"
    assert _show(later, "latest") == "2026.2"
    assert [row["aliases"] for row in json.loads(_show(later, "versions.json"))] == [["latest"], []]
    assert later("rev-list", "--count", f"{before.strip()}..gh-pages") == "1\n"
    assert (edition(later, "verify").exit_code, edition(later, "verify").stderr) == (0, "")
    assert "as it should" in edition(later, "refresh").stdout


def _first_event(git: Git, path: str = "reviews.ics") -> Event:
    calendar = Calendar.from_ical(_show(git, path))
    return next(event for event in calendar.events if "A page" in str(event["summary"]))


def test_a_closed_review_is_in_the_calendars_beside_the_editions_at_once(published: Git) -> None:
    assert _show(published, "reviews.ics") == _show(published, "2026.1/reviews.ics")
    before = _first_event(published)
    page = published.root / "docs" / "index.md"
    page.write_text(page.read_text("utf-8").replace("2026-10-14", "2026-11-19"), "utf-8")
    day, texts = datetime.date(2026, 11, 19), texts_of([page_at(published.root, "docs/index.md")])
    review = published.root / "registers" / "reviews" / f"{day}-index.yml"
    review.write_text(record(texts, day), "utf-8")
    published.commit("2026-11-20")
    refreshed = edition(published, "refresh")
    assert (refreshed.exit_code, "calendars brought up to date: 2" in refreshed.stdout) == (0, True)
    after = _first_event(published)
    assert (after["uid"], str(after.DTSTART)) == (before["uid"], "2027-05-19")
    assert [str(event["sequence"]) for event in (before, after)] == ["0", "1"]
    assert (before["last-modified"].to_ical(), after["last-modified"].to_ical()) == (
        b"20261101T120000Z",
        b"20261120T120000Z",
    )
    assert str(_first_event(published, "2026.1/reviews.ics").DTSTART) == "2027-04-14"
    assert edition(published, "verify").exit_code == 0
    tip = published("rev-parse", "gh-pages")
    assert "as it should" in edition(published, "refresh").stdout
    assert published("rev-parse", "gh-pages") == tip


def test_the_calendar_of_a_role_without_pages_goes_and_a_change_without_a_due_day_writes_nothing(
    published: Git,
) -> None:
    (published.root / "organization.yml").write_text(
        (published.root / "organization.yml").read_text("utf-8") + "# A comment.\n", "utf-8"
    )
    published.commit("2026-11-20")
    assert "as it should" in edition(published, "refresh").stdout
    for path in ("docs/index.md", "docs/other.md"):
        page = published.root / path
        page.write_text(page.read_text("utf-8").replace("platform-lead", "legal-lead"), "utf-8")
    published.commit("2026-11-20")
    assert edition(published, "refresh").exit_code == 0
    files = published("ls-tree", "-r", "--name-only", "gh-pages", "reviews/").split()
    assert files == ["reviews/legal-lead.ics"]


def test_a_main_branch_that_cannot_be_read_keeps_nobody_from_the_edition_in_force(
    later: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    (later.root / "registers" / "owners.yml").write_text("owners: 1\n", "utf-8")
    later.commit("2026-11-20")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    refreshed = edition(later, "refresh")
    assert refreshed.stdout == "latest leads to 2026.2 now\n"
    assert "registers/owners.yml" in refreshed.stderr


def test_publishing_moves_latest_when_the_day_has_come(later: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    assert edition(later, "publish", "--effective", "2027-02-01").exit_code == 0
    assert _show(later, "latest") == "2026.2"
    assert edition(later, "verify").exit_code == 0


def test_until_the_first_edition_takes_effect_latest_leads_to_the_list(
    source: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert edition(source, "publish", "--effective", "2027-01-01").exit_code == 0
    assert _show(source, "latest") == "editions"
    assert "latest/" not in _show(source, "editions/index.html") + _show(source, "404.html")
    assert 'href="/2026.1/assets/' in _show(source, "404.html")
    assert edition(source, "verify").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    assert edition(source, "refresh").exit_code == 0
    assert _show(source, "latest") == "2026.1"
    assert edition(source, "verify").exit_code == 0


def test_two_clones_verify_and_refresh_alike(
    later: Git, clone: Callable[..., Git], monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = clone()
    elsewhere("config", "user.name", "Deputy")
    elsewhere("config", "user.email", "deputy@example.org")
    assert edition(elsewhere, "verify").stdout == edition(later, "verify").stdout
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    assert edition(elsewhere, "refresh").exit_code == edition(later, "refresh").exit_code == 0
    assert elsewhere("rev-parse", "gh-pages^{tree}") == later("rev-parse", "gh-pages^{tree}")
    elsewhere("fetch", "--quiet")
    assert "run `git fetch origin gh-pages:gh-pages`" in edition(elsewhere, "refresh").stderr


@pytest.mark.parametrize(
    "path",
    ["editions/fr/index.html", "editions/editions.json", "editions/editions.js", "index.html", "404.html"],
)
def test_a_changed_byte_beside_the_editions_is_found_and_named(published: Git, path: str) -> None:
    change_site(published, path, lambda data: data.replace(b"e", b"a", 1))
    result = edition(published, "verify")
    assert result.exit_code == 1
    assert f"{path}: was changed since 2026.1 was published\n" in result.stdout
    assert {"edition": None, "path": path, "message": "was changed since 2026.1 was published"} in data(
        published, "verify"
    )["differences"]
    assert edition(published, "verify", "2026.1").exit_code == 0
    assert f"publishing would overwrite {path} on gh-pages" in edition(published, "publish").stderr


def _lead_elsewhere(git: Git) -> None:
    (git.root / "latest").unlink()
    (git.root / "latest").symlink_to("2026.2")


def _list_elsewhere(git: Git) -> None:
    file = git.root / "versions.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"latest"', ""), encoding="utf-8")


def _break_versions(git: Git) -> None:
    (git.root / "versions.json").write_text('["version"]', encoding="utf-8")


def _add(git: Git) -> None:
    (git.root / "editions" / "new\x1b[2J.html").write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_lead_elsewhere, "latest: leads to 2026.2; run `handbook edition refresh` to lead to 2026.1"),
        (_list_elsewhere, "versions.json: says that latest leads elsewhere than it does"),
        (_break_versions, "versions.json: versions.json on the branch of editions cannot be read"),
        (_add, "editions/new\\x1b[2J.html: was added since 2026.2 was published"),
    ],
)
def test_what_leads_readers_elsewhere_is_found(later: Git, change: Callable[[Git], None], told: str) -> None:
    later("switch", "--quiet", "gh-pages")
    change(later)
    later.commit()
    later("switch", "--quiet", "main")
    result = edition(later, "verify")
    assert (
        result.exit_code,
        told.replace("2026.1 was published", "2026.2 was published") in result.stdout,
    ) == (
        1,
        True,
    ), result.output


def test_a_list_that_agrees_with_its_manifest_and_not_with_its_source_is_found(published: Git) -> None:
    """Somebody who may write everything lets the list say something else, and vouches for it."""
    manifest = read_manifest(_show(published, "2026.1/edition.json").encode())
    page = _show(published, "editions/index.html").replace("Nov 20, 2026", "Nov 1, 2026").encode()
    forged = manifest.model_copy(update={"top": {**manifest.top, "editions/index.html": sha256(page)}})
    change_site(published, "editions/index.html", lambda _: page)
    change_site(published, "2026.1/edition.json", lambda _: forged.as_bytes())
    message = tag_message(forged)
    published("tag", "--force", "--annotate", "--message", message, "edition-2026.1", "main")
    assert edition(published, "verify").exit_code == 0
    result = edition(published, "verify", "--rebuild")
    assert result.exit_code == 1
    assert "editions/index.html was changed, compared with a new build from the tag" in result.stdout


def test_a_page_that_somebody_else_put_there_is_not_written_over(source: Git) -> None:
    source("switch", "--quiet", "--orphan", "gh-pages")
    (source.root / "index.html").write_text("Our own", encoding="utf-8")
    source.commit()
    source("switch", "--quiet", "main")
    result = edition(source, "publish")
    assert result.exit_code == 2
    assert "publishing would overwrite index.html on gh-pages" in result.stderr
    assert _show(source, "index.html") == "Our own"


def test_a_hostile_name_of_the_organization_is_only_text(source: Git, write: Write) -> None:
    name = "A\"onload=alert(1) x='&lt;script&gt;"
    text = (source.root / "organization.yml").read_text(encoding="utf-8")
    write("organization.yml", re.sub(r"(?m)^name:.*$", lambda _: f"name: {json.dumps(name)}", text, count=1))
    source.commit()
    assert edition(source, "publish").exit_code == 0
    for path in ("editions/index.html", "editions/fr/index.html", "index.html"):
        page = _show(source, path)
        assert "A&#34;onload=alert(1) x=&#39;&amp;lt;script&amp;gt;" in page
        assert 'A"onload' not in page
    assert json.loads(_show(source, "editions/editions.json"))["organization"] == name


def test_the_missing_page_at_the_top_leads_to_the_edition_in_force_with_styles_that_stay(later: Git) -> None:
    page = _show(later, "404.html")
    folders = set(re.findall(r'(?:href|src|action|data-search-index)="(/[^/"]*/)', page))
    assert folders == {"/latest/", "/2026.2/"}
    assert set(re.findall(r'"/2026\.2/([^/]*)/', page)) == {"assets"}
    assert "/latest/" not in _show(later, "2026.2/404.html")


def test_a_page_names_its_edition_and_leads_to_the_list(later: Git) -> None:
    for name, day in (("2026.1", "Nov 20, 2026"), ("2026.2", "Jan 1, 2027")):
        page = _show(later, f"{name}/other/index.html")
        assert f"Edition {name}, from {day} ( all editions )" in _text(page)
        assert '<a href="../../editions/">all editions</a>' in page
        # What is changed is not the edition, which stays as it is.
        assert "(you see its text of today, not that of this edition)" in page
    french = _show(later, "2026.1/fr/other/index.html")
    assert '<a href="../../../editions/fr/">toutes les éditions</a>' in french


def test_an_edition_lists_itself_and_those_before_it(published: Git, write: Write) -> None:
    # The text differs from the one that was reviewed, which is a warning and blocks nothing.
    write("docs/index.md", PAGE.replace("Text.", "{{ editions() }}"))
    published.commit(day="2026-11-19")
    assert edition(published, "publish").exit_code == 0
    assert edition(published, "publish", "--effective", "2027-01-01").exit_code == 0
    second, third = (_text(_show(published, f"{name}/index.html")) for name in ("2026.2", "2026.3"))
    assert "2026.2 (this one) from Nov 20, 2026 2" in second
    assert "2026.1 never: 2026.2 replaced it on Nov 20, 2026 , the same day 2" in second
    assert "2026.3" not in second
    assert "2026.3 (this one) from Jan 1, 2027 2" in third
    assert "2026.2 Nov 20, 2026 to Dec 31, 2026 , then 2026.3 2" in third
    assert '<a href="../2026.1/">2026.1</a>' in _show(published, "2026.2/index.html")
    result = edition(published, "verify", "2026.3", "--rebuild")
    assert result.exit_code == 0, result.output
