"""The formats of what a change reaches and who has to agree: one pure function for each."""

from collections.abc import Callable, Mapping
from typing import Final

from handbook.forges.agreement import Agreement, Party
from handbook.forges.texts import filled
from handbook.text.json_text import as_document


def as_text(agreement: Agreement) -> str:
    """Return a list for people at a terminal."""
    return filled("approvals.txt", agreement=agreement)


def as_markdown(agreement: Agreement) -> str:
    """Return two tables for a comment; accounts are mentioned, so that the platform tells people."""
    return filled("approvals.md", agreement=agreement)


def as_json(agreement: Agreement) -> str:
    """Return an object with the pages, the other files, and who has to agree."""
    return as_document(
        {
            "pages": [
                {"path": page.path, "title": page.title, "how": page.how, "roles": page.roles}
                for page in agreement.pages
            ],
            "files": [
                {"kind": files.kind, "paths": files.paths, "roles": files.roles} for files in agreement.others
            ],
            "roles": {role: _record(party) for role, party in agreement.parties.items()},
            "maintainers": agreement.readers_of_code.accounts,
        }
    )


def _record(party: Party) -> dict[str, object]:
    return {"title": party.title, "accounts": party.accounts}


FORMATS: Final[Mapping[str, Callable[[Agreement], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
