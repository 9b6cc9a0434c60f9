"""Builds the site of an edition from a clean checkout, with the same bytes each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.content.fingerprints import sha256
from handbook.editions.edition_build import EditionBuild
from handbook.editions.editions_for_build import build_input
from handbook.editions.manifest import CERTIFICATES, TOKEN, Manifest
from handbook.editions.published_branch import MANIFEST, Published
from handbook.errors import HandbookError
from handbook.git.source_repository import SourceRepository
from scripts.site.build import build_site

# The folder of the site in the folder of a build.
SITE: Final = "site"


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """The files of a built edition, by path: those of its site, and those beside the editions."""

    site: Mapping[str, Path]
    top: Mapping[str, Path]


def build_edition(
    folder: Path,
    published: Published,
    earlier: Sequence[Manifest],
    own: Manifest,
    seconds: int,
    work: Path,
    python: str,
) -> BuiltEdition:
    """Build the handbook of a checkout as an edition into the folder `work`.

    The bytes depend on the checkout, on `seconds` (when its commit was made, the only clock that the build
    sees), on the history up to that commit, on the `earlier` editions, whose pages the build reads from what
    is `published`, and on its `own` manifest, which does not list files yet. The code of the checkout builds
    it, if it has any, with the libraries of `python`.

    Raises:
        HandbookError: if the build stops.

    """
    site, top, manifests = work / SITE, work / "top", work / "editions.json"
    manifests.write_bytes(build_input(earlier, own))
    source = SourceRepository.of_checkout(published.repository.root, own.commit)
    build = EditionBuild(own.name, manifests, top, source, published.branch, seconds)
    build_site(folder, own.edition, build.to_environment(), site, python)
    for name in (MANIFEST, TOKEN, CERTIFICATES):
        if (site / name).exists():
            raise HandbookError(f"the site has a file {name}, a name that editions need; rename it in docs/")
    return BuiltEdition(_files(site), _files(top))


def hashes(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the SHA-256 of files, by path."""
    return {path: sha256(file.read_bytes()) for path, file in files.items()}


def _files(folder: Path) -> dict[str, Path]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file for file in files}
