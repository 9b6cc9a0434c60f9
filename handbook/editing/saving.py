"""Where the editor saves: the API of the platform that keeps the repository, and how people sign in there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from handbook.errors import HandbookError
from handbook.git.source_hosts import Service
from handbook.registers.organization import Organization
from handbook.registers.services import Editor

# The names that Sveltia CMS has for the software of platforms.
_NAMES: Final[Mapping[Service, str]] = {"forgejo": "gitea", "github": "github", "gitlab": "gitlab"}
_API: Final[Mapping[Service, str]] = {"forgejo": "/api/v1", "github": "/api/v3", "gitlab": "/api/v4"}
_GITHUB: Final = "https://github.com"
_GITHUB_API: Final = "https://api.github.com"
# It saves every change on a branch of its own, with a request to merge it, on these.
_WITH_REQUESTS: Final = ("github", "gitlab")
# The settings under `editor` that each platform has a use for.
_SETTINGS: Final[Mapping[Service, tuple[str, ...]]] = {
    "forgejo": ("application", "branch"),
    "github": ("sign_in_address",),
    "gitlab": ("application",),
}
# The host becomes a part of the content security policy, so nothing else may be in it.
_PARTS: Final = re.compile(r"(?P<host>https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/(?P<path>[A-Za-z0-9._/-]+)")
_CHOICES: Final = (
    "it saves to github.com, gitlab.com, and codeberg.org, or to a server of yours if `repository_service` "
    "says github, gitlab, or forgejo"
)


@dataclass(frozen=True, slots=True)
class Saving:
    """A repository as the editor reaches it: `api` is where it asks, `path` names the repository there."""

    service: Service
    host: str
    path: str
    branch: str
    editor: Editor

    @property
    def api(self) -> str:
        """Return the address below which the editor calls the platform."""
        return _GITHUB_API if self.host == _GITHUB else f"{self.host}{_API[self.service]}"

    @property
    def api_host(self) -> str:
        """Return the address of the only other host that the editor may ask."""
        return _GITHUB_API if self.host == _GITHUB else self.host

    @property
    def makes_requests(self) -> bool:
        """Tell whether a change becomes a branch and a request to merge it."""
        return self.service in _WITH_REQUESTS

    def settings(self) -> dict[str, Any]:
        """Return the settings of the backend of Sveltia CMS."""
        known = {"name": _NAMES[self.service], "repo": self.path, "branch": self.branch, "api_root": self.api}
        sign_in = self._sign_in()
        return {**known, "auth_methods": ["oauth", "token"] if sign_in else ["token"], **sign_in}

    def _sign_in(self) -> dict[str, str]:
        """Return how people sign in without a token; nothing if that is not set up."""
        if self.editor.sign_in_address:
            parts = urlsplit(self.editor.sign_in_address)
            path = {"auth_endpoint": parts.path.strip("/")} if parts.path.strip("/") else {}
            return {"base_url": f"{parts.scheme}://{parts.netloc}", **path}
        if self.editor.application:
            pkce = {"auth_type": "pkce"} if self.service == "gitlab" else {}
            return {"base_url": self.host, "app_id": self.editor.application, **pkce}
        return {}


def saving_of(organization: Organization) -> Saving:
    """Return where the editor saves.

    Raises:
        HandbookError: if `organization.yml` does not say it, or names a platform that the editor cannot use.

    """
    service, address = organization.source_host.service, organization.source_host.address
    if service is None or service not in _NAMES:
        named = f"`repository_service: {service}`" if service else f"`repository: {address}`"
        raise _refused(f"{named}; {_CHOICES}")
    parts = _PARTS.fullmatch(address)
    if not parts:
        raise _refused(f"`repository: {address}`; write it with letters, digits, and . _ - / alone")
    path = parts["path"].strip("/")
    _require_names(path, service)
    _require_fitting(service, organization.editor)
    branch = organization.repository_branch
    return Saving(service, parts["host"], path, _branch(service, organization, branch), organization.editor)


def _refused(reason: str) -> HandbookError:
    return HandbookError(f"organization.yml: the editor cannot save to {reason}")


def _require_names(path: str, service: Service) -> None:
    names = path.split("/")
    if len(names) < 2 or (service != "gitlab" and len(names) > 2):
        owner = "a group" if service == "gitlab" else "an owner"
        raise _refused(
            f"`repository`, which ends in /{path}; write its address with {owner} and a name, "
            f"such as https://{service}.example.org/communications/handbook"
        )


def _require_fitting(service: Service, editor: Editor) -> None:
    """Refuse a setting that would have no effect."""
    for name in type(editor).model_fields:
        if getattr(editor, name) and name not in _SETTINGS[service]:
            useful = " and ".join(f"`{setting}`" for setting in _SETTINGS[service])
            raise HandbookError(
                f"organization.yml: `{name}` under `editor` does nothing on {service}, which has a use for "
                f"{useful}; take it out"
            )


def _branch(service: Service, organization: Organization, main: str) -> str:
    """Return the branch that changes are requested for, or, on a platform without requests, that they go to.

    Nobody could approve what is saved to the main branch itself.
    """
    if service in _WITH_REQUESTS:
        return main
    if organization.editor.branch in (None, main):
        raise HandbookError(
            f"organization.yml: on {service}, the editor saves to a branch, and nobody has to approve it; "
            f"write `editor: {{branch: edits}}`, and let somebody merge it into {main} by a pull request"
        )
    return str(organization.editor.branch)
