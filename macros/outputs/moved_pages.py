"""A page at each address that a page had before it was renamed or removed, in each language.

It leads to the page to read now without a script. What follows a `#` in the old address is not kept, because
only a script could read it.
"""

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote

from mkdocs.utils import get_relative_url

from handbook.content.file_names import without_case
from handbook.content.site_map import address_of_path
from handbook.errors import HandbookError
from handbook.registers.moved_pages import FILE
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.presentation.templates import render


def moved_pages(site: Site, taken: Collection[str]) -> Mapping[str, bytes]:
    """Return the pages by their path below the site; `taken` are the paths of other files.

    An address of a page of today is left to that page, and a page that is not published is led to by none;
    REG004 and REG001 find them.

    Raises:
        HandbookError: if an old address is that of another file of the site.

    """
    return {
        path: _page(site, language, path, new).encode()
        for old, new in _leading_on(site, frozenset(map(without_case, taken)))
        for language in site.organization.languages
        for path in (site.folder_of(language) + _file_at(old),)
    }


def _leading_on(site: Site, taken: Collection[str]) -> Iterator[tuple[str, str]]:
    languages, register = site.organization.languages, site.registers.moved_pages
    shown = {without_case(address_of_path(page.path, languages)) for page in site.pages.values()}
    for old, new in register.pages.items():
        if without_case(_file_at(old)) in taken:
            place = register.location(old)
            message = f"the build writes another file at '{old}'; remove this line"
            raise HandbookError(f"{FILE}:{place.line}:{place.column}: {message}")
        if site.page_for(new, site.main_language) and without_case(old) not in shown:
            yield old, new


def _page(site: Site, language: str, path: str, new: str) -> str:
    own = quote(path.removesuffix("index.html"))
    target = site.folder_of(language) + quote(address_of_path(new, site.organization.languages))
    return render(
        "documents/moved.html",
        language=language,
        site_name=site.name_in(language),
        address=get_relative_url(target or "./", own),
        title=MacroContext(site, language).title_of(new),
        words=site.catalogs[language].group("moved"),
    )


def _file_at(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") else address
