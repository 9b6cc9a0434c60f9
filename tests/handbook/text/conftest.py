"""Markdown as the site renders it."""

import pytest
import yaml
from markdown import Markdown  # type: ignore[import-untyped]

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def markdown() -> Markdown:
    """Python-Markdown with the extensions of the site, except those that need MkDocs."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    return Markdown(extensions=[name for name in settings if isinstance(name, str)])
