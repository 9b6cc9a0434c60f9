"""Urgent editions, which take effect before one that waits for its day, and editions that are withdrawn."""

import json
import re

import pytest

from handbook.editions.manifest import read_manifest
from handbook.editions.tags import tag_message
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site, data, edition

NEW_YEAR = "1798822800"  # 2027-01-01 17:00 UTC


def test_an_urgent_edition_comes_before_one_that_waits(later: Git) -> None:
    plan = edition(later, "plan", "--no-build")
    assert (plan.exit_code, "2026.2 takes effect on 2027-01-01, without" in plan.stdout) == (0, True)
    result = edition(later, "publish")
    assert (result.exit_code, "--withdraw 2026.2 stops it" in result.stderr) == (0, True)
    assert later("show", "gh-pages:latest") == "2026.3"
    assert data(later, "in-force", "2026-12-31")["edition"] == "2026.3"
    assert data(later, "in-force", "2027-01-01")["edition"] == "2026.2"
    assert edition(later, "verify").exit_code == 0


def test_one_that_waits_is_withdrawn_and_never_takes_effect(
    later: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = edition(later, "publish", "--withdraw", "2026.2")
    assert (result.exit_code, "stops it" in result.output) == (0, False)
    assert data(later, "in-force", "2027-01-01")["edition"] == "2026.3"
    assert "withdrawn by 2026.3" in edition(later, "list").stdout
    listed = json.loads(later("show", "gh-pages:editions/editions.json"))["editions"]
    assert [row["in_force_from"] for row in listed] == ["2026-11-20", None, None]
    page = " ".join(re.sub("<[^>]*>", " ", later("show", "gh-pages:editions/index.html")).split())
    assert "never: 2026.3 withdrew it before its day" in page
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEW_YEAR)
    assert edition(later, "refresh").stdout == "latest leads to 2026.3, as it should\n"
    result = edition(later, "verify", "--rebuild")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", ["2026.1", "2026.9"])
def test_only_an_edition_that_waits_is_withdrawn(later: Git, name: str) -> None:
    before = later("for-each-ref")
    result = edition(later, "publish", "--withdraw", name)
    assert (result.exit_code, f"{name} does not wait for its day" in result.stderr) == (2, True)
    assert later("for-each-ref") == before


def test_an_edition_that_took_effect_and_is_withdrawn_by_hand_is_found(later: Git) -> None:
    manifest = read_manifest(later("show", "gh-pages:2026.2/edition.json").encode())
    forged = manifest.model_copy(update={"withdraws": ("2026.1",)})
    change_site(later, "2026.2/edition.json", lambda _: forged.as_bytes())
    message = tag_message(forged)
    later("tag", "--force", "--annotate", "--message", message, "edition-2026.2", manifest.commit)
    result = edition(later, "verify")
    assert (result.exit_code, "2026.2/edition.json: withdraws 2026.1" in result.stdout) == (1, True)
