"""For whom somebody else filed a reading, a meeting, or an editorial change."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from handbook.registers.field_types import WebAddress
from handbook.registers.owners import Holder
from handbook.yaml.record import Record

ACCOUNTS: Final = ("github:", "gitlab:")


def _no_key(text: str) -> str:
    if "@" not in text and not text.startswith(ACCOUNTS):
        raise ValueError("is a key, which signs its own commits; name an account or a mail address")
    return text


Account: TypeAlias = Annotated[Holder, AfterValidator(_no_key)]


class FiledFor(Record):
    """Who said what was filed, and where.

    `account` is that of the author as the platform names it, or the address that a mail came from. `comment`
    is the address of the comment. A job, or another person, committed it, so the commit does not show who
    said it.
    """

    account: Account = Field(examples=["github:name"], description="The account of whoever said it.")
    comment: WebAddress | None = Field(
        default=None, examples=["https://github.com/…"], description="The address of the comment."
    )
