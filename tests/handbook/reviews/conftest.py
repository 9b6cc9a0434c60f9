"""Repositories, as the tests of commands have them."""

from tests.scripts.conftest import clone, git

__all__ = ["clone", "git"]
