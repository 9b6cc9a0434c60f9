"""Where a file is edited, by the platform that has the repository."""

import pytest

from handbook.git.source_hosts import Service, SourceHost

OWN = "https://git.example.org/a/b"


@pytest.mark.parametrize(
    ("repository", "service", "edit", "folder"),
    [
        ("https://github.com/a/b.git", None, "github.com/a/b/edit/main/{}", "github.com/a/b/tree/main/{}"),
        ("https://gitlab.com/a/b/", None, "gitlab.com/a/b/-/edit/main/{}", "gitlab.com/a/b/-/tree/main/{}"),
        (OWN, "gitlab", "git.example.org/a/b/-/edit/main/{}", "git.example.org/a/b/-/tree/main/{}"),
        (
            "https://codeberg.org/a/b",
            None,
            "codeberg.org/a/b/_edit/main/{}",
            "codeberg.org/a/b/src/branch/main/{}",
        ),
        (OWN, None, None, None),
        ("https://bitbucket.org/a/b", None, None, None),
        ("https://github.com.example.org/a/b", None, None, None),
    ],
)
def test_a_file_is_edited_and_a_folder_seen_where_the_platform_is_known(
    repository: str, service: Service | None, edit: str | None, folder: str | None
) -> None:
    host = SourceHost(repository, named_service=service)
    assert host.editor("docs/a.md") == (edit and f"https://{edit.format('docs/a.md')}")
    assert host.editor("registers/x/") == (folder and f"https://{folder.format('registers/x')}")


def test_a_branch_and_a_path_are_written_as_an_address_needs_them() -> None:
    host = SourceHost("https://github.com/a/b", "work/a b")
    assert host.editor('docs/é "?.md') == "https://github.com/a/b/edit/work/a%20b/docs/%C3%A9%20%22%3F.md"
