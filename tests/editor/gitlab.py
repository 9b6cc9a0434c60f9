"""A GitLab of a few lines, as the editor asks it: it keeps what it was told, and never asks a network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Route

from tests.editor.github import HEAD, MOMENT, REPOSITORY, oid
from tests.editor.platform import answer

HOST: Final = "https://git.example.org"
_PROJECT: Final = f"/api/v4/projects/{REPOSITORY}"
_USER: Final = {"id": 1, "name": "Ann", "username": "ann", "email": "", "avatar_url": "", "web_url": ""}


@dataclass(slots=True)
class GitLab:
    """The files of the main branch, and what the editor wrote."""

    files: Mapping[str, bytes]
    token: str
    commits: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        answer(route, HOST, self.token, "401 Unauthorized", self._answer)

    def _answer(self, method: str, path: str, body: Any) -> Any:
        match method, path.removeprefix(_PROJECT):
            case "POST", "/api/graphql":
                return {"data": {"project": {"repository": self._repository(body)}}}
            case "GET", "/api/v4/user":
                return _USER
            case "GET", "/users":
                return [_USER]
            case "GET", "/repository/branches/main":
                return {"commit": {"id": HEAD}}
            case "GET", "/merge_requests":
                return []
            case "POST", "/repository/commits":
                self.commits.append(body)
                return {"id": "b" * 40, "committed_date": MOMENT}
            case "POST", "/merge_requests":
                self.requests.append(body)
                known = {"iid": 1, "id": 1, "web_url": "", "sha": "b" * 40}
                return {**known, "created_at": MOMENT, "updated_at": MOMENT}
            case "PUT", "/merge_requests/1":
                self.changes.append(body)
                return {}
        self.unknown.append(f"{method} {path}")
        return {}

    def _repository(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        paths = body["variables"].get("paths", [])
        names = [{"type": "blob", "path": path, "sha": oid(data)} for path, data in self.files.items()]
        last = {"sha": HEAD, "message": "Begin"}
        page = {"endCursor": "", "hasNextPage": False}
        return {
            "blobs": {"nodes": [{"rawTextBlob": self.files[path].decode()} for path in paths]},
            "tree": {"lastCommit": last, "blobs": {"nodes": names, "pageInfo": page}},
            "rootRef": "main",
        }

    def written(self) -> dict[str, bytes]:
        """Return the files of the only commit."""
        (commit,) = self.commits
        return {action["file_path"]: action["content"].encode() for action in commit["actions"]}
