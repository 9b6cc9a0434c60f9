"""No page for employees is too long to read."""

from pathlib import Path

import pytest
import yaml

from tests.page_lengths import LONG_PAGES, MOST_WORDS, count_words, lengths, too_long


def test_no_page_of_the_sample_is_too_long(sample_site: Path) -> None:
    assert too_long(sample_site) == {}


def test_the_list_of_long_pages_gets_shorter(sample_site: Path) -> None:
    known = yaml.safe_load(LONG_PAGES.read_text(encoding="utf-8"))
    found = lengths(sample_site)
    assert len(found) > 30
    assert [path for path in known["lists"] if path not in found] == []
    done = [path for path in known["still_too_long"] if found.get(path, 0) <= MOST_WORDS]
    assert done == [], "take these pages off the list"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Menu</p><div class='text' lang='en'><p>Don't <b>post</b> it<br>twice.</p></div><p>Foot</p>", 4),
        ("<div class='text'>a <details><summary>b c</summary><p>d</p>e</details> f</div>", 4),
        ("<div class='text'><details open><summary>b</summary><p>d e</p></details></div>", 3),
        ("<div class='text'><p hidden>a</p><script>b</script><div>c</div></div>", 1),
    ],
)
def test_words_are_counted_as_they_are_seen(html: str, words: int) -> None:
    assert count_words(html) == words
