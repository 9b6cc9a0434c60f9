"""The run-time of SCORM 1.2 and the schemas that `make test-training` installs."""

from pathlib import Path
from typing import Final

import pytest

from scripts.development.training_runtime.packages import FOLDER
from tests.browser.conftest import _shared_tab as _shared_tab
from tests.browser.conftest import browser as browser
from tests.browser.conftest import tab as tab

HERE: Final = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the run-time, which `make test` does not have."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.training)


@pytest.fixture(scope="session")
def packages() -> Path:
    if not (FOLDER / "node_modules").is_dir():
        pytest.skip(
            "the run-time is not set up; run make test-training, which needs a network the first time"
        )
    return FOLDER / "node_modules"
