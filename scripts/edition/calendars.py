"""The calendars of due days of a commit, which are published beside the editions."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from handbook.audit.past_site import past_site
from handbook.build_context import BuildContext
from handbook.clock import day_of_commit
from handbook.git.commit_time import seconds_of
from handbook.git.repository import Repository
from handbook.git.source_repository import SourceRepository
from handbook.history.history_for_build import history_for_build
from scripts.site.publication import read_publication


def calendars_of_commit(repository: Repository, root: Path, commit: str) -> Mapping[str, bytes]:
    """Return the calendars by their paths, as the build of an edition from that commit writes them.

    Nothing of that commit runs: the code at hand makes them.

    Raises:
        HandbookError: if the registers or the settings of that commit cannot be used.

    """
    known = read_publication(root).context
    day = day_of_commit(commit, seconds_of(repository, commit), datetime.UTC)
    past = past_site(repository, commit, day, known.expressions_of)
    registers, source = past.handbook.registers, SourceRepository.of_checkout(root, commit)
    pages = {page.path.removeprefix(f"{past.settings.folder}/"): page for page in past.handbook.pages}
    paths = [page.path for page in pages.values()]
    context = BuildContext(
        registers,
        past.handbook.expressions,
        source=source,
        pages=pages,
        addresses=past.site_map.addresses,
        history=history_for_build(source, registers.organization, registers.owners, paths),
    )
    stamp = datetime.datetime.fromtimestamp(past.seconds, datetime.UTC)
    return known.calendars_of(context, stamp)
