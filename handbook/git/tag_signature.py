"""Reads who signed a tag."""

import os
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from handbook.git.process import run_git

_SSH_GOOD: Final = re.compile(r'^Good "git" signature with \S+ key (SHA256:\S+)$', re.MULTILINE)
_SSH_BAD: Final = re.compile("^Signature verification failed", re.MULTILINE)
_GPG_KEYS: Final = re.compile(r"^\[GNUPG:\] VALIDSIG (\S+) .*?(\S+)$", re.MULTILINE)
_GPG_BAD: Final = re.compile(r"^\[GNUPG:\] (BADSIG|REVKEYSIG) ", re.MULTILINE)


class SignatureState(Enum):
    """What git finds of a signature; UNKNOWN if it lacks the key, or the program that knows such keys."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TagSignature:
    """The signature of a tag, and the fingerprints of its key if it is good: `SHA256:…`, or 40 hex digits."""

    state: SignatureState
    keys: frozenset[str] = frozenset()


def tag_signature(folder: Path, tag: str) -> TagSignature:
    """Return the signature of a tag object, which has one.

    An SSH signature is checked against nothing but the key in it.
    """
    any_signer = f"gpg.ssh.allowedSignersFile={os.devnull}"
    answer = run_git(folder, "-c", any_signer, "verify-tag", "--raw", tag).stderr.decode(errors="replace")
    if _GPG_BAD.search(answer) or _SSH_BAD.search(answer):
        return TagSignature(SignatureState.BAD)
    keys = _SSH_GOOD.findall(answer) or [key for match in _GPG_KEYS.findall(answer) for key in match]
    return TagSignature(SignatureState.GOOD if keys else SignatureState.UNKNOWN, frozenset(keys))
