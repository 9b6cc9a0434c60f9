"""The addresses at which a platform shows, and lets people edit, what is in a repository."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import quote, urlsplit

Service: TypeAlias = Literal["bitbucket", "forgejo", "github", "gitlab"]


@dataclass(frozen=True, slots=True)
class _Addresses:
    """What follows the address of a repository; None if the platform has no such address that we know."""

    pull_request: str
    edit: str | None = None
    folder: str | None = None


_ADDRESSES: Final[Mapping[Service, _Addresses]] = {
    "bitbucket": _Addresses("pull-requests"),
    "forgejo": _Addresses("pulls", "_edit/{branch}/{path}", "src/branch/{branch}/{path}"),
    "github": _Addresses("pull", "edit/{branch}/{path}", "tree/{branch}/{path}"),
    "gitlab": _Addresses("-/merge_requests", "-/edit/{branch}/{path}", "-/tree/{branch}/{path}"),
}
_HOSTS: Final[Mapping[str, Service]] = {
    "bitbucket.org": "bitbucket",
    "codeberg.org": "forgejo",
    "github.com": "github",
    "gitlab.com": "gitlab",
}


@dataclass(frozen=True, slots=True)
class SourceHost:
    """Where a repository is, its main branch, and the software of the platform; None if unknown."""

    repository: str
    branch: str = "main"
    named_service: Service | None = None

    def pull_request(self, number: int) -> str | None:
        """Return the address of a pull request, or None if it is not known."""
        known = self._addresses
        return f"{self.address}/{known.pull_request}/{number}" if known else None

    def editor(self, path: str) -> str | None:
        """Return the address at which a file can be edited, or a folder can be viewed; None if it is unknown.

        The path is from the top of the repository; that of a folder ends in a slash.
        """
        known = self._addresses
        form = known and (known.folder if path.endswith("/") else known.edit)
        if not form:
            return None
        place = form.format(branch=quote(self.branch), path=quote(path.rstrip("/")))
        return f"{self.address}/{place}"

    @property
    def service(self) -> Service | None:
        """Return the software of the platform: as it was named, or as its address tells; None if neither."""
        return self.named_service or _HOSTS.get(urlsplit(self.repository).hostname or "")

    @property
    def _addresses(self) -> _Addresses | None:
        return _ADDRESSES[self.service] if self.service else None

    @property
    def address(self) -> str:
        """Return the address of the repository as people open it."""
        return self.repository.removesuffix("/").removesuffix(".git")
