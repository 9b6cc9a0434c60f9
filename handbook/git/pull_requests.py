"""Where the pull requests of a repository are read, on hosts whose addresses are known."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

# What stands between the address of a repository and the number.
_PLACES: Final[Mapping[str, str]] = {
    "bitbucket.org": "pull-requests",
    "codeberg.org": "pulls",
    "github.com": "pull",
    "gitlab.com": "-/merge_requests",
}


def pull_request_address(repository: str, number: int) -> str | None:
    """Return the address of a pull request; None on a host that may have it anywhere."""
    place = _PLACES.get(urlsplit(repository).hostname or "")
    return f"{repository.removesuffix('/').removesuffix('.git')}/{place}/{number}" if place else None
