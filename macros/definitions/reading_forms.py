"""A macro with the forms of open reviews, for readers without an account on a platform."""

from collections.abc import Iterator, Mapping

from handbook.content.pages import Page
from handbook.registers.review_records import ReviewFile
from handbook.reviews.comments.form_texts import decide_form, sign_form
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
    pages = [page for path in review_file.record.pages if (page := _page(context, path))]
    return {
        "name": review_file.name,
        "pages": [
            (page.path, page.title or page.path, context.from_root(context.site.address_of(page)))
            for page in pages
        ],
        "forms": list(_forms(context, review_file, pages)),
    }


def _forms(context: MacroContext, review_file: ReviewFile, pages: list[Page]) -> Iterator[tuple[str, str]]:
    """Yield the title of each role that has yet to read, or of the meeting, with its form."""
    missing = missing_roles(review_file.record)
    for role in missing:
        owner = context.site.owners.find(role)
        texts = [_text(context, page) for page in pages if page.path in review_file.pages_of(role)]
        yield context.say(owner.title) if owner else role, sign_form(role, texts, context.language)
    if not missing:
        roles, texts = list(review_file.record.readings), [_text(context, page) for page in pages]
        yield context.catalog["reading_forms.meeting"], decide_form(roles, texts, context.language)


def _text(context: MacroContext, page: Page) -> tuple[str, str]:
    return page.path, context.site.handbook.fingerprint(page)


def _page(context: MacroContext, path: str) -> Page | None:
    return context.site.pages.get(path.removeprefix("docs/"))
