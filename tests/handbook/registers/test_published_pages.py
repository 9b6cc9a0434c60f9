"""Which pages an organization publishes, and what is told of the others."""

from dataclasses import replace

from handbook.content.pages import Page, PageSource, parse_page
from handbook.registers.published_pages import reasons_to_leave_out
from macros.context.site import Site
from tests.conftest import PAGE


def _page(path: str, more: str = "") -> Page:
    text = PAGE.replace("owner:", f"{more}owner:")
    return parse_page(PageSource(path, path, "fr" if ".fr." in path else "en"), text.encode())


def test_a_page_of_a_platform_without_an_account_is_left_out_with_its_translation(site: Site) -> None:
    names = ("vimeo", "vimeo.fr", "youtube", "youtube.fr", "everywhere", "index")
    reasons = reasons_to_leave_out([_page(f"docs/platforms/{name}.md") for name in names], site.registers)
    assert set(reasons) == {"docs/platforms/vimeo.md", "docs/platforms/vimeo.fr.md"}
    assert "no account" in reasons["docs/platforms/vimeo.fr.md"]


def test_a_page_for_other_organizations_says_so_before_anything_else(site: Site) -> None:
    page = _page("docs/platforms/vimeo.md", "applies_to: {sectors: [healthcare]}\n")
    assert "applies_to" in reasons_to_leave_out([page], site.registers)[page.path]


def test_a_translation_alone_may_be_for_others(site: Site) -> None:
    pages = [_page("docs/a.md"), _page("docs/a.fr.md", "applies_to: {sectors: [healthcare]}\n")]
    assert set(reasons_to_leave_out(pages, site.registers)) == {"docs/a.fr.md"}


def test_a_page_that_organization_yml_leaves_out_goes_with_its_translation(site: Site) -> None:
    leave_out = ["docs/policy/", "docs/law/photos.md"]
    organization = site.organization.model_copy(update={"leave_out": leave_out})
    registers = replace(site.registers, organization=organization)
    names = ("policy/work", "policy/work.fr", "law/photos", "law/photos.fr", "law/index", "policy")
    reasons = reasons_to_leave_out([_page(f"docs/{name}.md") for name in names], registers)
    assert set(reasons) == {f"docs/{name}.md" for name in names[:4]}
    assert "leave_out" in reasons["docs/policy/work.md"]
