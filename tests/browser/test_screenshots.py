"""The pictures in README.md: as large as they are said to be, small as files, and the same each time."""

import io
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser

from scripts.development.screenshots import VIEWS, View, command, take_picture
from scripts.development.served_site import served
from tests.conftest import ROOT

RED = (200, 0, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_the_same_each_time(browser: Browser, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "index.html").write_text(
        "<style>body { background: white } @media (prefers-color-scheme: dark) { body { background: black } }"
        "i { position: absolute; width: 9px; height: 9px; background: rgb(200 0 0) }</style>"
        "<i></i><h1>Start</h1>"
    )
    view = View("start", "", 360, 300, "dark" if scheme == "dark" else "light")
    with served(tmp_path) as address:
        first, second = (take_picture(browser, address, view) for _ in range(2))
    assert first == second
    with Image.open(io.BytesIO(first)) as picture:
        colors = Counter(picture.convert("RGB").get_flattened_data())
    assert colors.total() == 360 * 300
    assert colors.most_common(1)[0][0] == ((0, 0, 0) if scheme == "dark" else (255, 255, 255))
    assert RED in colors


def test_pictures_are_taken_of_a_built_site_only(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--site", str(tmp_path), "--out", str(tmp_path / "pictures")])
    assert done.exit_code == 2
    assert "handbook build" in done.output
    assert not (tmp_path / "pictures").exists()


def test_readme_shows_each_picture_and_they_are_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    files = [ROOT / "docs" / "contributing" / f"{view.name}.png" for view in VIEWS]
    assert [file.name for file in files if f"]({file.relative_to(ROOT).as_posix()})" not in readme] == []
    assert sum(file.stat().st_size for file in files) < 200_000
