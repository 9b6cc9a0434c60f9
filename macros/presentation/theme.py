"""Lets the theme, which is written to print everything as it is, print text as text.

Every template of the theme escapes what it prints. What is HTML says so by its type: `Markup`.
"""

from html import unescape
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.theme import Theme

from macros.presentation.safe_html import clean, plain_id

# The theme's own words and its style of icons are HTML, and nothing of ours is in them.
_OWN_HTML: Final = ("partials/languages/", "partials/icons.html")


class _CompiledTemplates(BytecodeCache):
    """Keeps what templates are compiled to, by their text.

    Each language of a build has an environment of its own, and so has each build of a server.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code that is known for its text."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._code[bucket.key, bucket.checksum] = bucket.code

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - as in Jinja
        """Return the name: wherever its file is, the same text is the same code."""
        return name


_COMPILED: Final = _CompiledTemplates()


class _NothingPublished(FileSystemLoader):
    """Finds each template of the theme, and lists none of its 14,000 files.

    MkDocs publishes what is listed; what pages need of the theme is in the files of the frame.
    """

    def list_templates(self) -> list[str]:
        """Return an empty list, whatever the theme has."""
        return []


class FrameTheme(Theme):
    """The theme of a configuration, as the source of templates only."""

    def __init__(self, theme: Theme) -> None:
        vars(self).update(vars(theme))

    def get_env(self) -> Environment:
        """Return the environment of the theme's templates, as MkDocs makes it, for a language."""
        environment = super().get_env()
        environment.loader = _NothingPublished(self.dirs)
        environment.bytecode_cache = _COMPILED
        return environment


def is_escaped(template: str | None) -> bool:
    """Tell Jinja whether a template of the theme escapes what it prints."""
    return not (template or "").startswith(_OWN_HTML)


def state_title(page: Page) -> None:
    """Make the title of a page HTML, for the theme and for the index of the search, which does not escape.

    A title from the front matter is text. One that MkDocs took from a heading has its characters as entities.
    """
    title = str(page.title)
    page.title = escape(title if "title" in page.meta else unescape(title))
    if "title" in page.meta:
        page.meta["title"] = escape(page.meta["title"])


def clean_heading(item: AnchorLink) -> None:
    """Clean the title of a heading, which is HTML, and its id, and those of the headings below it."""
    item.title = Markup(clean(item.title))  # noqa: S704 - it was cleaned
    item.id = plain_id(item.id)
    for child in item.children:
        clean_heading(child)


def clean_copyright(config: MkDocsConfig) -> None:
    """Clean the copyright of mkdocs.yml, which may be HTML."""
    if config.copyright:
        config.copyright = Markup(clean(config.copyright))  # noqa: S704 - it was cleaned
