"""A macro that links to a page which an organization may do without."""

from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro(templates=("page_link.html",))
def page_link(context: MacroContext, page: str, text: str) -> str:
    """Link to a page if it is published; otherwise, show only the text.

    Pages about the tool come with its releases, and lead to other pages in this way, so that nobody has to
    edit them after leaving out, moving, or deleting such a page.

    Example: {{ page_link("docs/policy/strategy.md", "strategy") }}
    """
    if not page.startswith("docs/") or not page.endswith(".md"):
        raise MacroError(f"'{page}' is not the path of a page; write it as in docs/policy/work.md")
    return render("page_link.html", link=context.link(page), text=text)
