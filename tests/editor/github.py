"""A GitHub of a few lines, as the editor asks it: it keeps what it was told, and never asks a network."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Route

from tests.editor.platform import answer

HEAD: Final = "a" * 40
REPOSITORY: Final = "communications/handbook"
BRANCH: Final = "cms/policy/work"
MOMENT: Final = "2026-11-20T12:00:00Z"
_API: Final = "https://api.github.com"
_BLOB: Final = re.compile(r'(\w+):\s+object\(oid: "(\w+)"\)')
_IN_BRANCH: Final = re.compile(r'(\w+):\s+object\(expression: "[^:"]+:([^"]+)"\)')
_FILE: Final = re.compile(r"(\w+):\s+ref\(qualifiedName: \$branch\)")


def oid(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class GitHub:
    """The files of the main branch, those that an open request changed, and what the editor wrote."""

    files: Mapping[str, bytes]
    token: str
    changed: Mapping[str, bytes] = field(default_factory=dict)
    branches: list[str] = field(default_factory=list)
    commits: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    label: str = ""
    unknown: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        answer(route, _API, self.token, "Bad credentials", self._reply)

    def _reply(self, method: str, path: str, body: Any) -> Any:
        return self._graph(body) if path == "/graphql" else self._rest(method, path, body)

    def _rest(self, method: str, path: str, body: Any) -> Any:
        match method, path.removeprefix(f"/repos/{REPOSITORY}"):
            case "GET", "/user":
                return {"id": 1, "name": "Ann", "login": "ann", "email": "", "avatar_url": "", "html_url": ""}
            case "GET", "/collaborators/ann":
                return None
            case "GET", tree if tree.startswith("/git/trees/"):
                blobs = [{"type": "blob", "path": name, "sha": oid(data), "size": len(data)}
                         for name, data in self.files.items()]  # fmt: skip
                return {"tree": blobs}
            case "POST", "/pulls":
                self.requests.append(body)
                known = {"number": 1, "node_id": "P1", "title": body["title"], "html_url": "", "head": {}}
                return {**known, "created_at": MOMENT, "updated_at": MOMENT}
            case "GET", "/issues/1":
                return {"labels": [{"name": self.label}]}
            case ("POST", "/issues/1/labels") | ("PATCH", "/issues/1"):
                (self.label,) = body["labels"]
                return []
        self.unknown.append(f"{method} {path}")
        return {}

    def _graph(self, body: Any) -> Any:
        query = body["query"]
        told = body.get("variables", {}).get("input", {})
        if "createCommitOnBranch" in query:
            self.commits.append(told)
            return {"data": {"createCommitOnBranch": {"commit": {"oid": "b" * 40, "committedDate": MOMENT}}}}
        if "createRef" in query:
            self.branches.append(told["name"])
            return {"data": {"createRef": {"ref": {"name": told["name"]}}}}
        if "markPullRequestReadyForReview" in query:
            return {"data": {"markPullRequestReadyForReview": {"pullRequest": {"isDraft": False}}}}
        head = {"target": {"oid": HEAD, "history": {"nodes": [{"oid": HEAD, "message": "Begin"}]}}}
        if "fork: repository" in query:
            return {"data": {"fork": {"id": "R1"}, "base": {"ref": head}}}
        return {"data": {"repository": self._repository(query, head)}}

    def _repository(self, query: str, head: Mapping[str, Any]) -> Any:
        by_oid = {oid(data): data.decode() for data in self.files.values()}
        blobs = {name: {"text": by_oid[oid], "isTruncated": False} for name, oid in _BLOB.findall(query)}
        author = {"name": "Ann", "email": "", "user": {"id": 1, "login": "ann"}}
        log = {"target": {"history": {"nodes": [{"author": author, "committedDate": MOMENT}]}}}
        logs = dict.fromkeys(_FILE.findall(query), log)
        changed = {name: self._in_branch(path) for name, path in _IN_BRANCH.findall(query)}
        open_ones = {"nodes": [self._open_request()] if self.changed else [], "totalCount": 0}
        return {"ref": head, "pullRequests": open_ones, **blobs, **logs, **changed}

    def _in_branch(self, path: str) -> Mapping[str, object]:
        data = self.changed[path]
        known = {"oid": oid(data), "byteSize": len(data), "isBinary": False, "isTruncated": False}
        return {**known, "text": data.decode()}

    def _open_request(self) -> Mapping[str, object]:
        """Return the request to merge what was changed, which waits to be published."""
        files = [{"path": path, "changeType": "MODIFIED"} for path in self.changed]
        return {
            "id": "P1", "number": 1, "title": "Edit", "url": "", "isDraft": False, "isCrossRepository": False,
            "createdAt": MOMENT, "updatedAt": MOMENT, "headRefName": BRANCH, "headRefOid": "c" * 40,
            "author": None, "labels": {"nodes": [{"name": self.label}]}, "files": {"nodes": files},
        }  # fmt: skip

    def written(self) -> dict[str, bytes]:
        """Return the files of the only commit."""
        (commit,) = self.commits
        additions = commit["fileChanges"]["additions"]
        return {file["path"]: base64.b64decode(file["contents"]) for file in additions}
