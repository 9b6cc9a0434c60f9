"""A Forgejo of a few lines, as the editor asks it: it keeps what it was told, and never asks a network."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Route

from tests.editor.github import HEAD, MOMENT, REPOSITORY, oid
from tests.editor.platform import answer

HOST: Final = "https://codeberg.org"
_API: Final = f"{HOST}/api/v1"
_USER: Final = {"id": 1, "full_name": "Ann", "login": "ann", "email": "", "avatar_url": "", "html_url": ""}


@dataclass(slots=True)
class Forgejo:
    """The files of a branch, and what the editor wrote."""

    files: Mapping[str, bytes]
    token: str
    commits: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        answer(route, _API, self.token, "token is required", self._answer)

    def _answer(self, method: str, path: str, body: Any) -> Any:
        match method, path.removeprefix(f"/repos/{REPOSITORY}"):
            case "GET", "/user":
                return _USER
            case "GET", "/version":
                return {"version": "13.0.1+gitea-1.22.0"}
            case "GET", "/settings/api":
                return {}
            case "GET", "":
                return {"permissions": {"pull": True}, "default_branch": "main"}
            case "GET", "/branches/edits":
                return {"commit": {"id": HEAD, "message": "Begin"}}
            case "GET", tree if tree.startswith("/git/trees/"):
                return {"tree": [self._named(path) for path in self.files], "truncated": False}
            case "GET", "/git/blobs":
                return [self._blob(data) for data in self.files.values()]
            case "POST", "/contents":
                self.commits.append(body)
                return {"commit": {"sha": "b" * 40, "created": MOMENT}, "files": []}
        self.unknown.append(f"{method} {path}")
        return {}

    def _named(self, path: str) -> Mapping[str, object]:
        return {"type": "blob", "path": path, "sha": oid(self.files[path]), "size": len(self.files[path])}

    def _blob(self, data: bytes) -> Mapping[str, str]:
        return {"sha": oid(data), "content": base64.b64encode(data).decode(), "encoding": "base64"}

    def written(self) -> dict[str, bytes]:
        """Return the files of the only commit."""
        (commit,) = self.commits
        return {file["path"]: base64.b64decode(file["content"]) for file in commit["files"]}
