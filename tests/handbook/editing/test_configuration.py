"""The configuration of the editor: every key of a page, and choices from the registers."""

import json
from dataclasses import replace

import pytest

from handbook.editing.configuration import configuration, page_folders
from handbook.editing.fields import KINDS, fields
from handbook.errors import HandbookError
from handbook.registers.all_registers import Registers
from handbook.schemas.front_matter import PROPERTIES
from macros.context.site import Site
from tests.conftest import ROOT

BACKEND = {"name": "test-repo"}


def with_languages(site: Site, *languages: str) -> Registers:
    organization = site.organization.model_copy(update={"variants": list(languages)})
    organization.__dict__.pop("languages", None)
    organization.__dict__.pop("text_languages", None)
    return replace(site.registers, organization=organization)


def test_every_key_of_a_page_has_a_kind_in_the_same_order() -> None:
    assert list(KINDS) == list(PROPERTIES)


def test_every_folder_with_pages_is_a_collection_of_its_own(site: Site) -> None:
    paths = [file.relative_to(ROOT).as_posix() for file in (ROOT / "docs").rglob("*.md")]
    folders = page_folders([*paths, "docs/images/a.png"])
    assert "docs/policy" in folders
    assert not {"docs/audit", "docs/contributing", "docs/images"} & set(folders)
    collections = configuration(site.registers, folders, BACKEND, makes_requests=True)["sveltia"][
        "collections"
    ]
    assert [collection["folder"] for collection in collections] == folders
    names = [collection["name"] for collection in collections]
    assert len(set(names)) == len(names)
    assert collections[0]["name"] == "top"
    assert not any(collection["delete"] or collection["publish"] for collection in collections)


def test_without_a_page_there_is_nothing_to_edit(site: Site) -> None:
    with pytest.raises(HandbookError, match="no page to edit"):
        configuration(site.registers, [], BACKEND, makes_requests=True)


def test_requests_are_made_where_the_platform_has_them(site: Site) -> None:
    modes = [
        configuration(site.registers, ["docs"], BACKEND, makes_requests=makes)["sveltia"]["publish_mode"]
        for makes in (True, False)
    ]
    assert modes == ["editorial_workflow", "simple"]


@pytest.mark.parametrize(
    ("languages", "locales", "first", "creates"),
    [
        (["en"], ["en"], ["en"], True),
        (["en-GB", "fr-CA"], ["en", "fr"], ["en"], True),
        (["fr", "en"], ["en", "fr"], ["en", "fr"], True),
        (["fr"], ["en", "fr"], ["en", "fr"], False),
    ],
)
def test_files_without_a_suffix_are_in_english(
    site: Site, languages: list[str], locales: list[str], first: list[str], creates: bool
) -> None:
    registers = with_languages(site, *languages)
    settings = configuration(registers, ["docs"], BACKEND, makes_requests=True)["sveltia"]
    assert settings["i18n"] == {
        "structure": "multiple_files",
        "locales": locales,
        "default_locale": "en",
        "initial_locales": first,
        "omit_default_locale_from_file_path": True,
    }
    assert settings["collections"][0]["create"] is creates


def test_choices_come_from_the_registers(site: Site) -> None:
    made = {field["name"]: field for field in fields(site.registers)}
    roles = site.registers.owners.owners
    assert [option["value"] for option in made["owner"]["options"]] == list(roles)
    assert [option["value"] for option in made["sources"]["options"]] == list(site.registers.sources.sources)
    assert made["review_every"]["options"][0]["value"] == "1 month"
    assert [made[name]["multiple"] for name in ("owner", "review_every", "audience", "sources")] == [
        False,
        False,
        True,
        True,
    ]
    assert made["title"]["hint"] == PROPERTIES["title"]["description"]


def test_days_of_reviews_are_shown_and_not_written(site: Site) -> None:
    made = {field["name"]: field for field in fields(site.registers)}
    assert made["last_reviewed"]["readonly"]
    assert made["legal_review"]["readonly"]
    assert "readonly" not in made["title"]


def test_words_of_registers_stay_data(site: Site) -> None:
    """A title with markup is a text in JSON, whoever wrote it."""
    owner = next(iter(site.registers.owners.owners))
    hostile = '</script><script>alert(1)</script>"'
    changed = site.registers.owners.owners[owner].model_copy(update={"title": hostile})
    owners = site.registers.owners.model_copy(update={"owners": {owner: changed}})
    made = configuration(replace(site.registers, owners=owners), ["docs"], BACKEND, makes_requests=True)
    field = next(field for field in made["sveltia"]["collections"][0]["fields"] if field["name"] == "owner")
    assert json.loads(json.dumps(field["options"])) == [{"label": hostile, "value": owner}]
