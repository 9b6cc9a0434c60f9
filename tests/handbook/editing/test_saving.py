"""Where the editor saves, by what organization.yml says about the repository."""

import pytest

from handbook.editing.saving import saving_of
from handbook.errors import HandbookError
from handbook.registers.organization import Organization
from handbook.registers.services import Editor
from macros.context.site import Site


@pytest.fixture
def organization(site: Site) -> Organization:
    return site.organization


def at(organization: Organization, address: str, **settings: object) -> Organization:
    told = {"repository": address, "repository_service": None, "editor": Editor(), **settings}
    return organization.model_copy(update=told)


@pytest.mark.parametrize(
    ("address", "service", "name", "path", "api"),
    [
        ("https://github.com/a/b", None, "github", "a/b", "https://api.github.com"),
        ("https://github.com/a/b.git", None, "github", "a/b", "https://api.github.com"),
        ("https://gitlab.com/a/b/c/", None, "gitlab", "a/b/c", "https://gitlab.com/api/v4"),
        (
            "https://git.example.org:8443/a/b",
            "github",
            "github",
            "a/b",
            "https://git.example.org:8443/api/v3",
        ),
        ("https://git.example.org/a/b", "gitlab", "gitlab", "a/b", "https://git.example.org/api/v4"),
    ],
)
def test_it_saves_to_the_repository_by_requests(
    organization: Organization, address: str, service: str | None, name: str, path: str, api: str
) -> None:
    saving = saving_of(at(organization, address, repository_service=service))
    assert saving.settings() == {
        "name": name,
        "repo": path,
        "branch": "main",
        "api_root": api,
        "auth_methods": ["token"],
    }
    assert saving.makes_requests
    assert api.startswith(saving.api_host)
    assert saving.api_host.count("/") == 2


def test_on_forgejo_it_saves_to_a_branch_that_nobody_publishes(organization: Organization) -> None:
    address = "https://codeberg.org/a/b"
    saving = saving_of(at(organization, address, editor=Editor(branch="edits")))
    assert (saving.settings()["name"], saving.settings()["branch"]) == ("gitea", "edits")
    assert saving.settings()["api_root"] == "https://codeberg.org/api/v1"
    assert not saving.makes_requests
    for editor in (Editor(), Editor(branch="main")):
        with pytest.raises(HandbookError, match=r"editor: \{branch: edits\}"):
            saving_of(at(organization, address, editor=editor))


def test_people_sign_in_as_the_organization_set_up(organization: Organization) -> None:
    github = saving_of(
        at(
            organization,
            "https://github.com/a/b",
            editor=Editor(sign_in_address="https://s.example.org/auth"),
        )
    ).settings()
    assert github["base_url"] == "https://s.example.org"
    assert github["auth_endpoint"] == "auth"
    gitlab = saving_of(at(organization, "https://gitlab.com/a/b", editor=Editor(application="3f"))).settings()
    assert gitlab["auth_type"] == "pkce"
    assert (gitlab["base_url"], gitlab["app_id"]) == ("https://gitlab.com", "3f")
    assert github["auth_methods"] == gitlab["auth_methods"] == ["oauth", "token"]


@pytest.mark.parametrize(
    ("address", "settings", "message"),
    [
        ("https://git.example.org/a/b", {}, "repository_service"),
        ("https://bitbucket.org/a/b", {}, "it saves to github.com, gitlab.com, and codeberg.org"),
        ("https://github.com/a", {}, "ends in /a; write its address with an owner and a name"),
        ("https://github.com/a/b/c", {}, "an owner and a name"),
        ("https://gitlab.com/a", {}, "a group and a name"),
        ("https://x;script-src%20*.example.org/a/b", {"repository_service": "gitlab"}, "letters, digits"),
        ("https://user:word@gitlab.com/a/b", {"repository_service": "gitlab"}, "letters, digits"),
        ("https://github.com/a/b?x", {}, "letters, digits"),
        ("https://github.com/a/b", {"editor": Editor(application="x")}, "`application` under `editor`"),
        ("https://gitlab.com/a/b", {"editor": Editor(branch="x")}, "`branch` under `editor` does nothing"),
    ],
)
def test_what_it_cannot_save_to_is_said(
    organization: Organization, address: str, settings: dict[str, object], message: str
) -> None:
    with pytest.raises(HandbookError, match=message):
        saving_of(at(organization, address, **settings))
