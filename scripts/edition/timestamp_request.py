"""Asks an authority for a timestamp, over the network."""

import http.client
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from handbook.editions.manifest import Manifest
from handbook.editions.timestamps import (
    Timestamp,
    chain_of,
    day_problem,
    new_request,
    read_roots,
    read_timestamp,
)
from handbook.errors import HandbookError
from handbook.text.quoting import one_line

_KIND: Final = "application/timestamp-query"
_LARGEST: Final = 1 << 20  # bytes: a token has some thousands
_AT_ONCE: Final = 1 << 14


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp as it is kept: the token, and the certificates of its authority."""

    timestamp: Timestamp
    token: bytes
    certificates: bytes


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority that is asked for a timestamp; `roots` has root certificates (PEM) of it.

    `patience` is how many seconds it has for its answer.
    """

    address: str
    roots: bytes
    patience: float


def roots_in(file: Path | None) -> bytes | None:
    """Return the certificates in the file of `--timestamp-ca` as PEM, or None if no file was named.

    Raises:
        HandbookError: if it has no root certificate.

    """
    return None if file is None else read_roots(file.read_bytes(), one_line(str(file)))


def refuse_address(address: str) -> None:
    """Refuse an address that is not one of the web, or has a password, which the manifest would publish.

    Raises:
        HandbookError: with what to write.

    """
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        is_usable = False
    if not is_usable:
        example = "write it like https://timestamp.example.org/, without a name or a password"
        raise HandbookError(f"'{address}' is not the address of an authority; {example}")


def request_stamp(authority: Authority, manifest: Manifest) -> Stamp:
    """Return a timestamp of a manifest.

    Raises:
        HandbookError: if the authority gives none within the time, or one that proves nothing.

    """
    data = manifest.as_bytes()
    request = new_request(data)
    try:
        token = _answer(authority.address, request.as_bytes(), authority.patience)
        certificates = chain_of(token, authority.roots)
        timestamp = read_timestamp(token, certificates, data, nonce=request.nonce)
        if problem := day_problem(timestamp, manifest):
            raise HandbookError(f"{problem}; correct the clock of this computer, or ask another authority")
    except HandbookError as error:
        reason = f"{authority.address} gave no timestamp: {error}"
        raise HandbookError(f"nothing was published: {reason}") from None
    return Stamp(timestamp, token, certificates)


def _answer(address: str, query: bytes, seconds: float) -> bytes:
    """Send a query and return the answer, which must be complete within some seconds."""
    end = time.monotonic() + seconds
    request = urllib.request.Request(address, query, {"Content-Type": _KIND})  # noqa: S310 - refuse_address
    received = bytearray()
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310 - refuse_address
            while block := answer.read1(_AT_ONCE):
                received += block
                if time.monotonic() > end:
                    raise HandbookError(f"it did not finish within {seconds:g} seconds; try again later")
                if len(received) > _LARGEST:
                    raise HandbookError("its answer is too long for a timestamp; check the address")
    except TimeoutError:
        raise HandbookError(f"it did not answer within {seconds:g} seconds; try again later") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise HandbookError(f"it cannot be reached ({error}); check the address and the network") from None
    return bytes(received)
