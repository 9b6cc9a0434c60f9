"""What the files of a handbook say is kept, and read again as soon as one of them says something else."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.history.keeping import history_settings as module
from handbook.history.keeping.history_settings import HistorySettings, read_settings
from handbook.registers.organization import load_organization
from handbook.registers.owners import load_owners
from tests.handbook.history.keeping.conftest import Write


@pytest.fixture
def settings_of(folder: Path, tmp_path: Path) -> Callable[[], HistorySettings]:
    """Read the settings of a handbook twice, and expect the same."""

    def read() -> HistorySettings:
        first = read_settings(folder, tmp_path / "kept")
        assert read_settings(folder, tmp_path / "kept") == first
        return first

    return read


def _add(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")


def test_settings_are_those_of_the_registers(
    folder: Path, settings_of: Callable[[], HistorySettings]
) -> None:
    owners = folder / "registers" / "owners.yml"
    text = owners.read_text("utf-8")
    holder = "\n  platform-lead:\n    holders: [Social@Example.org]\n"
    owners.write_text(text.replace("\n  platform-lead:\n", holder), "utf-8")
    organization = load_organization(Folder(folder))
    settings = settings_of()
    assert settings.time_zone == organization.time_zone
    assert settings.names == organization.history_names
    assert settings.since is organization.history_since is None
    assert list(settings.languages) == organization.languages
    roles_of = load_owners(Folder(folder), organization).roles_of
    for address in ("social@example.org", "SOCIAL@example.org", "nobody@example.org", ""):
        assert settings.roles_of(address) == roles_of(address)
    assert settings.roles_of("social@example.org") == ("platform-lead",)


@pytest.mark.parametrize(
    ("text", "since"), [("2026-11-02", datetime.date(2026, 11, 2)), ('"1234567"', "1234567")]
)
def test_the_beginning_is_a_day_or_a_commit(
    folder: Path, settings_of: Callable[[], HistorySettings], text: str, since: datetime.date | str
) -> None:
    _add(folder, "organization.yml", f"history_since: {text}")
    assert settings_of().since == since


def test_files_are_read_again_once_they_say_something_else(
    folder: Path, settings_of: Callable[[], HistorySettings]
) -> None:
    settings_of()
    _add(folder, "organization.yml", "history_since: 2026-11-02")
    assert settings_of().since == datetime.date(2026, 11, 2)


@pytest.mark.parametrize("name", ["organization.yml", "registers/owners.yml"])
def test_a_mistake_is_said_each_time(
    folder: Path, settings_of: Callable[[], HistorySettings], name: str
) -> None:
    settings_of()
    _add(folder, name, "mistaken: true")
    for _ in range(2):
        with pytest.raises(HandbookError, match="mistaken"):
            settings_of()


def test_a_file_that_is_saved_while_it_is_read_keeps_nothing(
    folder: Path, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module._settings_of

    def save_meanwhile(root: Path) -> HistorySettings:
        settings = real(root)
        _add(folder, "organization.yml", "# Saved meanwhile.")
        return settings

    monkeypatch.setattr(module, "_settings_of", save_meanwhile)
    read_settings(folder, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
