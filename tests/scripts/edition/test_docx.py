"""`handbook edition docx`: an edition for counsel, whole and the same each time."""

from pathlib import Path

import docx
import pytest

from handbook.formats.word_document import WordFacts, word_document
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import edition

FACTS = WordFacts("Title", "Author", "en", 1795176000)
PRINTED = """<html><body><section class="page"><h1>Gifts</h1><p>Ask <strong>first</strong>,
<a href="https://example.org/">here</a>.</p><ol start="3"><li>Three<ul><li>Deep</li></ul></li></ol>
<table><caption>Who</caption><tr><th>Role</th></tr><tr><td>Lead</td></tr></table>
<p hidden>Never.</p><img alt="A plan"></section></body></html>"""


def test_an_edition_is_the_same_document_each_time(
    published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = edition(published, "docx", "2026.1")
    assert first.stdout == "edition-2026.1.docx: edition 2026.1, 2 pages\n"
    assert edition(published, "docx", "2026.1", "--out", "again.docx").exit_code == 0
    assert Path("again.docx").read_bytes() == Path("edition-2026.1.docx").read_bytes()
    read = docx.Document("again.docx")
    titles = [each.text for each in read.paragraphs if each.style and each.style.name == "Heading 1"]
    assert titles[1:] == ["Contents", "A page", "Other"]
    assert read.core_properties.author == "Example Reading Network"
    refused = edition(published, "docx", "2026.1")
    assert (refused.exit_code, "already exists, so nothing was written" in refused.stderr) == (2, True)
    assert "did you mean '2026.1'?" in edition(published, "docx", "2026.2").stderr


def test_words_tables_lists_and_links_keep_what_they_are(tmp_path: Path) -> None:
    file = tmp_path / "edition.docx"
    file.write_bytes(word_document(PRINTED, FACTS))
    read = docx.Document(str(file))
    assert [each.text for each in read.paragraphs if each.text] == [
        *("Gifts", "Ask first, here.", "3. Three", "• Deep", "Who", "[A plan]"),
    ]
    assert [cell.text for row in read.tables[0].rows for cell in row.cells] == ["Role", "Lead"]
    assert read.tables[0].rows[0]._tr.trPr is not None
    assert any(run.bold and run.text == "first" for each in read.paragraphs for run in each.runs)
    links = [link.address for each in read.paragraphs for link in each.hyperlinks]
    assert links == ["https://example.org/"]
