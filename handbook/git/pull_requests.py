"""The addresses of pull requests, on hosts that are known."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

# The part between the address of a repository and the number.
_PATHS: Final[Mapping[str, str]] = {
    "bitbucket.org": "pull-requests",
    "codeberg.org": "pulls",
    "github.com": "pull",
    "gitlab.com": "-/merge_requests",
}


def pull_request_address(repository: str, number: int) -> str | None:
    """Return the address of a pull request, or None if the host is not known."""
    path = _PATHS.get(urlsplit(repository).hostname or "")
    return f"{repository.removesuffix('/').removesuffix('.git')}/{path}/{number}" if path else None
