"""Which evidence is read, and where new evidence is written."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from handbook.files.tree import Folder
from handbook.registers.evidence_folder import evidence_paths, is_sample, is_shipped, own_path, path_to_write
from handbook.registers.links import load_links
from handbook.registers.review_index import load_reviews
from handbook.registers.waivers import load_waivers

REVIEWS = "registers/reviews"
INVENTED = {
    "sample/registers/reviews/2026-01-01-a.yml": "started: 2026-01-01\n",
    "sample/registers/reviews/2026-01-02-b/review.yml": "started: 2026-01-02\n",
    "sample/registers/editorial_changes/a.yml": (
        f"date: 2026-01-01\nby: a\nwhy: b\npages: {{docs/a.md: sha256:{'0' * 64}}}\n"
    ),
    "sample/registers/waivers/a.yml": "page: docs/a.md\nrule: STR002\n",
    "sample/registers/editorial_changes.yml": (
        f"changes:\n- {{page: docs/a.md, date: 2026-01-01, by: a, why: b, fingerprint: sha256:{'0' * 64}}}\n"
    ),
    "sample/registers/waivers.yml": "waivers:\n- {page: docs/a.md, rule: STR001}\n",
    "sample/registers/links.yml": "links:\n- address: https://www.nlrb.gov/\n",
}


def _folder(root: Path, organization: str, files: Mapping[str, str]) -> Folder:
    for path, text in {"organization.yml": organization, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Folder(root)


@pytest.mark.parametrize(
    "text", ["", "name: A\n", "sample: false\n", "sample: [", "sample: 'true'\n", "- a\n"]
)
def test_a_handbook_is_the_sample_only_if_it_says_so(tmp_path: Path, text: str) -> None:
    tree = _folder(tmp_path, text, INVENTED)
    assert not is_sample(tree)
    assert own_path(tree, REVIEWS) == REVIEWS
    reviews = load_reviews(tree)
    assert (len(reviews.files), reviews.editorial, load_waivers(tree).waivers, load_links(tree).links) == (
        (0, [], [], [])
    )


def test_the_sample_reads_its_own_evidence_alone(tmp_path: Path) -> None:
    mine = {path.removeprefix("sample/"): "broken: [" for path in INVENTED}
    tree = _folder(tmp_path, "name: A\nsample: true\n", {**INVENTED, **mine})
    reviews, waivers = load_reviews(tree), load_waivers(tree)
    assert [review_file.path for review_file in reviews.files] == [
        "sample/registers/reviews/2026-01-01-a.yml",
        "sample/registers/reviews/2026-01-02-b/review.yml",
    ]
    assert [review_file.name for review_file in reviews.files] == ["2026-01-01-a", "2026-01-02-b"]
    assert [waivers.file_and_location(number, "rule")[0] for number in (0, 1)] == [
        "sample/registers/waivers.yml",
        "sample/registers/waivers/a.yml",
    ]
    assert (len(reviews.editorial), len(waivers.waivers), waivers.path) == (
        2,
        2,
        "sample/registers/waivers.yml",
    )
    assert len(load_links(tree).links) == 1


@pytest.mark.parametrize("organization", ["name: A\n", "name: A\nsample: true\n"])
def test_every_handbook_reads_the_records_of_the_release(tmp_path: Path, organization: str) -> None:
    files = {
        path.replace("sample/registers", "registers/shipped"): text.replace("docs/a.md", "docs/audit/a.md")
        for path, text in INVENTED.items()
        if "review" in path or "editorial" in path
    }
    reviews = load_reviews(_folder(tmp_path, organization, files))
    assert (len(reviews.files), len(reviews.editorial)) == (2, 2)
    assert all(map(is_shipped, (review_file.path for review_file in reviews.files)))


def test_editorial_changes_that_came_with_a_release_excuse_no_page_of_the_organization(
    tmp_path: Path,
) -> None:
    path = "sample/registers/editorial_changes.yml"
    files = {path.replace("sample/registers", "registers/shipped"): INVENTED[path]}
    assert load_reviews(_folder(tmp_path, "name: A\n", files)).editorial == []


@pytest.mark.parametrize(
    ("organization", "page", "place"),
    [
        ("sample: true\n", "docs/a.md", "sample/registers/reviews"),
        ("sample: true\n", "docs/audit/a.md", "registers/shipped/reviews"),
        ("name: A\n", "docs/a.md", "registers/reviews"),
        ("name: A\n", "docs/audit/a.md", "registers/reviews"),
    ],
)
def test_a_new_record_goes_where_it_is_read(tmp_path: Path, organization: str, page: str, place: str) -> None:
    tree = _folder(tmp_path, organization, {})
    assert path_to_write(tree, REVIEWS, [page]) == place
    assert place in evidence_paths(tree, REVIEWS)
