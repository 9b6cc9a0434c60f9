"""Reads what was published: the editions on their branch, and their tags."""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Final

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import CERTIFICATES, TOKEN, Manifest, read_manifest
from handbook.editions.names import TAG_PREFIX, Edition, is_edition
from handbook.editions.tags import Tag, tag_name
from handbook.errors import HandbookError
from handbook.git.objects import LINK
from handbook.git.publisher import IN_PROGRESS
from handbook.git.repository import Repository

SITE_BRANCH: Final = "gh-pages"
MANIFEST: Final = "edition.json"
_FILE: Final = "100644"
# Begins what replaces the SHA-256 of a link, a program, or a commit of another repository.
NOT_PLAIN: Final = "mode "


class Published:
    """The editions on a branch: the one here or, in a clone that has none, the one it came from."""

    def __init__(self, repository: Repository, branch: str) -> None:
        self.repository = repository
        self.branch = branch
        self.local = self._ref(f"refs/heads/{branch}")
        self.remote = self._ref(f"refs/remotes/origin/{branch}")
        self.commit = self.local or self.remote

    def at(self, commit: str) -> "Published":
        """Return the branch as it was at one of its commits."""
        past = Published(self.repository, self.branch)
        past.commit = commit
        return past

    @cached_property
    def editions(self) -> list[Edition]:
        """Return the editions that are there, oldest first. A folder without a manifest is not an edition."""
        parts = (path.partition("/") for path in self._entries if path.endswith(f"/{MANIFEST}"))
        return sorted(Edition.parse(name) for name, _, rest in parts if rest == MANIFEST and is_edition(name))

    @cached_property
    def manifests(self) -> list[Manifest]:
        """Return the manifests of all editions, oldest first.

        Raises:
            HandbookError: if one cannot be read.

        """
        return [self.manifest(edition) for edition in self.editions]

    def manifest(self, edition: Edition) -> Manifest:
        """Return the manifest of an edition.

        Raises:
            HandbookError: if it cannot be read, or is the manifest of another edition.

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

    def manifest_sum(self, edition: Edition) -> str:
        """Return the SHA-256 of the manifest of an edition that is there."""
        return sha256(self.read(f"{edition}/{MANIFEST}") or b"")

    def before(self, edition: Edition) -> Edition | None:
        """Return the edition before another one, or None."""
        return max((known for known in self.editions if known < edition), default=None)

    def read(self, path: str) -> bytes | None:
        """Return a file of the branch, or None."""
        entry = self._entries.get(path)
        return self.repository.read(entry[1]) if entry else None

    def link(self, path: str) -> str | None:
        """Return what a symbolic link of the branch leads to, or None."""
        mode, name = self._entries.get(path, ("", ""))
        return self.repository.read(name).decode(errors="replace") if mode == LINK else None

    def objects_in(self, folder: str) -> dict[str, tuple[str, str]]:
        """Return the mode and the object of each file in a folder of the branch, by path from there."""
        start = f"{folder}/"
        entries = ((path, entry) for path, entry in self._entries.items() if path.startswith(start))
        return {path.removeprefix(start): entry for path, entry in entries}

    @property
    def paths(self) -> Collection[str]:
        """Return the paths of all files on the branch."""
        return self._entries.keys()

    @property
    def top_names(self) -> list[str]:
        """Return the names of the files and folders at the top of the branch."""
        return sorted({path.partition("/")[0] for path in self._entries})

    def hashes(self, manifest: Manifest) -> dict[str, str]:
        """Return the SHA-256 of each file of an edition, by path in its folder.

        Left out are its manifest and, if it has one, its timestamp.
        """
        start = f"{manifest.edition}/"
        beside = {MANIFEST, TOKEN, CERTIFICATES} if manifest.timestamp else {MANIFEST}
        inside = self.hashes_of(
            lambda path: path.startswith(start) and path.removeprefix(start) not in beside
        )
        return {path.removeprefix(start): digest for path, digest in inside.items()}

    def hashes_of(self, wanted: Callable[[str], bool]) -> dict[str, str]:
        """Return the SHA-256 of each file whose path from the top of the branch is wanted."""
        return {path: self._hash(*entry) for path, entry in self._entries.items() if wanted(path)}

    def tag(self, edition: Edition) -> Tag | None:
        """Return the tag of an edition, or None."""
        name = tag_name(edition)
        ref = f"refs/tags/{name}"
        target = self._ref(ref)
        if not target:
            return None
        kind = self.repository.ask("cat-file", "-t", target).strip()
        text = self.repository.ask("cat-file", "tag", target) if kind == "tag" else ""
        return Tag(name, target, self.repository.commit(ref), text)

    @cached_property
    def tagged(self) -> list[Edition]:
        """Return the editions that have a tag, oldest first."""
        refs = self.repository.ask("for-each-ref", "--format=%(refname:lstrip=2)", f"refs/tags/{TAG_PREFIX}*")
        names = (ref.removeprefix(TAG_PREFIX) for ref in refs.splitlines())
        return sorted(Edition.parse(name) for name in names if is_edition(name))

    @cached_property
    def in_progress(self) -> str | None:
        """Return the tag object of a publication here that was stopped before its end, or None."""
        return self._ref(IN_PROGRESS)

    def is_unfinished(self, edition: Edition) -> bool:
        """Tell whether a publication that was stopped here left nothing of an edition but its tag."""
        tag = self.tag(edition)
        return edition not in self.ever_held and tag is not None and tag.object == self.in_progress

    @cached_property
    def ever_held(self) -> set[Edition]:
        """Return the editions that the branch has or once had, because a name is used only once."""
        if self.commit is None:
            return set()
        options = ("--format=", "--name-only", "--no-renames", "--diff-filter=A", "-z", self.commit)
        paths = self.repository.ask("log", *options, "--", f":(top,glob)*/{MANIFEST}").split("\0")
        names = (path.strip().partition("/")[0] for path in paths)
        return {Edition.parse(name) for name in names if is_edition(name)}

    @property
    def taken(self) -> set[Edition]:
        """Return the names that no new edition may have."""
        return self.ever_held | {edition for edition in self.tagged if not self.is_unfinished(edition)}

    def is_behind(self) -> bool:
        """Tell whether the branch here lacks commits that its origin has."""
        if not self.local or not self.remote:
            return False
        return bool(self.repository.ask("rev-list", "--max-count=1", self.remote, f"^{self.local}"))

    @cached_property
    def _entries(self) -> Mapping[str, tuple[str, str]]:
        """The mode and the object of every file on the branch, by path from its top."""
        if self.commit is None:
            return {}
        raw = self.repository.ask("ls-tree", "--full-tree", "-r", "-z", self.commit)
        rows = (row.partition("\t") for row in raw.split("\0") if row)
        return {path: (facts.split()[0], facts.split()[2]) for facts, _, path in rows}

    def _hash(self, mode: str, name: str) -> str:
        """Return the SHA-256 of a file, or its mode if it is not a plain file, such as a link."""
        return sha256(self.repository.read(name)) if mode == _FILE else f"{NOT_PLAIN}{mode}"

    def _ref(self, name: str) -> str | None:
        return self.repository.ask("for-each-ref", "--format=%(objectname)", name).strip() or None
