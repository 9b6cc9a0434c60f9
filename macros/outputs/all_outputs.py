"""Everything that a build writes beside the pages, once for all languages."""

import datetime
from collections.abc import Iterator, Mapping

from macros.context.datasets import data_files
from macros.context.site import Site
from macros.outputs.calendars import calendars
from macros.outputs.compliance_pictures import pictures


def outputs(site: Site, stamp: datetime.datetime) -> Iterator[Mapping[str, bytes]]:
    """Yield the files of each kind by their path below the site."""
    yield calendars(site, stamp)
    yield pictures(site)
    yield data_files(site)
