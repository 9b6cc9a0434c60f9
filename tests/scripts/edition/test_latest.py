"""`latest` as a copy or as pages that lead elsewhere, for hosts that refuse links."""

from urllib.parse import urljoin

import pytest

from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site, data, edition

NEW_YEAR = "1798822800"  # 2027-01-01 17:00 UTC


def _objects(git: Git, folder: str) -> str:
    return git("ls-tree", "-r", f"gh-pages:{folder}")


def _paths(git: Git, folder: str) -> list[str]:
    return git("ls-tree", "-r", "--name-only", f"gh-pages:{folder}").splitlines()


def _publish(git: Git, form: str, *options: str) -> None:
    done = edition(git, "publish", "--latest", form, *options)
    assert done.exit_code == 0, done.output


def _verify(git: Git) -> str:
    done = edition(git, "verify")
    return "" if done.exit_code == 0 else done.output


def test_a_copy_is_the_edition_byte_for_byte(source: Git) -> None:
    _publish(source, "copy")
    assert _objects(source, "latest") == _objects(source, "2026.1")
    assert "120000" not in source("ls-tree", "-r", "gh-pages")
    assert _verify(source) == ""


def test_pages_lead_to_the_pages_of_the_edition(source: Git) -> None:
    _publish(source, "redirect")
    pages = [path for path in _paths(source, "2026.1") if path.endswith(".html")]
    paths = [path for path in _paths(source, "2026.1") if path.startswith("search/")]
    assert "search/en.json" in paths  # The missing page at the top searches there: no page leads a script.
    assert _paths(source, "latest") == sorted([*pages, *paths])
    assert _objects(source, "latest/search") == _objects(source, "2026.1/search")
    assert "120000" not in source("ls-tree", "-r", "gh-pages")
    for page in pages:
        text = source("show", f"gh-pages:latest/{page}")
        goal = text.partition("; url=")[2].partition('"')[0]
        assert urljoin(f"/latest/{page}", goal) == f"/2026.1/{page.removesuffix('index.html')}"
        assert "<script" not in text
    assert _verify(source) == ""


@pytest.mark.parametrize("form", ["copy", "redirect"])
def test_an_edition_that_takes_effect_later_moves_it_in_the_same_form(
    source: Git, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    _publish(source, form)
    assert edition(source, "publish", "--effective", "2027-01-01").exit_code == 0
    first = _objects(source, "latest")
    assert edition(source, "refresh").stdout == "latest leads to 2026.1, as it should\n"
    assert _verify(source) == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    assert edition(source, "refresh").stdout == "latest leads to 2026.2 now\n"
    assert _objects(source, "latest") != first
    assert source("ls-tree", "gh-pages", "latest").startswith("040000 tree")
    if form == "copy":
        assert _objects(source, "latest") == _objects(source, "2026.2")
    assert edition(source, "refresh").stdout == "latest leads to 2026.2, as it should\n"
    assert _verify(source) == ""


@pytest.mark.parametrize("form", ["copy", "redirect"])
def test_until_the_first_edition_takes_effect_it_is_the_list(source: Git, form: str) -> None:
    _publish(source, form, "--effective", "2027-01-01")
    assert "index.html" in _paths(source, "latest")
    assert _verify(source) == ""


@pytest.mark.parametrize(("before", "after"), [("link", "copy"), ("copy", "redirect"), ("redirect", "link")])
def test_the_next_edition_can_choose_another_form(source: Git, before: str, after: str) -> None:
    _publish(source, before)
    _publish(source, after)
    kind = "120000 blob" if after == "link" else "040000 tree"
    assert source("ls-tree", "gh-pages", "latest").startswith(kind)
    assert _verify(source) == ""


@pytest.mark.parametrize("form", ["copy", "redirect"])
def test_whoever_changes_a_page_of_it_is_found_and_it_is_written_anew(source: Git, form: str) -> None:
    _publish(source, form)
    before = _objects(source, "latest")
    change_site(source, "latest/other/index.html", lambda data: data + b"<!-- changed -->")
    assert "latest" in _verify(source)
    assert edition(source, "refresh").stdout == "latest leads to 2026.1 now\n"
    assert _objects(source, "latest") == before
    assert _verify(source) == ""


@pytest.mark.parametrize("form", ["copy", "redirect"])
def test_where_it_led_in_the_course_of_a_day_is_known_in_every_form(
    source: Git, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    for moment in ("2026-11-20T14:12:00+00:00", "2026-11-20T20:30:00+00:00"):
        monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
        _publish(source, form)
    live = data(source, "in-force", "2026-11-20")["live"]
    assert [row["target"] for row in live] == ["2026.1", "2026.2"]
