"""What is asked of the interface of GitHub or GitLab, and what it answered.

Only the workflows send anything: a request is a method, a path below the repository, and a body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from handbook.errors import HandbookError
from handbook.text.json_text import as_document, listed_entries

Answer: TypeAlias = Mapping[str, object]
LIST: Final = "list"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, such as `POST` to `issues`."""

    method: str
    path: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Interface:
    """How GitHub or GitLab names what the requests need."""

    number: str
    text: str
    author: str
    name: str
    change: str
    comments: str
    changes: str
    is_open: str
    reopened: Mapping[str, str]
    closed: Mapping[str, str]
    bot: str
    lists_labels: bool = False

    def labels(self, label: str) -> object:
        """Return one label as a request has it."""
        return [label] if self.lists_labels else label


INTERFACES: Final[Mapping[str, Interface]] = {
    "github": Interface(
        number="number",
        text="body",
        author="user",
        name="login",
        change="PATCH",
        comments="comments",
        changes="issues",
        is_open="open",
        reopened={"state": "open"},
        closed={"state": "closed"},
        bot=r"github-actions\[bot\]",
        lists_labels=True,
    ),
    "gitlab": Interface(
        number="iid",
        text="description",
        author="author",
        name="username",
        change="PUT",
        comments="notes",
        changes="merge_requests",
        is_open="opened",
        reopened={"state_event": "reopen"},
        closed={"state_event": "close"},
        bot=r"(?:project|group)_\d+_bot\w*",
    ),
}


def request_files(requests: Iterable[Request]) -> dict[str, bytes]:
    """Return a file for the body of each request, and a list of the method, path, and file of each."""
    numbered = list(enumerate(requests, 1))
    files = {f"{number}.json": as_document(request.body).encode() for number, request in numbered}
    lines = [f"{request.method} {request.path} {number}.json\n" for number, request in numbered]
    return {**files, LIST: "".join(lines).encode()}


def read_answers(text: str, file: str) -> list[Answer]:
    """Read the lists that an interface answered with, one for each page of its answer.

    Raises:
        HandbookError: if it is something else, such as an error.

    """
    try:
        entries = list(listed_entries(text))
    except (ValueError, RecursionError):
        raise _unusable(file) from None
    records: list[Answer] = [entry for entry in entries if isinstance(entry, dict)]
    if len(records) < len(entries):
        raise _unusable(file)
    return records


def _unusable(file: str) -> HandbookError:
    return HandbookError(f"{file} is not a list of what is there; ask GitHub or GitLab for it again")


def number_in(answer: Answer, key: str) -> int:
    """Return the number of an issue or a comment.

    Raises:
        HandbookError: if it has none.

    """
    number = answer.get(key)
    if not isinstance(number, int) or isinstance(number, bool):
        raise HandbookError(f"an answer of the platform has no number '{key}'; ask for it again")
    return number


def text_in(answer: Answer, key: str) -> str:
    """Return a text of an answer, or an empty one."""
    text = answer.get(key)
    return text if isinstance(text, str) else ""
