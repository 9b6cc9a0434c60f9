"""Which Markdown extensions of a mkdocs.yml the check renders pages with."""

import pytest

from handbook.content.site_configuration import SiteConfiguration, read_site_configuration
from handbook.errors import HandbookError
from handbook.markup.markdown_settings import markdown_settings, refuse_unknown_markdown
from handbook.markup.rendering import Renderer


def _site(lines: str) -> SiteConfiguration:
    return read_site_configuration(f"markdown_extensions:\n{lines}".encode())


OWN = _site("  - admonition\n")


def test_anchors_are_made_as_the_settings_say() -> None:
    function = "!!python/name:markdown.extensions.toc.slugify_unicode"
    site = _site(f"  - toc:\n      slugify: {function}\n      permalink: true\n")
    refuse_unknown_markdown(site, OWN)
    markup = Renderer(markdown_settings(site.mapping.data)).markup("## Éléments\n\n## Éléments\n")
    assert markup.anchors == {"éléments", "éléments_1"}


def test_footnotes_are_anchors_if_a_site_has_them() -> None:
    site = _site("  - footnotes\n")
    markup = Renderer(markdown_settings(site.mapping.data)).markup("Text[^1].\n\n[^1]: More.\n")
    assert {"fn:1", "fnref:1"} <= markup.anchors


@pytest.mark.parametrize(
    "lines",
    [
        "  - footnotes\n  - pymdownx.tasklist: {custom_checkbox: true}\n",
        "  pymdownx.superfences:\n    custom_fences:\n      - name: mermaid\n        class: mermaid\n"
        "        format: !!python/name:pymdownx.superfences.fence_code_format\n",
        "  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }\n",
    ],
)
def test_extensions_of_our_libraries_are_known(lines: str) -> None:
    site = _site(lines)
    refuse_unknown_markdown(site, OWN)
    assert not Renderer(markdown_settings(site.mapping.data)).markup("Text.\n\n```python\nx\n```\n").failure


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("  - evil\n", "evil"),
        ("  - macros.evil: {a: 1}\n", "macros.evil"),
        ("  - pymdownx.snippets\n", "pymdownx.snippets"),
        ("  - toc: {slugify: !!python/name:os.system }\n", "os.system"),
        ("  - toc: {slugify: !!python/name:pymdownx.slugs.no_such }\n", "pymdownx.slugs.no_such"),
        ("  - toc: {slugify: !ENV [SLUGIFY, x]}\n", "!ENV"),
    ],
)
def test_what_is_not_known_is_refused_on_its_line(lines: str, named: str) -> None:
    site = _site(lines)
    with pytest.raises(HandbookError, match=r"^mkdocs\.yml:2:5: .*" + named.replace(".", r"\.")):
        refuse_unknown_markdown(site, OWN)
    Renderer(markdown_settings(site.mapping.data)).markup("## Text")


def test_an_extension_of_the_installation_is_its_own_business() -> None:
    refuse_unknown_markdown(_site("  - ours\n"), _site("  - ours\n"))


def test_the_extension_that_is_meant_is_named() -> None:
    with pytest.raises(HandbookError, match=r"extension admonitions; did you mean 'admonition'\?$"):
        refuse_unknown_markdown(_site("  - admonitions\n"), OWN)
