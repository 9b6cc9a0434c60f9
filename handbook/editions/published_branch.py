"""Reads what was published: the editions on the branch, their tags, and whether both are as they were."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest, changed_files, read_manifest
from handbook.editions.mike_versions import VERSIONS, listed
from handbook.editions.names import Edition
from handbook.editions.tags import TAG, Tag
from handbook.errors import HandbookError
from handbook.git.objects import LINK
from handbook.git.publisher import IN_PROGRESS
from handbook.git.repository import Repository

SITE_BRANCH: Final = "gh-pages"
MANIFEST: Final = "edition.json"
_FILE: Final = "100644"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it was published: in which edition, in which of its files (or none), and how.

    Without an edition, it is a file at the top of the branch.
    """

    edition: str | None
    path: str | None
    message: str


class Published:
    """The editions on a branch: the one here or, in a clone that has none, the one it came from."""

    def __init__(self, repository: Repository, branch: str) -> None:
        self._repository = repository
        self.branch = branch
        self.local = self._ref(f"refs/heads/{branch}")
        self.remote = self._ref(f"refs/remotes/origin/{branch}")
        self.commit = self.local or self.remote

    @property
    def repository(self) -> Repository:
        """Return the repository that the branch is in."""
        return self._repository

    @cached_property
    def editions(self) -> list[Edition]:
        """Return the editions that are there, oldest first. A folder without a manifest is none."""
        found = (path.partition("/") for path in self._entries if path.endswith(f"/{MANIFEST}"))
        return sorted(Edition.parse(name) for name, _, rest in found if rest == MANIFEST and _is_name(name))

    @cached_property
    def manifests(self) -> list[Manifest]:
        """Return the manifests of all editions, oldest first.

        Raises:
            HandbookError: when one cannot be read.

        """
        return [self.manifest(edition) for edition in self.editions]

    def manifest(self, edition: Edition) -> Manifest:
        """Return the manifest of an edition.

        Raises:
            HandbookError: when it cannot be read, or says that it is another's.

        """
        try:
            manifest = read_manifest(self.read(f"{edition}/{MANIFEST}") or b"")
        except HandbookError as error:
            raise HandbookError(f"edition {edition}: {error}; run `handbook edition verify`") from None
        if manifest.name != edition:
            raise HandbookError(
                f"the manifest of {edition} says it is {manifest.edition}; run `handbook edition verify`"
            )
        return manifest

    def read(self, path: str) -> bytes | None:
        """Return a file of the branch, or None."""
        found = self._entries.get(path)
        return self._repository.read(found[1]) if found else None

    def link(self, path: str) -> str | None:
        """Return what a symbolic link of the branch leads to, or None."""
        mode, name = self._entries.get(path, ("", ""))
        return self._repository.read(name).decode(errors="replace") if mode == LINK else None

    def hashes(self, edition: Edition) -> dict[str, str]:
        """Return the SHA-256 of each file of an edition, without its manifest, by path in its folder."""
        start = f"{edition}/"
        inside = self.hashes_of(lambda path: path.startswith(start) and path != start + MANIFEST)
        return {path.removeprefix(start): one for path, one in inside.items()}

    def hashes_of(self, wanted: Callable[[str], bool]) -> dict[str, str]:
        """Return the SHA-256 of each file whose path from the top of the branch is wanted."""
        return {path: self._hash(*one) for path, one in self._entries.items() if wanted(path)}

    def tag(self, edition: Edition) -> Tag | None:
        """Return the tag of an edition, or None."""
        ref = f"refs/tags/{TAG}{edition}"
        name = self._ref(ref)
        if not name:
            return None
        kind = self._repository.ask("cat-file", "-t", name).strip()
        text = self._repository.ask("cat-file", "tag", name) if kind == "tag" else ""
        return Tag(f"{TAG}{edition}", name, self._repository.commit(ref), text)

    @cached_property
    def tagged(self) -> list[Edition]:
        """Return the editions that have a tag, oldest first."""
        refs = self._repository.ask("for-each-ref", "--format=%(refname:lstrip=2)", f"refs/tags/{TAG}*")
        names = (ref.removeprefix(TAG) for ref in refs.splitlines())
        return sorted(Edition.parse(name) for name in names if _is_name(name))

    @cached_property
    def in_progress(self) -> str | None:
        """Return the tag of a publication here that was stopped before its end, or None."""
        return self._ref(IN_PROGRESS)

    def is_unfinished(self, edition: Edition) -> bool:
        """Tell whether the tag of an edition is all that a publication left that was stopped here."""
        tag = self.tag(edition)
        return edition not in self.ever_held and tag is not None and tag.object == self.in_progress

    @cached_property
    def ever_held(self) -> set[Edition]:
        """Return the editions that the branch has or once had: a name is used once."""
        if self.commit is None:
            return set()
        options = ("--format=", "--name-only", "--diff-filter=A", "-z", self.commit)
        paths = self._repository.ask("log", *options, "--", f":(top,glob)*/{MANIFEST}").split("\0")
        names = (path.strip().partition("/")[0] for path in paths)
        return {Edition.parse(name) for name in names if _is_name(name)}

    @property
    def taken(self) -> set[Edition]:
        """Return the names that no new edition may have."""
        return self.ever_held | {one for one in self.tagged if not self.is_unfinished(one)}

    def is_behind(self) -> bool:
        """Tell whether the branch that this clone came from has what the branch here has not."""
        if not self.local or not self.remote:
            return False
        return bool(self._repository.ask("rev-list", "--max-count=1", self.remote, f"^{self.local}"))

    def signature_holds(self, tag: Tag) -> bool:
        """Tell whether a tag's signature is good by the keys that are known here."""
        try:
            self._repository.ask("verify-tag", tag.object)
        except HandbookError:
            return False
        return True

    def differences(self, edition: Edition) -> Iterator[Difference]:
        """Compare the files, the manifest and the tag of an edition with one another."""
        if edition not in self.editions:
            yield Difference(str(edition), None, self._why_missing())
            return
        data = self.read(f"{edition}/{MANIFEST}") or b""
        yield from (Difference(str(edition), MANIFEST, one) for one in self._tag_against(edition, data))
        try:
            manifest = read_manifest(data)
        except HandbookError as error:
            yield Difference(str(edition), MANIFEST, str(error))
            return
        yield from self._manifest_against(edition, manifest)
        for path, what in changed_files(manifest.files, self.hashes(edition)):
            yield Difference(str(edition), path, f"{what} since the edition was published")
        yield from self._listed_against(edition)

    def _listed_against(self, edition: Edition) -> Iterator[Difference]:
        try:
            if str(edition) not in listed(self.read(VERSIONS)):
                message = f"{VERSIONS} does not list it, so readers cannot choose it"
                yield Difference(str(edition), None, message)
        except HandbookError as error:
            yield Difference(str(edition), None, str(error))

    def _tag_against(self, edition: Edition, manifest: bytes) -> Iterator[str]:
        tag = self.tag(edition)
        if tag is None:
            mend = "fetch the tags with `git fetch --tags`, or ask who removed it"
            yield f"nothing vouches for it: there is no tag {TAG}{edition}; {mend}"
        elif tag.manifest is None:
            yield f"the tag {tag.name} names no manifest; it was replaced after the edition was published"
        elif tag.manifest != sha256(manifest):
            yield f"is not the manifest that the tag {tag.name} vouches for"

    def _manifest_against(self, edition: Edition, manifest: Manifest) -> Iterator[Difference]:
        tag = self.tag(edition)
        if manifest.name != edition:
            yield Difference(str(edition), MANIFEST, f"says that it is the manifest of {manifest.edition}")
        if tag and tag.commit != manifest.commit:
            told = (
                f"the tag {tag.name} leads to {tag.commit[:10]}, and the manifest to {manifest.commit[:10]}"
            )
            yield Difference(str(edition), None, f"{told}; one of them was changed")

    def _why_missing(self) -> str:
        if self.commit is None:
            return f"there is no branch {self.branch} here; fetch it with `git fetch origin {self.branch}`"
        return f"is not on the branch {self.branch}; it was removed, or never published"

    @cached_property
    def _entries(self) -> Mapping[str, tuple[str, str]]:
        """Return mode and object of every file on the branch, by path from its top."""
        if self.commit is None:
            return {}
        raw = self._repository.ask("ls-tree", "--full-tree", "-r", "-z", self.commit)
        rows = (row.partition("\t") for row in raw.split("\0") if row)
        return {path: (facts.split()[0], facts.split()[2]) for facts, _, path in rows}

    def _hash(self, mode: str, name: str) -> str:
        """Return the SHA-256 of a file; what is no plain file, such as a link, has none."""
        return sha256(self._repository.read(name)) if mode == _FILE else f"mode {mode}"

    def _ref(self, name: str) -> str | None:
        return self._repository.ask("for-each-ref", "--format=%(objectname)", name).strip() or None


def _is_name(text: str) -> bool:
    try:
        Edition.parse(text)
    except HandbookError:
        return False
    return True
