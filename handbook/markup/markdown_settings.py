"""The Markdown extensions that mkdocs.yml names, without running any that the check does not know."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import version
from typing import Final

from markdown import Markdown  # type: ignore[import-untyped]

from handbook.content.site_configuration import SiteConfiguration
from handbook.errors import HandbookError
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.located import Key
from handbook.yaml.values import TaggedValue

# MkDocs adds these to what a site names.
_ALWAYS: Final = ("toc", "tables", "fenced_code")
_OF_MARKDOWN: Final = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em"  # noqa: SIM905
    " md_in_html meta nl2br sane_lists smarty tables toc wikilinks".split()
)
_PREFIXES: Final = ("pymdownx.", "markdown.extensions.")
# They put other files into a page, or change its addresses by the folder of a build.
_READ_FILES: Final = ("pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter")
_NAME_TAG: Final = "python/name:"
_FUNCTIONS: Final = frozenset(
    (
        *(f"pymdownx.slugs.{name}" for name in ("slugify", "gfm", "gfm_encoded")),
        *("markdown.extensions.toc.slugify", "markdown.extensions.toc.slugify_unicode"),
        *(f"pymdownx.emoji.{name}" for name in ("emojione", "gemoji", "twemoji")),
        *(f"pymdownx.emoji.{name}" for name in ("to_alt", "to_png", "to_svg")),
        *("material.extensions.emoji.twemoji", "material.extensions.emoji.to_svg"),
        *("pymdownx.superfences.fence_code_format", "pymdownx.superfences.fence_div_format"),
    )
)
_PATH: Final[tuple[Key, ...]] = ("markdown_extensions",)
_UNJUDGED: Final = "so it cannot tell where links lead; take it out"
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
    known = ((name, _usable(given)) for name, given in named_extensions(configuration) if is_known(name))
    options = {name: given for name, given in known if _mistake_in(name, given) is None}
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


def refuse_unknown_markdown(site: SiteConfiguration, installed: SiteConfiguration) -> None:
    """Refuse extensions under which the check would not know what pages become.

    Raises:
        HandbookError: with one line for each mistake.

    """
    own = {name for name, _ in named_extensions(installed.mapping.data)}
    lines: list[str] = []
    for place, name, options in _placed_extensions(site):
        unknown = [what for what in _unknown_in(name, options) if name not in own or what != _extension(name)]
        lines += [site.line(place, f"the check does not know {what}{_remedy(name, own)}") for what in unknown]
        if not unknown and (mistake := _mistake_in(name, _usable(options), own)):
            option, message = mistake
            lines.append(site.line((*place, name, option) if option else place, message))
    if lines:
        raise HandbookError("\n".join(lines))


def _placed_extensions(site: SiteConfiguration) -> Iterator[tuple[tuple[Key, ...], str, object]]:
    """Yield the place of each extension in mkdocs.yml, its name, and its options."""
    listed = site.mapping.data.get("markdown_extensions")
    for number, item in enumerate(listed if isinstance(listed, list) else [listed]):
        place = (*_PATH, number) if isinstance(listed, list) else _PATH
        for name, options in named_extensions({"markdown_extensions": [item]} if item is not None else {}):
            yield place, name, options


def _mistake_in(
    name: str, options: dict[str, object], own: Collection[str] = ()
) -> tuple[str | None, str] | None:
    """Return the wrong option, or None if the extension itself is wrong, and a sentence about it.

    An extension that only the installation has, which is in `own`, is not judged, unless it is a misspelling
    of a known one.
    """
    meant = nearest(name, sorted({*_OF_MARKDOWN, *filter(is_known, own)} - {name}))
    if not is_known(name) and not meant:
        return None
    try:
        plain = Markdown().build_extension(name, {})
    except (ImportError, AttributeError):
        remedy = f"did you mean '{meant}'?" if meant else "take it out"
        return None, f"the Markdown extension {name} is not installed; {remedy}"
    for option, value in options.items():
        if option not in plain.config:
            return option, f"unknown option '{option}' of {name}; {did_you_mean(option, plain.config)}"
        try:
            Markdown(extensions=[name], extension_configs={name: {option: value}})
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            return (
                option,
                f"the option '{option}' of {name} cannot be used ({error}); correct it, or delete it",
            )
    return None


def _remedy(name: str, known: Collection[str]) -> str:
    meant = None if is_known(name) else nearest(name, sorted({*_OF_MARKDOWN, *known}))
    return f"; did you mean '{meant}'?" if meant else f", {_UNJUDGED}"


def _unknown_in(name: str, options: object) -> Iterator[str]:
    if not is_known(name):
        yield _extension(name)
    for value in _tagged_in(options):
        if _function_of(value) is None:
            yield f"{value.tag.removeprefix(_NAME_TAG)}, which the extension {name} would call"


def _extension(name: str) -> str:
    return f"the Markdown extension {name}"


def _tagged_in(options: object) -> Iterator[TaggedValue]:
    if isinstance(options, TaggedValue):
        yield options
    inner = options.values() if isinstance(options, dict) else options if isinstance(options, list) else ()
    for value in inner:
        yield from _tagged_in(value)


def _usable(options: object) -> dict[str, object]:
    """Return the options of an extension, with functions in place of their names, or without them."""
    given = options if isinstance(options, dict) else {}
    return {
        str(key): _resolved(value)
        for key, value in given.items()
        if all(_function_of(tagged) for tagged in _tagged_in(value))
    }


def _resolved(value: object) -> object:
    if isinstance(value, TaggedValue):
        return _function_of(value)
    if isinstance(value, dict):
        return {key: _resolved(inner) for key, inner in value.items()}
    return [_resolved(inner) for inner in value] if isinstance(value, list) else value


def _function_of(value: TaggedValue) -> object | None:
    """Return the function of our libraries that a tag names, or None if it is none that we know."""
    path = value.tag.removeprefix(_NAME_TAG)
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name, None) if path in _FUNCTIONS else None


def _name_of(value: object) -> str:
    return getattr(value, "__qualname__", str(value))
