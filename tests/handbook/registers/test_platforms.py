"""What registers/platforms.yml may hold."""

from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.platforms import FILE, Platform, Platforms, load_platforms
from macros.context.site import Site

SECTIONS = "sections:\n  - {key: live, title: Live, write: Say who presents.}\n"


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        (f"{SECTIONS}  - {{key: live, title: More, write: Say more.}}\n", "3:11", "keep one of the two"),
        (
            "platforms: {x: {name: X, addresses: {help: 'https://a.example/'}}}\n",
            "1:37",
            "addresses_checked: ",
        ),
        ("platforms: {x: {name: X, addresses: {help: a.example}}}\n", "1:44", "https://"),
        ("platforms: {x: {name: X, addresses: {hlep: 'https://a.example/'}}}\n", "1:38", "'help'?"),
        ("sections:\n  - {key: Live, title: Live, write: Say it.}\n", "2:11", "lower-case words"),
    ],
)
def test_a_mistake_is_located_and_names_what_to_do(
    text: str, place: str, advice: str, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(HandbookError) as error:
        load_platforms(Folder(tmp_path), site.organization)
    [sentence] = str(error.value).splitlines()
    assert sentence.startswith(f"{FILE}:{place}: ")
    assert advice in sentence


def test_an_account_counts_under_every_name_of_its_platform(site: Site) -> None:
    account = site.organization.accounts[0]
    named = [account.model_copy(update={"platform": name}) for name in ("Twitter", "x", "Gazette")]
    organization = site.organization.model_copy(update={"accounts": named})
    known = {"x": Platform(name="X", former_names=["Twitter"]), "vimeo": Platform(name="Vimeo")}
    platforms = Platforms(platforms=known)
    assert platforms.used_by(organization) == {"x", "Gazette"}
    paths = ("docs/platforms/x.md", "docs/platforms/vimeo.md", "docs/platforms/index.md", "docs/vimeo.md")
    assert [path for path in paths if platforms.is_unused(path, organization)] == ["docs/platforms/vimeo.md"]
