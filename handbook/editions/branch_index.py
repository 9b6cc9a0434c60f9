"""What stands at the top of the branch of editions, beside them: the list of editions, and the alias.

The list is written with each edition, whose manifest vouches for it. The alias leads to the edition in
force; until the first one takes effect, it leads to the list.
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from handbook.editions.manifest import Manifest, changed_files, in_force
from handbook.editions.mike_versions import ALIAS, VERSIONS, aliased
from handbook.editions.published_branch import Difference, Published
from handbook.editions.terms import in_force_between
from handbook.errors import HandbookError

LIST: Final = "editions"
START: Final = "index.html"


def is_managed(path: str) -> bool:
    """Tell whether a file at the top of the branch is one that editions bring."""
    return path == START or path.startswith(f"{LIST}/")


def alias_target(manifests: Sequence[Manifest], day: datetime.date) -> str:
    """Return what the alias is to lead to on a day."""
    found = in_force(manifests, day)
    return found.edition if found else LIST


def unmanaged_files(published: Published) -> Collection[str]:
    """Return the files that publishing would write over, and that no edition brought as they are."""
    known = published.manifests[-1].top if published.manifests else {}
    found = published.hashes_of(lambda path: is_managed(path) or path.startswith(f"{ALIAS}/"))
    return [path for path, digest in found.items() if known.get(path) != digest]


def top_differences(published: Published, today: datetime.date) -> Iterator[Difference]:
    """Compare what stands beside the editions with what the newest of them vouches for."""
    newest = published.manifests[-1]
    for path, what in changed_files(newest.top, published.hashes_of(is_managed)):
        yield Difference(None, path, f"{what} since {newest.edition} was published")
    target = published.link(ALIAS)
    days = newest.published, max(today, newest.published)
    rightful = [str(one or LIST) for one in in_force_between(published.manifests, *days)]
    if target not in rightful:
        told = f"leads to {target}" if target else "is no link"
        yield Difference(None, ALIAS, f"{told}; run `handbook edition refresh` to lead to {rightful[-1]}")
    yield from _listed_against(published, target)


def _listed_against(published: Published, target: str | None) -> Iterator[Difference]:
    try:
        if aliased(published.read(VERSIONS)) != ([] if target == LIST else [target]):
            yield Difference(None, VERSIONS, f"says that {ALIAS} leads elsewhere than it does")
    except HandbookError as error:
        yield Difference(None, VERSIONS, str(error))


def is_late(published: Published, today: datetime.date) -> bool:
    """Tell whether the alias still leads to an edition whose successor has taken effect."""
    return published.link(ALIAS) != alias_target(published.manifests, today)
