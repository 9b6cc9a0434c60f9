"""Tests that judge the sample are left out of a handbook of one's own, and the others are not."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.sample_only import judges_the_sample, leave_out, summary


class _Config(SimpleNamespace):
    """What of a run of pytest is used."""

    def __init__(self) -> None:
        super().__init__(stash=pytest.Stash(), hook=SimpleNamespace(pytest_deselected=lambda items: None))  # noqa: ARG005 - as pytest calls it


def test_a_test_of_the_sample_is_told_by_what_it_uses(request: pytest.FixtureRequest) -> None:
    items = {item.nodeid.partition("::")[2]: item for item in request.session.items}
    own = "test_a_test_of_the_sample_is_told_by_what_it_uses"
    assert not judges_the_sample(items[own])


@pytest.mark.parametrize("line", ["sample: true\n", ""])
def test_only_a_handbook_of_ones_own_leaves_them_out(
    tmp_path: Path, line: str, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "organization.yml").write_text(f"{line}name: A\n", encoding="utf-8")
    config, item = _Config(), request.node
    item.add_marker("sample")
    items = [item]
    leave_out(tmp_path, config, items)  # type: ignore[arg-type]
    assert items == ([item] if line else [])
    assert [text[:19] for text in summary(config)] == ([] if line else ["1 tests were left o"])  # type: ignore[arg-type]
