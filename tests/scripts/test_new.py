"""`handbook new` as its user runs it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import ROOT
from tests.scripts.terminals import Terminal

GIVEN = ("--title", "Gifts: what we take", "--owner", "legal-lead", "--description", "What to do with gifts.")
NAVIGATION = """
# Pages
nav:
  - index.md   # the start
  - "The policy": # core
      - "policy/work.md"
      # not policy/old.md
      - Personal: policy/personal.md

  - Platforms:
    - platforms/index.md
    - platforms/x.md  # last
  - law:
      - elsewhere.md

theme:
"""

# A page that was just begun has no record of a review.
CHECK = ("check", "--today", "2026-11-20", "--ignore", "REV005")


@pytest.fixture
def root(folder: Path) -> Path:
    """The handbook of `folder` with a navigation full of comments, and the list of platforms."""
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("\ntheme:\n", NAVIGATION), encoding="utf-8")
    (folder / "docs" / "platforms").mkdir()
    index = (ROOT / "docs" / "platforms" / "index.md").read_text("utf-8")
    for name in ("index", "everywhere"):  # Of both, only their heads matter here.
        head = index.partition("\n# ")[0]
        (folder / "docs" / "platforms" / f"{name}.md").write_text(f"{head}\n# A page\n", encoding="utf-8")
    return folder


def _open_account(root: Path, platform: str) -> None:
    organization = root / "organization.yml"
    account = f"accounts:\n  - platform: {platform}\n    name: Ours\n    purpose: News\n"
    account += "    address: https://pixel.example.org/ours\n"
    text = organization.read_text("utf-8").replace("accounts:\n", account, 1)
    organization.write_text(text, encoding="utf-8")


def _new(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--root", str(root)], catch_exceptions=False)


def _state(root: Path) -> dict[str, bytes]:
    kept = {"__pycache__", ".cache"}
    files = [file for file in root.rglob("*") if file.is_file() and not kept.intersection(file.parts)]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def _added(before: bytes, after: bytes) -> list[str]:
    """Return the lines that were added; nothing else may have changed."""
    lines = after.splitlines(keepends=True)
    new_lines = []
    for line in before.splitlines(keepends=True):
        while lines[0] != line:
            new_lines.append(lines.pop(0).decode())
        lines.pop(0)
    return new_lines + [line.decode() for line in lines]


def test_a_new_page_has_a_whole_head_and_no_review_that_never_happened(root: Path) -> None:
    before = _state(root)
    result = _new(root, "page", "policy/gifts", *GIVEN, "--audience", "work", "--audience", "managers")
    assert (result.exit_code, result.stdout) == (0, "docs/policy/gifts.md: written\n")
    assert (
        (root / "docs/policy/gifts.md")
        .read_text("utf-8")
        .startswith(
            "---\n"
            "title: 'Gifts: what we take'\n"
            "description: What to do with gifts.\n"
            "owner: legal-lead\n"
            "# last_reviewed: `handbook review close` writes the day of the last review\n"
            "audience: [work, managers]\n"
            "# legal_review: `handbook review close` writes the day on which a lawyer read the page\n"
            "---\n\n# Gifts: what we take\n"
        )
    )
    after = _state(root)
    assert {path for path in after if after[path] != before.get(path)} == {"docs/policy/gifts.md"}


def test_the_check_asks_for_the_review_and_for_nothing_else(root: Path) -> None:
    _new(root, "page", "gifts", *GIVEN)
    shown = CliRunner().invoke(main, [*CHECK, "--root", str(root), "docs/gifts.md"])
    assert [line.split()[2] for line in shown.stdout.splitlines()] == ["REV001"]


def test_a_page_that_was_reviewed_passes_the_check(root: Path) -> None:
    assert _new(root, "page", "gifts", *GIVEN, "--reviewed", "2026-11-01").exit_code == 0
    shown = CliRunner().invoke(main, [*CHECK, "--root", str(root), "docs/gifts.md"])
    assert (shown.exit_code, shown.stdout) == (0, "")


PLACES = {
    "gifts": ("  - index.md   # the start\n", ["  - gifts.md\n"]),
    "policy/more/gifts": ("      - Personal: policy/personal.md\n", ["      - policy/more/gifts.md\n"]),
    "law/gifts": ("      - elsewhere.md\n", ["      - law/gifts.md\n"]),
    "new-folder/gifts": ("      - elsewhere.md\n", ["  - New folder:\n", "      - new-folder/gifts.md\n"]),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("page", PLACES)
def test_a_page_is_listed_below_its_neighbors_and_no_other_byte_changes(
    root: Path, page: str, ends: str
) -> None:
    config = root / "mkdocs.yml"
    before = config.read_bytes().replace(b"\n", ends.encode())
    config.write_bytes(before)
    assert _new(root, "page", page, *GIVEN).exit_code == 0
    after = config.read_bytes()
    above, lines = PLACES[page]
    assert _added(before, after) == [line.replace("\n", ends) for line in lines]
    assert (above + "".join(lines)).replace("\n", ends).encode() in after


def test_a_handbook_without_navigation_gets_the_page_alone(folder: Path) -> None:
    result = _new(folder, "page", "docs/gifts.md", *GIVEN)
    assert (result.exit_code, result.stdout) == (0, "docs/gifts.md: written\n")


WRONG = {
    "there-already": (("page", "other", *GIVEN), "docs/other.md"),
    "same-address": (("page", "platforms", *GIVEN), "docs/platforms/index.md"),
    "owner": (("page", "gifts", *GIVEN, "--owner", "legal-led"), "did you mean 'legal-lead'?"),
    "capitals": (("page", "Policy/My gifts", *GIVEN), "'policy/my-gifts'"),
    "upwards": (("page", "../../etc/gifts", *GIVEN), "'etc/gifts'"),
    "absolute": (("page", "/etc/gifts", *GIVEN), "'etc/gifts'"),
    "translation": (("page", "other.fr.md", *GIVEN), "'other-fr'"),
    "nothing": (("page", "", *GIVEN), "'policy/gifts'"),
    "html": (("page", "gifts", *GIVEN, "--title", "<b>Gifts</b>"), "title must be plain text"),
    "lines": (("page", "gifts", *GIVEN, "--title", "Gifts\n---"), "title must be one line"),
    "future": (("page", "gifts", *GIVEN, "--reviewed", "2999-01-01"), "--reviewed is 2999-01-01"),
    "missing": (("page", "gifts", "--title", "Gifts"), "--owner, --description are missing"),
    "empty": (("page", "gifts", *GIVEN, "--description", " "), "--description is missing"),
    "no-key": (("platform", "快手"), "--key wechat"),
    "bad-key": (("platform", "快手", "--key", "Kuai Shou"), "--key is 'Kuai Shou'"),
    "other-key": (("platform", "Twitter", "--key", "twitter"), "Twitter is 'x' in registers/platforms.yml"),
    "misspelled": (("platform", "Mastadon"), "did you mean 'Mastodon'?"),
    "taken-key": (("platform", "Ex", "--key", "x"), "'x' is X in registers/platforms.yml"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_and_nothing_is_written(root: Path, name: str) -> None:
    arguments, named = WRONG[name]
    before = _state(root)
    result = _new(root, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr
    assert _state(root) == before


def test_a_platform_whose_page_waits_for_an_account_says_so(root: Path) -> None:
    assert _new(root, "platform", "Pixel: Fed").exit_code == 0
    assert "add our account to organization.yml" in _new(root, "platform", "Pixel: Fed").stderr
    _open_account(root, "pixel-fed")
    assert "edit it, or choose another name" in _new(root, "platform", "Pixel: Fed").stderr


@pytest.mark.parametrize("navigation", ["nav: [index.md]", "nav: [index.md, {Law: [law/photos.md]}]"])
def test_a_navigation_in_brackets_is_left_to_its_author(folder: Path, navigation: str) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(f"{navigation}\n{config.read_text('utf-8')}", encoding="utf-8")
    before = _state(folder)
    result = _new(folder, "page", "policy/gifts", *GIVEN)
    assert result.exit_code == 2
    assert "add policy/gifts.md" in result.stderr
    assert _state(folder) == before


def test_a_folder_that_leads_outside_gets_no_page(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "docs" / "law").symlink_to(tmp_path / "outside")
    result = _new(root, "page", "law/gifts", *GIVEN)
    assert (result.exit_code, list((tmp_path / "outside").iterdir())) == (2, [])
    assert "docs/law/gifts.md" in result.stderr


def test_a_terminal_is_asked_for_what_is_missing_and_again_after_a_wrong_owner(root: Path) -> None:
    terminal = Terminal("new", "page", "gifts", "--title", "Gifts", "--root", str(root))
    terminal.until("Owner")
    terminal.type("legal-led\n")
    terminal.until("did you mean 'legal-lead'?")
    terminal.until("Owner")
    terminal.type("legal-lead\n")
    terminal.until("Description")
    terminal.type("About gifts.\n")
    assert terminal.end() == 0, terminal.shown
    assert "Title of the page" not in terminal.shown
    head = (root / "docs/gifts.md").read_text("utf-8")
    assert "owner: legal-lead\n" in head
    assert "description: About gifts.\n" in head


def test_a_platform_takes_one_command_and_the_check_names_what_to_fill_in(root: Path) -> None:
    before = _state(root)
    result = _new(root, "platform", "Pixel: Fed")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "docs/platforms/pixel-fed.md: written",
            "registers/platforms.yml: changed",
            "registers/schemas/names.schema.json: changed",
        ],
    )
    after = _state(root)
    assert _added(before["registers/platforms.yml"], after["registers/platforms.yml"]) == [
        "  pixel-fed:\n",
        "    name: 'Pixel: Fed'\n",
    ]
    assert before["mkdocs.yml"] == after["mkdocs.yml"]
    assert "because only then the page is published" in result.stderr


def test_the_page_of_a_platform_passes_as_it_was_written_but_for_its_review(root: Path) -> None:
    _new(root, "platform", "Pixel: Fed")
    _open_account(root, "pixel-fed")
    page = "docs/platforms/pixel-fed.md"
    shown = CliRunner().invoke(main, ["check", "--root", str(root), "--today", "2026-11-20", page])
    assert [line.split()[2] for line in shown.stdout.splitlines()] == ["REV001"]


@pytest.mark.usefixtures("long_registers")
def test_a_platform_page_shows_what_the_registers_know(root: Path) -> None:
    """The registers of the sample have addresses and facts of Bluesky, but no page in this handbook."""
    result = _new(root, "platform", "Bluesky")
    text = (root / "docs/platforms/bluesky.md").read_text("utf-8")
    assert "owner: platform-lead\n" in text
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings.index("## Official accounts") < headings.index("## Set-up and security")
    assert headings.index("## Set-up and security") < headings.index("## When something goes wrong")
    for call in ('platform_addresses("bluesky")', 'accounts("bluesky")', 'facts("bluesky", "messages")'):
        assert f"{{{{ {call} }}}}" in text
    assert "## Live" not in text
    assert "add our account" not in result.stderr
    shown = CliRunner().invoke(main, [*CHECK, "--root", str(root), "docs/platforms/bluesky.md"])
    assert [line.split()[2] for line in shown.stdout.splitlines()] == ["REV001"]


def test_a_platform_known_by_another_name_keeps_its_entry(root: Path) -> None:
    before = _state(root)
    assert _new(root, "platform", "weixin").exit_code == 0
    assert "# WeChat guidelines\n" in (root / "docs/platforms/wechat.md").read_text("utf-8")
    assert _state(root)["registers/platforms.yml"] == before["registers/platforms.yml"]


def test_without_a_list_of_platforms_the_owner_has_to_be_named(folder: Path) -> None:
    assert "--owner is missing" in _new(folder, "platform", "Mastodon").stderr
    assert _new(folder, "platform", "Mastodon", "--owner", "platform-lead").exit_code == 0


def test_a_page_is_in_the_main_language(root: Path) -> None:
    organization = root / "organization.yml"
    text = organization.read_text("utf-8").replace("languages: [en, fr]", "languages: [fr, en]")
    organization.write_text(text, encoding="utf-8")
    _new(root, "platform", "Mastodon")
    text = (root / "docs/platforms/mastodon.fr.md").read_text("utf-8")
    assert "# Consignes pour Mastodon\n" in text
    assert "## Configuration et sécurité\n\n<!-- Numérotez les étapes" in text
