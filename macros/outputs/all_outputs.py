"""Everything that a build writes beside the pages, once for all languages."""

import datetime
from collections.abc import Iterator, Mapping

from macros.context.datasets import data_files
from macros.context.site import Site
from macros.definitions.history import document_of
from macros.outputs.calendars import calendars
from macros.outputs.compliance_pictures import pictures
from macros.outputs.moved_pages import moved_pages


def outputs(site: Site, stamp: datetime.datetime) -> Iterator[Mapping[str, bytes]]:
    """Yield the files of each kind by their path below the site.

    Raises:
        HandbookError: if an old address of a page is that of another file.

    """
    others = (calendars(site, stamp), pictures(site), data_files(site))
    yield from others
    # The histories are written with each language.
    histories = {document_of(page) for page in site.pages.values()}
    yield moved_pages(site, histories.union(*others))
