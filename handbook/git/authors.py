"""Who made a commit, and what git says of its signature."""

import os
from dataclasses import dataclass
from enum import Enum
from typing import Final

from handbook.clock import time_of_commit

# Whom and what this machine trusts is of no account: registers/owners.yml lists the keys that count.
ANY_SIGNER: Final = (
    *("-c", f"gpg.ssh.allowedSignersFile={os.devnull}"),
    *("-c", "gpg.ssh.program=ssh-keygen"),
    *("-c", "gpg.ssh.revocationFile="),
    *("-c", "gpg.minTrustLevel=undefined"),
)
# What `read_author` reads of a commit, in the words of `git log --format`.
AUTHOR_FORMAT: Final = "%ae%n%ce%n%ct%n%G?%n%GF%n%GP"


class Signature(Enum):
    """What git says of the signature of a commit."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN_KEY = "unknown key"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a commit and who made it, by mail address, and when, in seconds since 1970.

    `keys` are those of a good signature, each a fingerprint: `SHA256:…` or 40 hexadecimal digits.
    """

    address: str
    committer: str
    seconds: int
    signature: Signature
    keys: frozenset[str]


# What `%G?` says. A good signature may be by a key that nobody vouches for, or that has expired by now.
_SIGNATURES: Final = {
    **dict.fromkeys("GUXY", Signature.GOOD),
    "E": Signature.UNKNOWN_KEY,
    "N": Signature.MISSING,
}


def read_author(commit: str, raw: str) -> Author:
    """Read what git answers about a commit in `AUTHOR_FORMAT`."""
    address, committer, seconds, state, *keys = raw.split("\n")
    signature = _SIGNATURES.get(state, Signature.BAD)
    good = frozenset(filter(None, keys)) if signature is Signature.GOOD else frozenset()
    return Author(address, committer, time_of_commit(commit, seconds), signature, good)
