"""The Markdown extensions that mkdocs.yml names, without running any that the check does not know."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import version
from typing import Final

from handbook.yaml.located import TaggedValue

# MkDocs adds these to what a site names.
_ALWAYS: Final = ("toc", "tables", "fenced_code")
_OF_MARKDOWN: Final = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em"  # noqa: SIM905
    " md_in_html meta nl2br sane_lists smarty tables toc wikilinks".split()
)
_PREFIXES: Final = ("pymdownx.", "markdown.extensions.")
# They put other files into a page, or change its addresses by the folder of a build.
_READ_FILES: Final = ("pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter")
_NAME_TAG: Final = "tag:yaml.org,2002:python/name:"
_FUNCTIONS: Final = (
    *("pymdownx.slugs.slugify", "pymdownx.slugs.uslugify", "pymdownx.slugs.uslugify_cased"),
    *("pymdownx.slugs.gfm", "pymdownx.slugs.uslugify_case", "pymdownx.slugs.uslugify_encoded"),
    *("markdown.extensions.toc.slugify", "markdown.extensions.toc.slugify_unicode"),
    *("material.extensions.emoji.twemoji", "material.extensions.emoji.to_svg"),
)
# Colors of code have neither anchors nor links, and cost more than the rest of a page.
_NO_COLORS: Final[dict[str, dict[str, object]]] = {"pymdownx.highlight": {"use_pygments": False}}


@dataclass(frozen=True, eq=False)
class MarkdownSettings:
    """The extensions of a site by their names, in order, and their options."""

    extensions: tuple[str, ...] = _ALWAYS
    options: Mapping[str, dict[str, object]] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> bytes:
        """Return bytes that differ whenever the same page could become something else."""
        versions = [version("markdown"), version("pymdown-extensions")]
        record = [versions, self.extensions, self.options]
        return blake2b(json.dumps(record, default=_name_of, sort_keys=True).encode()).digest()


def markdown_settings(configuration: Mapping[str, object]) -> MarkdownSettings:
    """Return the settings in mkdocs.yml; what the check does not know is left out."""
    options = {name: _usable(given) for name, given in named_extensions(configuration) if is_known(name)}
    names = dict.fromkeys((*_ALWAYS, *options))
    return MarkdownSettings(tuple(names), {**options, **_NO_COLORS})


def named_extensions(configuration: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the name of each extension in mkdocs.yml, and its options."""
    listed = configuration.get("markdown_extensions")
    items = [listed] if isinstance(listed, dict) else listed if isinstance(listed, list) else []
    for item in items:
        if isinstance(item, dict):
            yield from ((str(name), options) for name, options in item.items())
        else:
            yield str(item), None


def is_known(name: str) -> bool:
    """Tell whether an extension comes with the libraries of the check, and reads no other file."""
    return name in _OF_MARKDOWN or (name.startswith(_PREFIXES) and name not in _READ_FILES)


def _usable(options: object) -> dict[str, object]:
    given = options if isinstance(options, dict) else {}
    resolved = {str(key): _resolved(value) for key, value in given.items()}
    return {key: value for key, value in resolved.items() if not isinstance(value, TaggedValue)}


def _resolved(value: object) -> object:
    """Return the function of our libraries that a tag names, or the value itself."""
    if not isinstance(value, TaggedValue) or value.tag.removeprefix(_NAME_TAG) not in _FUNCTIONS:
        return value
    module, _, name = value.tag.removeprefix(_NAME_TAG).rpartition(".")
    return getattr(import_module(module), name, value)


def _name_of(value: object) -> str:
    return getattr(value, "__qualname__", str(value))
