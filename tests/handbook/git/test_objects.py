"""Objects of git, read through one process."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.git.objects import ObjectReader
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def reader(git: Git) -> Iterator[ObjectReader]:
    with closing(ObjectReader(git.root)) as objects:
        yield objects


def _blobs(git: Git, write: Write, contents: list[bytes]) -> list[str]:
    for number, content in enumerate(contents):
        write(f"blobs/{number:03}", content)
    files = "".join(f"blobs/{number:03}\n" for number in range(len(contents)))
    write("list.txt", files)
    git("add", "blobs")
    rows = git("ls-files", "--stage", "--", "blobs").splitlines()
    return [row.split()[1] for row in rows]


def test_many_blobs_are_read_in_order(git: Git, write: Write, reader: ObjectReader) -> None:
    contents = [b"\n%d" % number * (number * 300) for number in range(200)]
    assert list(reader.read_each(_blobs(git, write, contents))) == contents


def test_a_reading_that_stops_early_does_not_disturb_the_next(git: Git, write: Write) -> None:
    names = _blobs(git, write, [b"%d" % number for number in range(100)])
    for _ in range(2):
        with closing(ObjectReader(git.root)) as objects:
            assert list(islice(objects.read_each(names), 2)) == [b"0", b"1"]


def test_a_blob_that_is_missing_is_a_sentence_with_what_to_do(git: Git, reader: ObjectReader) -> None:
    name = git("rev-parse", "HEAD:docs/other.md").strip()
    with pytest.raises(HandbookError, match=r"0000000000;.*fetch"):
        list(reader.read_each([name, "0" * 40]))
    assert reader.read(name).startswith(b"---")
