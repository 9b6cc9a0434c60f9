"""Built pages, as the tests of comparisons write and compare them."""

from handbook.comparison.change_record import ChangeReport
from handbook.comparison.compare import compare_pages
from handbook.comparison.rendered_page import RenderedPage
from handbook.comparison.rendered_pages import rendered_pages

NAMES = ("2026.1", "2026.2")
_PART = '<div lang="en" data-page="docs/a.md" data-audience="work managers">'


def html_of(body: str, path: str = "docs/a.md") -> bytes:
    """Return the file of a page with a text, and with what surrounds it on a site."""
    part = _PART.replace("docs/a.md", path)
    around = '<ul class="facts"><li>Owner: us</li></ul><div class="overdue" hidden>Overdue</div>'
    text = f"{part}<h1>A page</h1></div>{around}{part}{body}</div>"
    whole = f"<html><body><nav>Menu</nav><article>{text}</article><footer>Foot</footer></body></html>"
    return whole.encode()


def rendered(body: str, address: str = "a/index.html", path: str = "docs/a.md") -> RenderedPage:
    """Read a page with a text, at an address."""
    return rendered_pages({address: html_of(body, path)})[path]


def compared(before: str, after: str) -> ChangeReport:
    """Compare two texts of the page docs/a.md."""
    return compare_pages({"docs/a.md": rendered(before)}, {"docs/a.md": rendered(after)}, NAMES)


def redline_of(report: ChangeReport) -> str:
    """Return the redline of the first page, with `+` around inserted and `-` around deleted words."""
    marks = {"kept": "{}", "inserted": "+{}+", "deleted": "-{}-", "left_out": "…"}
    return "".join(marks[part.mark].format(part.text) for part in report.pages[0].redline)
