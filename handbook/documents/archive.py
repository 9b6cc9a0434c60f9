"""The parts of a zipped document, read within limits and never written to a disk."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from handbook.documents.allowance import Allowance
from handbook.photos.bounded_reader import MalformedData

SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MAX_ENTRIES: Final = 10_000
_MAX_READ: Final = 2 * 2**20
_ENCRYPTED: Final = 0x1
_BEGINNING: Final = 2048
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class _LimitedStream(io.RawIOBase):
    """Passes on a stream, and refuses to read the list of a zip file that has millions of entries."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def read(self, size: int | None = -1) -> bytes:
        length = _MAX_READ + 1 if size is None or size < 0 else size
        data = self._stream.read(min(length, _MAX_READ + 1))
        if len(data) > _MAX_READ:
            raise MalformedData("it has too many parts")
        return data


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file; nothing depends on the names of its parts but the kind of the document."""

    file: zipfile.ZipFile

    @classmethod
    def of_stream(cls, stream: BinaryIO) -> "Archive":
        """Read the list of parts.

        Raises:
            MalformedData: if it is damaged or too long.

        """
        try:
            file = zipfile.ZipFile(_LimitedStream(stream))
        except (*_DAMAGED, OSError):
            raise MalformedData("it is not a whole zip file") from None
        if len(file.infolist()) > _MAX_ENTRIES:
            raise MalformedData("it has too many parts")
        return cls(file)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of each part."""
        return tuple(entry.filename for entry in self.file.infolist())

    def parts(self, allowance: Allowance) -> Iterator["Part"]:
        """Yield each part that has content, two of one name both."""
        for entry in self.file.infolist():
            if not entry.is_dir():
                allowance.spend_element()
                yield Part(self.file, entry)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a zip file."""

    file: zipfile.ZipFile
    entry: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """Return the path of the part in the zip file."""
        return self.entry.filename

    def beginning(self) -> bytes:
        """Return the first bytes of the part; raise as `content` does."""
        return self._read(_BEGINNING)

    def content(self, allowance: Allowance) -> bytes:
        """Return the whole content of the part.

        Raises:
            MalformedData: if it is damaged, encrypted or too large.

        """
        allowance.spend_bytes(self.entry.file_size)
        return self._read(self.entry.file_size + 1)

    def _read(self, length: int) -> bytes:
        if self.entry.flag_bits & _ENCRYPTED:
            raise MalformedData("it is encrypted")
        if self.entry.compress_type not in _METHODS:
            raise MalformedData("it is compressed in an unusual way")
        try:
            with self.file.open(self.entry) as content:
                return content.read(length)
        except (*_DAMAGED, OSError):
            raise MalformedData("a part of it is damaged") from None
