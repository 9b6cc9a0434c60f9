"""Events as GitHub and GitLab document and send them, shortened, and changed as tests need them."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
KINDS = tuple(sorted(file.stem for file in FOLDER.glob("*.json")))


def recorded(name: str) -> dict[str, Any]:
    """Return an event as it was recorded."""
    event: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return event


def as_bytes(event: dict[str, Any]) -> bytes:
    """Return an event as the file in which a job finds it."""
    return json.dumps(event).encode()


def with_change(name: str, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return a recorded event with a change."""
    event = deepcopy(recorded(name))
    change(event)
    return as_bytes(event)


def said(platform: str, account: str, text: str, review: str, identity: int = 1) -> bytes:
    """Return the event of a comment by an account on an issue about a review."""
    marker = f"<!-- handbook-review: {review} -->\r\nThe pages."
    if platform == "github":
        event = recorded("github-issue-comment-created")
        event["comment"]["user"] = event["sender"] = {**event["sender"], "login": account}
        event["comment"] |= {"body": text, "id": identity}
        event["comment"]["html_url"] = f"{event['issue']['html_url']}#issuecomment-{identity}"
        event["issue"]["body"] = marker
    else:
        event = recorded("gitlab-note-on-issue")
        event["user"]["username"] = account
        address = f"{event['issue']['url']}#note_{identity}"
        event["object_attributes"] |= {"note": text, "id": identity, "url": address}
        event["issue"]["description"] = marker
    return as_bytes(event)
