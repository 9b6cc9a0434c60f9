"""The build context as macros see it: with the texts of each language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import TypeAlias

from jinja2 import Environment
from mkdocs.structure.nav import Navigation

from handbook.build_context import BuildContext
from handbook.content.languages import UNMARKED, files_in_order
from handbook.content.pages import Page
from handbook.registers.all_registers import Registers
from handbook.yaml.record import Record
from macros.presentation.catalog import Catalog, load_catalog
from macros.presentation.frame_assets import FrameAssets
from macros.presentation.localized import LocalizedText
from macros.presentation.variants import SpelledVariant, Variants
from macros.search.index import SearchPage

_Localize: TypeAlias = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, eq=False)
class Site(BuildContext):
    """The context of one build, with the catalog of each language and the files of the frame.

    `search` gathers what the search of each language knows, while the pages are rendered. `templates` and
    `navigation` are those of the language that is being built, for documents that the frame surrounds, too.
    """

    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    variants: Variants = field(default_factory=Variants)
    assets: FrameAssets = field(default_factory=FrameAssets)
    search: dict[str, list[SearchPage]] = field(default_factory=dict)
    templates: Environment = field(default_factory=Environment)
    navigation: Navigation = field(default_factory=partial(Navigation, [], []))

    def name_in(self, language: str) -> str:
        """Return what the site is called in a language."""
        name = self.organization.say(self.organization.name, language)
        return self.catalogs[language]["site_name"].format(organization=name)

    def folder_of(self, language: str) -> str:
        """Return the folder of a language below the built site, with its slash; the main one has none."""
        return "" if language == self.main_language else f"{language}/"

    def shows(self, name: str, language: str) -> bool:
        """Tell whether readers of a language get a page, by its file below `docs/`, translated or not."""
        return self.page_for(f"docs/{name}", language) is not None

    def page_for(self, path: str, language: str) -> Page | None:
        """Return the page that readers of a language get, in it or in another; None if there is none."""
        names = files_in_order(path.removeprefix("docs/"), self.organization.languages, language)
        return next((self.pages[name] for name in names if name in self.pages), None)

    def is_home(self, page: Page, language: str) -> bool:
        """Tell whether a page is at home among those of a language, rather than there for lack of another.

        A page in a language that the handbook does not have is at home in the main one.
        """
        languages = self.organization.languages
        return language == (page.language if page.language in languages else self.main_language)

    def say(self, text: str | Mapping[str, str], language: str) -> LocalizedText:
        """Return a text of organization.yml; one that is not given by language is in the main one."""
        return self._localized(text, language, self.main_language)

    def say_of_register(self, text: str | Mapping[str, str], language: str) -> LocalizedText:
        """Return a text of a register; one that is not given by language is in English."""
        return self._localized(text, language, UNMARKED)

    def _localized(self, text: str | Mapping[str, str], language: str, unmarked: str) -> LocalizedText:
        spoken = unmarked if isinstance(text, str) else self.organization.language_shown(text, language)
        return LocalizedText(self.organization.say(text, language), None if spoken == language else spoken)

    def emergency_number(self, language: str) -> LocalizedText:
        """Return the emergency number as organization.yml has it, or else words for it."""
        return self.say(self.organization.number_in_danger(), language)


def site_of(registers: Registers) -> Site:
    """Return the context of a build whose settings are these registers alone.

    Raises:
        HandbookError: if the catalog of a language is missing or incomplete.

    """
    return Site(
        registers,
        catalogs={
            language: load_catalog(language, registers.organization.variant(language))
            for language in registers.organization.text_languages
        },
        variants=_variants_of(registers),
    )


def _variants_of(registers: Registers) -> Variants:
    """Return how the handbook's languages are shown; what others called so keeps its spelling."""
    organization, sources = registers.organization, registers.sources.sources.values()
    named = (
        *(text for source in sources for text in (source.title, source.publisher)),
        *(
            text
            for example in registers.example_policies.examples
            for text in (example.title, example.organization)
        ),
        *(regulation.title for regulation in registers.regulations.regulations.values()),
    )
    return Variants(
        {language: organization.variant(language) for language in organization.text_languages},
        {
            language: SpelledVariant(
                organization.variant(language),
                registers.spellings[language],
                frozenset(name for text in named if (name := _in_language(text, language))),
                frozenset(_texts_of(organization, language)),
            )
            for language in registers.spellings
        },
    )


def _in_language(text: str | Mapping[str, str], language: str) -> str | None:
    return text if isinstance(text, str) else text.get(language)


def _texts_of(value: object, language: str) -> Iterator[str]:
    """Yield every text in a record that is in a language, or in none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from filter(None, [_in_language(value, language)])
    elif isinstance(value, list):
        yield from (text for item in value for text in _texts_of(item, language))
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _texts_of(getattr(value, name), language)


def variables_of(site: Site, language: str) -> Mapping[str, object]:
    """Return the variables of pages in a language: organization.yml as plain values."""
    organization = _plain_record(site.organization, _localize_in(site, language))
    organization.emergency_number = site.emergency_number(language).text
    return {"organization": organization}


def reviewed_variables_of(site: Site, language: str) -> Mapping[str, object]:
    """Return the variables as a fingerprint covers them: what no review answers for is its own name."""
    return {"organization": _plain_record(site.organization, _localize_in(site, language), "organization")}


def _localize_in(site: Site, language: str) -> _Localize:
    return partial(site.organization.say, language=language)


def _plain_record(record: Record, localize: _Localize, path: str | None = None) -> SimpleNamespace:
    """Return a record as plain values, with each text by language replaced by what is `said` of it.

    With the `path` of the record, a field that no review answers for is its own path.
    """
    values = {}
    for name, definition in type(record).model_fields.items():
        inner = path and f"{path}.{name}"
        if not definition.exclude:
            is_reviewed = inner is None or name not in record.not_reviewed
            value = _plain_value(getattr(record, name), localize, inner) if is_reviewed else inner
            values[definition.alias or name] = value
    return SimpleNamespace(**values)


def _plain_value(value: object, localize: _Localize, path: str | None) -> object:
    if isinstance(value, Record):
        return _plain_record(value, localize, path)
    if isinstance(value, dict):
        return localize(value)
    if isinstance(value, list):
        return tuple(_plain_value(item, localize, path) for item in value)
    return value
