"""No page for employees is too long to read."""

from pathlib import Path

import pytest
import yaml

from tests.page_lengths import LISTS, count_words, lengths, most_words, too_long


def test_no_page_of_the_sample_is_too_long(sample_site: Path) -> None:
    assert too_long(sample_site) == {}


def test_the_lists_are_pages_that_need_to_be_longer(sample_site: Path) -> None:
    counts = lengths(sample_site)
    lists = yaml.safe_load(LISTS.read_text(encoding="utf-8"))["lists"]
    assert [path for path in lists if counts[path] <= most_words(path)] == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Menu</p><div class='text' lang='en'><p>Don't <b>post</b> it<br>twice.</p></div><p>Foot</p>", 4),
        ("<div class='text'>a <details><summary>b c</summary><p>d</p>e</details> f</div>", 6),
        ("<div class='text'><p hidden>a</p><script>b</script><div>c</div></div>", 1),
    ],
)
def test_words_are_counted_as_they_are_read(html: str, words: int) -> None:
    assert count_words(html) == words
