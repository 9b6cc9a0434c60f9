"""The files of a case: a page to read, the same for programs, and copies of what it rests on."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from handbook.audit import dataset_formats
from handbook.audit.cases.case import Case, RedlinePart
from handbook.audit.cases.past_day import PastDay
from handbook.audit.pack import Pack
from handbook.audit.print_document import file_of
from handbook.comparison.formats import readers_in_words
from handbook.editions.published_branch import MANIFEST, Published
from handbook.formats.html_document import DOCUMENTS
from handbook.formats.redlines import as_html as redline_as_html
from handbook.formats.text_templates import text_templates
from handbook.registers.review_records import FOLDER
from handbook.text.redline import Mark, Piece, shortened

_LONGEST_NAME: Final = 60
_TEXTS: Final = text_templates()


def case_name(case: Case) -> str:
    """Return the name of the folder: the day, and the page or the words that were asked for."""
    asked = case.pages[0].facts.path.removeprefix("docs/").removesuffix(".md")
    words = asked if len(case.pages) == 1 else case.asked
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:_LONGEST_NAME].rstrip("-")
    return f"case-{case.day}-{plain or 'pages'}"


def case_pack(case: Case, past: PastDay, published: Published, verifier: bytes) -> Pack:
    """Return the folder of a case, to be sealed as an audit pack is."""
    html = DOCUMENTS.get_template("case.html").render(
        case=case,
        readers_in_words=readers_in_words,
        redline=lambda parts: redline_as_html(shortened(_pieces(parts))),
    )
    files = {
        "index.html": html,
        "README.txt": _TEXTS.get_template("case.txt").render(case=case),
        "case.json": dataset_formats.as_json(case),
        "case.schema.json": dataset_formats.as_schema(Case),
    }
    facts: dict[str, object] = {
        "commit": case.commit,
        "day": case.day.isoformat(),
        "edition": case.edition.edition if case.edition else None,
        "editions": [],  # A pack has whole editions here; a case has a few of their files.
        "history_until": case.history_until,
    }
    copies = dict(_copies(case, past, published))
    texts = {path: text.encode("utf-8", "backslashreplace") for path, text in files.items()}
    return Pack(case_name(case), past.now.seconds, facts, {**texts, **copies, "verify.py": verifier})


def _pieces(parts: Sequence[RedlinePart]) -> list[Piece]:
    return [Piece(Mark(part.mark), part.text) for part in parts]


def _copies(case: Case, past: PastDay, published: Published) -> Iterator[tuple[str, bytes]]:
    """Yield the sources of the pages, the records of their reviews, and the files of the edition."""
    for page in case.pages:
        yield f"source/{page.facts.path}", past.site_in_force.tree.read(page.facts.path) or b""
        for review in page.reviews:
            yield from _record(review.record, past)
    if past.edition:
        yield from _published(case, past.edition.edition, past, published)


def _record(record: str, past: PastDay) -> Iterator[tuple[str, bytes]]:
    """Yield a record, which is one file or the files of one folder."""
    folder = f"{record.removesuffix('.yml').removesuffix('/review')}/"
    for path in past.known.tree.entries:
        if path == record or path.startswith(folder):
            yield f"reviews/{path.removeprefix(f'{FOLDER}/')}", past.known.tree.read(path) or b""


def _published(case: Case, name: str, past: PastDay, published: Published) -> Iterator[tuple[str, bytes]]:
    files = past.edition.files if past.edition else {}
    for page in case.pages:
        if (file := file_of(page.facts.address, files)) and (data := published.read(f"{name}/{file}")):
            yield f"published/{file}", data
    yield f"published/{MANIFEST}", published.read(f"{name}/{MANIFEST}") or b""
    tag = published.tag(past.edition.name) if past.edition else None
    if tag:
        yield "published/tag.txt", tag.shown_text.encode("utf-8", "surrogateescape")
