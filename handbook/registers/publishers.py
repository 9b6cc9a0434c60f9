"""Who may sign editions: the keys in `registers/owners.yml`."""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from handbook.registers.schema_hints import Form
from handbook.yaml.record import Record, RecordProblem

_FINGERPRINT: Final = re.compile("SHA256:[A-Za-z0-9+/]{43}|(?:[0-9A-Fa-f]{4} *){10}")


def _key(text: str) -> str:
    if not _FINGERPRINT.fullmatch(text):
        raise ValueError("is not the fingerprint of a signing key")
    return text.strip()


KEY_FORM: Final = Form(
    f"^({_FINGERPRINT.pattern})$", "Write the fingerprint of a signing key, such as SHA256:…."
)
Key: TypeAlias = Annotated[str, AfterValidator(_key), KEY_FORM]


class RegisteredPublisher(Record):
    """A key that signs editions published from the day `since` through the day `until`, if they are given."""

    key: Key = Field(examples=["SHA256:…"], description="The fingerprint of a signing key.")
    since: datetime.date | None = Field(
        default=None, examples=["2026-11-20"], description="The first day on which the key signs editions."
    )
    until: datetime.date | None = Field(
        default=None,
        examples=["2027-06-30"],
        description="The last day on which the key signs editions, if the publisher leaves.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find a key whose last day is before its first."""
        if self.since and self.until and self.until < self.since:
            yield ("until",), f"is before {self.since}, its first day; write a later day"

    def signs_on(self, day: datetime.date) -> bool:
        """Tell whether an edition that is published on a day may have this key."""
        return (self.since or day) <= day <= (self.until or day)


def publishing_keys(publishers: Iterable[RegisteredPublisher], day: datetime.date) -> frozenset[str] | None:
    """Return the keys that may sign an edition published on a day; None if no signature was asked for yet."""
    begun = [publisher for publisher in publishers if (publisher.since or day) <= day]
    if not begun:
        return None
    return frozenset(plain_key(publisher.key) for publisher in begun if publisher.signs_on(day))


def plain_key(key: str) -> str:
    """Return a fingerprint in the form in which fingerprints are compared."""
    return key if key.startswith("SHA256:") else key.replace(" ", "").casefold()
