"""Repositories, as the tests of commands have them."""

from tests.scripts.conftest import clone, git, published, source

__all__ = ["clone", "git", "published", "source"]
