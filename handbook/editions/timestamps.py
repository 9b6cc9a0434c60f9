"""Timestamps of manifests by an outside authority, by RFC 3161: that a manifest existed at a moment."""

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from handbook.editions.manifest import CERTIFICATES, TOKEN, Manifest
from handbook.editions.published_branch import MANIFEST, Published
from handbook.errors import HandbookError

_PEM: Final = b"-----BEGIN CERTIFICATE"
_ROOT: Final = "download the root certificate from the authority’s own site"
# What OpenSSL says of a chain of certificates.
_REASON: Final = re.compile(r'data: "Verify error:\s*([^"]+)"')
# The clocks of the publisher and of the authority are in two time zones, and on both sides of midnight.
_TOLERANCE: Final = datetime.timedelta(days=1)
_UNUSABLE: Final = (
    VerificationError,
    ValueError,
    TypeError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    UnsupportedAlgorithm,
)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """When a manifest existed, by whose root certificate, and the SHA-256 of that certificate."""

    authority: str
    moment: datetime.datetime
    root: str

    def __str__(self) -> str:
        moment = f"{self.moment:%Y-%m-%d at %H:%M:%S} UTC"
        return f"the manifest existed on {moment}, as {self.authority} attests (root SHA-256 {self.root})"


def new_request(manifest: bytes) -> TimeStampRequest:
    """Return a request for a timestamp of a manifest, with a number that the answer must repeat."""
    request = TimestampRequestBuilder().data(manifest).hash_algorithm(HashAlgorithm.SHA256)
    return request.nonce(nonce=True).cert_request(cert_request=True).build()


def chain_of(token: bytes, known: bytes) -> bytes:
    """Return the certificates that came with a token and those that are `known`, as PEM."""
    try:
        received = sorted(decode_timestamp_response(token).signed_data.certificates)
        certificates = [*_read_certificates(known), *map(x509.load_der_x509_certificate, received)]
    except _UNUSABLE as error:
        raise HandbookError(f"the authority did not send a timestamp ({error})") from None
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in dict.fromkeys(certificates))


def read_roots(data: bytes, name: str) -> bytes:
    """Return the certificates in a file that somebody got from an authority, PEM or DER, as PEM.

    Raises:
        HandbookError: if it has none, or none that is a root certificate.

    """
    try:
        certificates = _read_certificates(data) if _PEM in data else [x509.load_der_x509_certificate(data)]
    except _UNUSABLE:
        raise HandbookError(f"{name} is not a certificate, PEM or DER; {_ROOT}") from None
    if not any(map(_is_root, certificates)):
        issuer = certificates[0].issuer.rfc4514_string()
        raise HandbookError(f"{name} is not a root certificate, but one that {issuer} issued; {_ROOT}")
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def read_timestamp(
    token: bytes, certificates: bytes, manifest: bytes, trusted: bytes | None = None, nonce: int | None = None
) -> Timestamp:
    """Return what a token attests, by its certificates (PEM); if `trusted` is given, only by a root in it.

    Raises:
        HandbookError: if it is not a token of this manifest, or no root certificate vouches for it.

    """
    try:
        response, chain = decode_timestamp_response(token), _read_certificates(certificates)
        roots = _read_certificates(certificates if trusted is None else trusted)
        root = _anchor(response, [root for root in roots if _is_root(root)], chain, manifest, nonce)
        return Timestamp(root.subject.rfc4514_string(), response.tst_info.gen_time, _sum(root))
    except _UNUSABLE as error:
        raise HandbookError(f"it is not a timestamp of this manifest ({_in_words(error)})") from None


def day_problem(timestamp: Timestamp, manifest: Manifest) -> str | None:
    """Return what is wrong if an edition says that it was published on another day than it was stamped."""
    day = timestamp.moment.date()
    if abs(day - manifest.published) <= _TOLERANCE:
        return None
    return f"the timestamp is of {day}, and the edition says that it was published on {manifest.published}"


def stored_timestamp(
    published: Published, manifest: Manifest, trusted: bytes | None = None
) -> Timestamp | None:
    """Return the timestamp of an edition, or None if it was published without one.

    Raises:
        HandbookError: if one was promised that is missing, is of another manifest, or of another day.

    """
    if not manifest.timestamp:
        return None
    folder = manifest.edition
    token, certificates = (published.read(f"{folder}/{name}") for name in (TOKEN, CERTIFICATES))
    if token is None or certificates is None:
        raise HandbookError(f"is missing, though the manifest promises one of {manifest.timestamp}")
    data = published.read(f"{folder}/{MANIFEST}") or b""
    timestamp = read_timestamp(token, certificates, data, trusted)
    if problem := day_problem(timestamp, manifest):
        raise HandbookError(problem)
    return timestamp


def _anchor(
    response: TimeStampResponse,
    roots: Iterable[x509.Certificate],
    chain: Iterable[x509.Certificate],
    manifest: bytes,
    nonce: int | None,
) -> x509.Certificate:
    """Return the root certificate by which a response is a timestamp of a manifest.

    The library trusts whatever it is given, so each root is tried alone.
    """
    between = [certificate for certificate in chain if not _is_root(certificate)]
    problem = "there is no root certificate; download the authority's, and name it with --timestamp-ca"
    for root in roots:
        verifier = VerifierBuilder(roots=[root], intermediates=between, nonce=nonce).build()
        try:
            verifier.verify_message(response, manifest)
        except VerificationError as error:
            problem = str(error)
        else:
            return root
    raise VerificationError(problem)


def _in_words(error: Exception) -> str:
    """Return an error of the library without the names of its parts."""
    text = str(error)
    reason = _REASON.search(text)
    return reason[1] if reason else text


def _is_root(certificate: x509.Certificate) -> bool:
    return certificate.issuer == certificate.subject


def _sum(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def _read_certificates(pem: bytes) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem) if pem.strip() else []
