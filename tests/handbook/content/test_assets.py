"""Files beside the pages are published only if a browser does nothing with them."""

import io

import pytest

from handbook.content.assets import Asset, danger_of


@pytest.mark.parametrize("name", ["Thumbs.db", "images/desktop.ini"])
def test_what_a_computer_leaves_in_folders_is_to_be_removed(name: str) -> None:
    danger = danger_of(Asset(f"docs/{name}", io.BytesIO))
    assert danger is not None
    assert danger.endswith("remove it")
    assert "save it" not in danger
