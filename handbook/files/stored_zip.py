"""A zip that is the same bytes whenever it holds the same files."""

import io
import time
import zipfile
from collections.abc import Mapping
from typing import Final

# The earliest time that a zip can hold: 1980-01-01, in seconds since 1970.
FIRST_IN_ZIP: Final = 315_532_800
_MODE: Final = 0o100644
_ON_UNIX: Final = 3


def as_zip(files: Mapping[str, bytes], seconds: int = FIRST_IN_ZIP) -> bytes:
    """Return a zip with the files by their paths, each with the same time in seconds since 1970.

    Nothing is compressed, because another version of the compressor could write other bytes.
    """
    moment = time.gmtime(max(seconds, FIRST_IN_ZIP))[:6]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system, entry.external_attr = _ON_UNIX, _MODE << 16
            archive.writestr(entry, files[path])
    return target.getvalue()
