"""The menu of a page, which stays short however many pages a handbook has."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from macros.context.page_frame import FramePages, page_frame
from macros.context.site import Site


def _page(path: str) -> Page:
    config = MkDocsConfig()
    config.load_dict({"site_name": "Handbook"})
    return Page(path, File(path, "docs", "site", use_directory_urls=True), config)


def _links(site: Site, sections: int, pages: int) -> tuple[list[int], str]:
    """Return how many links each section of the menu has on the last page, and where its section begins."""
    built = [[_page(f"part-{part}/page-{page}.md") for page in range(pages)] for part in range(sections)]
    nav = Navigation([Section(f"Part {part}", list(each)) for part, each in enumerate(built)], built[-1])
    frame = page_frame(site, site.catalogs["en"], nav, built[-1][-1], FramePages(None, None))
    return [len(section.entries) for section in frame.menu], frame.path[-1].address


def test_a_menu_lists_every_page(site: Site) -> None:
    assert _links(site, 4, 20) == ([20, 20, 20, 20], "part-3/page-0/")


def test_a_menu_of_hundreds_of_pages_lists_its_section_and_where_others_begin(
    site: Site,
) -> None:
    assert _links(site, 16, 20) == ([1] * 15 + [20], "part-15/page-0/")


def test_a_long_section_is_listed_on_its_own_pages_alone(site: Site) -> None:
    assert _links(site, 2, 41)[0] == [1, 41]


def test_the_menu_marks_the_page_and_nothing_on_another(site: Site) -> None:
    built = [[_page(f"part-{part}/page-{page}.md") for page in range(2)] for part in range(2)]
    nav = Navigation([Section(f"Part {part}", list(each)) for part, each in enumerate(built)], built[0])
    marked = []
    for page in (built[0][1], built[1][0], None):
        frame = page_frame(site, site.catalogs["en"], nav, page, FramePages(None, None))
        entries = [entry for section in frame.menu for entry in section.entries]
        marked.append([entry.address for entry in entries if entry.is_current])
    assert marked == [["part-0/page-1/"], ["part-1/page-0/"], []]
