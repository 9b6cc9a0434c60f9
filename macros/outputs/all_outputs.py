"""Everything that a build writes beside the pages, once for all languages."""

import datetime
from collections.abc import Iterator, Mapping

from macros.context.datasets import data_files
from macros.context.site import Site
from macros.outputs.calendars import calendars
from macros.outputs.compliance_pictures import pictures
from macros.outputs.history_documents import history_documents
from macros.outputs.moved_pages import moved_pages


def outputs(site: Site, stamp: datetime.datetime) -> Iterator[Mapping[str, bytes]]:
    """Yield the files of each kind by their path below the site.

    Raises:
        HandbookError: if an old address of a page is that of another file.

    """
    others = (calendars(site, stamp), history_documents(site), pictures(site), data_files(site))
    yield from others
    yield moved_pages(site, {path for files in others for path in files})
