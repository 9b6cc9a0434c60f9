"""What the files of a handbook say about how its history is shown, kept between runs.

The registers that say it take 0.2 seconds to import, which is as long as the rest of a later run takes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from handbook import clock
from handbook.files.cache_file import KeptRows
from handbook.files.tree import Folder
from handbook.history.beginning import Beginning
from handbook.history.changes import Names

_MKDOCS: Final = "mkdocs.yml"
_FILES: Final = ("organization.yml", "registers/owners.yml")


@dataclass(frozen=True)
class HistorySettings:
    """How a history is shown. `roles` has the roles of holders by what names them, in lower case.

    `root` is the folder of the handbook.
    """

    root: Path
    time_zone: str
    names: Names
    since: Beginning
    languages: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]

    def roles_of(self, address: str) -> tuple[str, ...]:
        """Return the roles of somebody by mail address."""
        return self.roles.get(address.casefold(), ())

    @cached_property
    def today(self) -> date:
        """The day in the organization's time zone on which somebody first asked for it."""
        return clock.today(self.time_zone)

    def is_page(self, path: str) -> bool:
        """Tell whether MkDocs would publish a path as a page, by the mkdocs.yml on disk.

        Raises:
            HandbookError: if that file cannot be used.

        """
        return self._page_test(path)

    @cached_property
    def _page_test(self) -> Callable[[str], bool]:
        from handbook.content.mkdocs_settings import page_test  # It takes 50 ms.

        return page_test(self.root, self.languages)


def fingerprint_of_settings(root: Path) -> str:
    """Return the SHA-256 of the files that the settings, and what is a page, depend on.

    Raises:
        HandbookError: if one of them cannot be read.

    """
    texts = [Folder(root).read(name) for name in _FILES]
    mkdocs = root / _MKDOCS
    texts.append(mkdocs.read_bytes() if mkdocs.is_file() else None)
    whole = b"".join(b"-" if text is None else b"%d:%b" % (len(text), text) for text in texts)
    return sha256(whole).hexdigest()


def read_settings(root: Path, kept_folder: Path) -> HistorySettings:
    """Return the settings of a handbook. What its files say is kept for the next time.

    Raises:
        HandbookError: if they are mistaken, with one line for each mistake.

    """
    kept, fingerprint = KeptRows(kept_folder, "settings"), fingerprint_of_settings(root)
    if row := kept.read().get(fingerprint):
        return _decoded(root, row)
    settings = _settings_of(root)
    if fingerprint == fingerprint_of_settings(root):  # Nobody saved another one meanwhile.
        kept.write({fingerprint: _encoded(settings)})
    return settings


def _settings_of(root: Path) -> HistorySettings:
    # The registers take 0.15 seconds to import, in which git works on the log.
    from handbook.registers.organization import load_organization
    from handbook.registers.owners import load_owners

    organization = load_organization(Folder(root))
    owners = load_owners(Folder(root), organization)
    holders = [tenure.holder for owner in owners.owners.values() for tenure in owner.tenures]
    return HistorySettings(
        root,
        organization.time_zone,
        organization.history_names,
        organization.history_since,
        tuple(organization.languages),
        {holder.casefold(): owners.roles_of(holder) for holder in holders},
    )


def _encoded(settings: HistorySettings) -> bytes:
    since = settings.since
    facts = {
        "time_zone": settings.time_zone,
        "names": settings.names,
        "since": str(since) if since else None,
        "languages": settings.languages,
        "roles": dict(settings.roles),
    }
    return json.dumps(facts).encode()


def _decoded(root: Path, row: bytes) -> HistorySettings:
    facts = json.loads(row)
    since = facts["since"]
    return HistorySettings(
        root,
        facts["time_zone"],
        facts["names"],
        date.fromisoformat(since) if since and "-" in since else since,
        tuple(facts["languages"]),
        {holder: tuple(roles) for holder, roles in facts["roles"].items()},
    )
