"""Reads mkdocs.yml without running what it names: its tags stay tags, and no other file is read for it.

MkDocs itself resolves a tag such as `!!python/object/apply:` by calling a function, imports hooks, plugins
and extensions, and asks the environment. Whoever judges somebody else's handbook must do none of that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from handbook.errors import HandbookError
from handbook.findings import Location, Problem
from handbook.text.hidden_characters import hidden_characters
from handbook.text.quoting import one_line
from handbook.yaml.located import NO_KEYS, Key, LocatedMapping, read_mapping
from handbook.yaml.locations import location_of_byte
from handbook.yaml.values import TaggedValue

_MENU_ENTRY: Final = "`- policy/work.md`"
FILE: Final = "mkdocs.yml"
OWN_HOOK: Final = "macros/hooks.py"
OWN_PLUGINS: Final = ("macros", "i18n")
# It adds an index and changes no page. Handbooks name it that are older than our own search.
_HARMLESS_PLUGINS: Final = ("search",)
# MkDocs and its extensions define these; a build resolves them.
_HARMLESS_TAGS: Final = ("!ENV", "!relative", "tag:yaml.org,2002:python/name:")
# What runs during a build, or is rendered by it. None of it is needed to list the pages.
_RUNNING: Final = ("hooks", "plugins", "markdown_extensions", "mdx_configs", "theme", "extra_templates")
# These decide which pages there are.
_DECIDING: Final = ("docs_dir", "exclude_docs", "draft_docs", "not_in_nav", "nav", "use_directory_urls")
_FOLDERS: Final[tuple[tuple[Key, ...], ...]] = (("docs_dir",), ("theme", "custom_dir"))


@dataclass(frozen=True, slots=True)
class SiteConfiguration:
    """The settings of mkdocs.yml, with their lines."""

    mapping: LocatedMapping

    def line(self, path: tuple[Key, ...], message: str) -> str:
        """Return a sentence about a setting, as a line that locates it."""
        return _line(_problem(self, path, message))

    @property
    def hooks(self) -> list[object]:
        """Return the files that MkDocs would run as hooks."""
        hooks = self.mapping.data.get("hooks")
        return hooks if isinstance(hooks, list) else []

    @property
    def plugins(self) -> dict[str, object]:
        """Return the options of each plugin, by its name."""
        plugins = self.mapping.data.get("plugins")
        named = plugins.items() if isinstance(plugins, dict) else _named_items(plugins)
        return {str(name): options for name, options in named}

    @property
    def plugins_without_tags(self) -> list[dict[str, object]]:
        """Return what MkDocs needs to load the plugins, without the options that the environment decides."""
        return [{name: _without_tags(options)} for name, options in self.plugins.items()]

    @property
    def about_pages(self) -> dict[str, object]:
        """Return the settings that MkDocs needs to list the pages; they name nothing that runs."""
        return {key: value for key, value in _without_tags(self.mapping.data).items() if key not in _RUNNING}

    @property
    def menu_words(self) -> dict[tuple[str, str], Location]:
        """Return what the menu says of its own, with places: titles, and addresses elsewhere.

        A title comes with the page that it leads to, and that of a section with nothing.
        """
        menu = _menu_words(self.mapping.data.get("nav"), ("nav",))
        return {words: self.mapping.location_of(path) for words, path in menu}

    @property
    def menu_problems(self) -> list[Problem]:
        """Return what is wrong with the entries of the menu, each on its line."""
        mistakes = _mistakes_of_menu(self.mapping.data.get("nav"), ("nav",))
        return [Problem.at(self.mapping.value_location_of(path), message) for path, message in mistakes]

    @property
    def about_the_build(self) -> dict[str, object]:
        """Return everything but the navigation."""
        return {key: value for key, value in self.mapping.data.items() if key != "nav"}


@lru_cache(maxsize=8)
def read_site_configuration(data: bytes) -> SiteConfiguration:
    """Read mkdocs.yml.

    Raises:
        HandbookError: with the line, if it cannot be read or has a tag that makes a build run something.

    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = location_of_byte(data, error.start)
        raise HandbookError(_line(Problem.at(place, "the file is not UTF-8; save it as UTF-8"))) from None
    text = text.replace("\r\n", "\n")
    for offset, message in hidden_characters(text):
        line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
        raise HandbookError(_line(Problem(line, message, column)))
    mapping = read_mapping(text, kept_tags=_HARMLESS_TAGS)
    if mapping.problem and mapping.problem.message == NO_KEYS:
        raise HandbookError(
            _line(Problem(1, "there are no settings here; restore the file from the history"))
        )
    if mapping.problem:
        raise HandbookError(_line(mapping.problem))
    if second := list(mapping.second_keys()):
        raise HandbookError("\n".join(_line(Problem.at(*mistake)) for mistake in second))
    return SiteConfiguration(mapping)


def refuse_foreign_code(site: SiteConfiguration, installed: SiteConfiguration) -> None:
    """Refuse settings under which a build would run other code than the installation that judges it.

    Raises:
        HandbookError: with one line for each mistake.

    """
    problems = [*_missing(site), *_foreign(site, installed), *_decided_elsewhere(site)]
    if problems:
        raise HandbookError("\n".join(map(_line, problems)))


def _missing(site: SiteConfiguration) -> Iterator[Problem]:
    if OWN_HOOK not in site.hooks:
        yield _problem(
            site, ("hooks",), f"the hook {OWN_HOOK} is missing, so a build would check no page; add it again"
        )
    for name in OWN_PLUGINS:
        if name not in site.plugins:
            yield _problem(site, ("plugins",), f"the plugin {name} is missing; add it again as in the sample")
    options = site.plugins.get("macros")
    if isinstance(options, dict) and options.get("module_name") != "macros":
        message = "the plugin macros loads other code than the folder macros/; write `module_name: macros`"
        yield _problem(site, ("plugins",), message)


def _foreign(site: SiteConfiguration, installed: SiteConfiguration) -> Iterator[Problem]:
    """Find what the installation that judges does not run itself."""
    for hook in site.hooks:
        if hook not in installed.hooks:
            yield _problem(site, ("hooks",), _unknown("hook", hook))
    for name in site.plugins:
        if name not in installed.plugins and name not in _HARMLESS_PLUGINS:
            yield _problem(site, ("plugins",), _unknown("plugin", name))


def _unknown(kind: str, name: object) -> str:
    return (
        f"the {kind} {name} may change which pages there are, and the installation that checks does not"
        " run it; take it out, or check with an installation whose own mkdocs.yml names it"
    )


def _decided_elsewhere(site: SiteConfiguration) -> Iterator[Problem]:
    data = site.mapping.data
    if "INHERIT" in data:
        yield _problem(site, ("INHERIT",), "settings come from another file; copy them into this one")
    for key in _DECIDING:
        if _has_tag(data.get(key)):
            yield _problem(site, (key,), "the environment would decide which pages there are; write it out")
    for path in _FOLDERS:
        value = _at(data, path)
        if isinstance(value, str) and _leads_out(value):
            yield _problem(site, path, f"'{value}' is outside the handbook; name a folder in it")


def _at(data: object, path: tuple[Key, ...]) -> object:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _menu_words(
    navigation: object, path: tuple[Key, ...]
) -> Iterator[tuple[tuple[str, str], tuple[Key, ...]]]:
    if isinstance(navigation, list):
        for number, item in enumerate(navigation):
            yield from _menu_words(item, (*path, number))
    elif isinstance(navigation, dict):
        for title, inner in navigation.items():
            yield (str(title), inner if isinstance(inner, str) else ""), (*path, title)
            yield from _menu_words(inner, (*path, title))
    elif isinstance(navigation, str) and "//" in navigation:
        yield (navigation, ""), path


def _mistakes_of_menu(navigation: object, path: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield the path and the mistake of each entry that is neither a page nor a title with pages."""
    if not isinstance(navigation, list):
        yield path, f"'{path[-1]}' leads nowhere; below it, write lines such as {_MENU_ENTRY}"
        return
    for number, item in enumerate(navigation):
        titled = isinstance(item, dict) and len(item) == 1
        inner = next(iter(item.items())) if isinstance(item, dict) and titled else ("", item)
        if isinstance(inner[1], list) and titled:
            yield from _mistakes_of_menu(inner[1], (*path, number, inner[0]))
        elif isinstance(item, dict) and not titled:
            yield (*path, number), "this entry has several titles; begin each on a line of its own, with `- `"
        elif not isinstance(inner[1], str):
            yield (
                (*path, number),
                f"this entry of the menu leads to no page; write {_entry_meant(str(inner[0]))}",
            )


def _entry_meant(title: str) -> str:
    """Return how an entry is written; the page may be on the wrong side of the colon."""
    words, _, page = title.rpartition(" ")
    if page.endswith(".md"):
        return f"`- {words}: {page}`" if words else f"`- {page}`"
    return f"for example `- {title}: policy/work.md`" if title else f"for example {_MENU_ENTRY}"


def _leads_out(folder: str) -> bool:
    path = PurePosixPath(folder.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in folder


def _has_tag(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_tag, value.values()))
    if isinstance(value, list):
        return any(map(_has_tag, value))
    return isinstance(value, TaggedValue)


def _without_tags(options: object) -> dict[str, object]:
    given = options.items() if isinstance(options, Mapping) else ()
    return {str(key): value for key, value in given if not _has_tag(value)}


def _named_items(plugins: object) -> Iterator[tuple[object, object]]:
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, dict):
            yield from plugin.items()
        else:
            yield plugin, None


def _problem(site: SiteConfiguration, path: tuple[Key, ...], message: str) -> Problem:
    return Problem.at(site.mapping.location_of(path), message)


def _line(problem: Problem) -> str:
    return one_line(f"{FILE}:{problem.line}:{problem.column}: {problem.message}")
