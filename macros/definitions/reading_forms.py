"""A macro with the forms of open reviews, for readers without an account on a platform."""

from collections.abc import Iterable, Iterator, Mapping

from handbook.content.pages import Page
from handbook.forges.reviews.form_texts import decide_form, sign_form
from handbook.registers.review_records import ReviewFile
from handbook.reviews.record_editing import missing_roles
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro(templates=("reading_forms.html",))
def reading_forms(context: MacroContext) -> str:
    """Show, for each open review, the form of each reader, and that of the meeting once all have read.

    Readers fill it in there, and paste or mail the text: nothing is sent. Without scripts, they copy the
    empty text.

    Example: {{ reading_forms() }}
    """
    reviews = [_review(context, review_file) for review_file in context.site.registers.reviews.open]
    return render("reading_forms.html", reviews=reviews, words=context.catalog.group("reading_forms"))


def _review(context: MacroContext, review_file: ReviewFile) -> Mapping[str, object]:
    pages = filter(None, (_page(context, path) for path in review_file.record.pages))
    return {
        "name": review_file.name,
        "pages": [
            (page.path, page.title or page.path, context.from_root(context.site.address_of(page)))
            for page in pages
        ],
        "forms": list(_forms(context, review_file)),
    }


def _forms(context: MacroContext, review_file: ReviewFile) -> Iterator[tuple[str, str]]:
    """Yield the title of each role that has yet to read, or of the meeting, with its form."""
    missing = missing_roles(review_file.record)
    for role in missing:
        owner = context.site.owners.find(role)
        read = [(path, text) for path, text in _texts(context, review_file.pages_of(role)) if text]
        yield context.say(owner.title) if owner else role, sign_form(role, read, context.language)
    if not missing:
        roles, texts = list(review_file.record.readings), _texts(context, review_file.record.pages)
        yield context.catalog["reading_forms.meeting"], decide_form(roles, texts, context.language)


def _texts(context: MacroContext, paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each page with its fingerprint, or None if it is deleted."""
    for path in paths:
        page = _page(context, path)
        yield path, context.site.handbook.fingerprint(page) if page else None


def _page(context: MacroContext, path: str) -> Page | None:
    return context.site.pages.get(path.removeprefix("docs/"))
