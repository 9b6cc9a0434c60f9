"""Writes handbooks of any size for the benchmark: pages of 685 words with lists, tables, and macros."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import yaml

from scripts.site.publication import read_handbook

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 20)
WORDS = (
    "A post that names our work speaks for us as much as a letter does so ask the owner of this page"
    " before you share what a colleague a learner or a partner told you in private and write down why"
)
WORDS_A_PAGE = 685
PAGES_A_FOLDER = 25
# These registers name pages of the handbook in this repository, which are not copied.
NAME_PAGES = (
    "acknowledgements.yml",
    "scenarios.yml",
    "emergency_route.yml",
    "questions.yml",
    "scenarios",
    "decisions",
    "reviews",
    "editorial_changes*",
    "shipped",
    "accounts.yml",
)
READERS = ("platform-lead", "communications-lead")
MACRO_CALLS = ('{{ contact("press") }}', "{{ organization.name }}")
# What those show as texts, and as the variables of a handbook that has no macros of its own.
SHOWN = ("Press office", "Example Reading Network")
VARIABLES = {"press": SHOWN[0], "organization": {"name": SHOWN[1]}}
VARIABLE_CALLS = ("{{ press }}", "{{ organization.name }}")
SHAPES: Sequence[Callable[[list[str]], str]] = (
    lambda words: f"**{words[0]}** [{words[1]}](#section-1) {' '.join(words[2:])}.",
    lambda words: "\n".join(f"- {' '.join(words[start : start + 10])}" for start in range(0, 80, 10)),
    lambda words: (
        "| What | How |\n|---|---|\n"
        + "\n".join(
            f"| {' '.join(words[at : at + 5])} | {' '.join(words[at + 5 : at + 20])} |"
            for at in (0, 20, 40, 60)
        )
    ),
)
BARE = {
    "site_name": "Bare Material",
    "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
    "plugins": ["search"],
    "markdown_extensions": ["tables"],
}


def write_handbook(folder: Path, pages: int, languages: Sequence[str] = ("en",)) -> None:
    """Write a handbook like this one, with `pages` pages that each call two macros."""
    for name in ("macros", "overrides", "registers"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", *NAME_PAGES))
    organization = (ROOT / "organization.yml").read_text(encoding="utf-8")
    wanted = organization.replace("sample: true\n", "").replace(
        "languages: [en, fr]", f"languages: [{', '.join(languages)}]"
    )
    (folder / "organization.yml").write_text(wanted, encoding="utf-8")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"], config["extra"]  # Their pages are not here.
    _write_config(folder, config)
    _write_pages(folder / "docs", pages, MACRO_CALLS)
    _write_reviews(folder, pages)


def write_bare(folder: Path, pages: int) -> None:
    """Write the same pages for Material without plugins and macros."""
    folder.mkdir(parents=True)
    _write_config(folder, BARE)
    _write_pages(folder / "docs", pages, SHOWN)


def write_plain(folder: Path, pages: int) -> None:
    """Write the same pages for Material as somebody would set it up who has none of our code.

    The plugins, the Markdown extensions, and the checks of links are ours; the menu is that of a large site.
    """
    folder.mkdir(parents=True)
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    kept = {key: value for key, value in config.items() if key not in ("nav", "hooks", "watch")}
    plugins = [_without_module(plugin) for plugin in config["plugins"]]
    changed = {"theme": BARE["theme"], "extra": VARIABLES, "plugins": ["search", *plugins]}
    _write_config(folder, {**kept, **changed})
    _write_pages(folder / "docs", pages, VARIABLE_CALLS)


def _without_module(plugin: Mapping[str, Mapping[str, object]]) -> Mapping[str, Mapping[str, object]]:
    """Return the settings of a plugin without the module of ours that it would load."""
    return {
        name: {key: value for key, value in settings.items() if key != "module_name"}
        for name, settings in plugin.items()
    }


def _write_config(folder: Path, config: object) -> None:
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def _write_pages(docs: Path, pages: int, calls: Sequence[str]) -> None:
    for number in range(pages):
        path = docs / _name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_text(number, calls), encoding="utf-8")


def _name(number: int) -> str:
    return "index.md" if number == 0 else f"part-{number // PAGES_A_FOLDER:03}/page-{number:05}.md"


def _write_reviews(folder: Path, pages: int) -> None:
    """Write a valid record for the pages of each folder, as long as people would write it."""
    (folder / "registers" / "reviews").mkdir()
    handbook, _ = read_handbook(folder, TODAY)
    texts = {page.path: handbook.fingerprint(page) for page in handbook.pages}
    for first in range(0, pages, PAGES_A_FOLDER):
        names = [f"docs/{_name(number)}" for number in range(first, min(first + PAGES_A_FOLDER, pages))]
        file = folder / "registers" / "reviews" / f"{_reviewed(first)}-{first:05}.yml"
        file.write_text(_record({name: texts[name] for name in names}, _reviewed(first)), encoding="utf-8")


def _record(fingerprints: Mapping[str, str], day: date) -> str:
    """Return a record like those of `handbook review`, which would take minutes to write thousands."""
    listed = "".join(f"- {name}\n" for name in fingerprints)
    readings = "".join(
        f"  {role}:\n    date: {day}\n    pages:\n{_readings(fingerprints)}" for role in READERS
    )
    took_part = "".join(f"  - {role}\n" for role in READERS)
    decisions = "".join(
        f"    {name}:\n      outcome: unchanged\n      reason: What {name} says still holds.\n"
        f"      fingerprint: {digest}\n"
        for name, digest in fingerprints.items()
    )
    return (
        f"started: {day}\npages:\n{listed}readings:\n{readings}"
        f"meeting:\n  date: {day}\n  took_part:\n{took_part}  pages:\n{decisions}"
    )


def _readings(fingerprints: Mapping[str, str]) -> str:
    return "".join(
        f"      {name}:\n        fingerprint: {digest}\n        verdict: keep\n"
        f"        relevant: Yes, people ask for {name} every week.\n"
        "        helps: Yes, since the table was added.\n"
        "        environment: The platform renamed its settings.\n"
        "        legal: None since the last review.\n"
        for name, digest in fingerprints.items()
    )


def _reviewed(number: int) -> date:
    """Return the day of a page's last review, which is that of its folder."""
    return TODAY - timedelta(days=number // PAGES_A_FOLDER % 150)


def page_text(number: int, calls: Sequence[str], length: int = WORDS_A_PAGE) -> str:
    """Return a page of some `length` words, in sections of 80 words, that calls two macros."""
    vocabulary = WORDS.split()
    words = [vocabulary[(number + place) % len(vocabulary)] for place in range(length)]
    parts = [words[start : start + 80] for start in range(0, length, 80)]
    sections = "\n\n".join(
        f"## Section {place}\n\n{SHAPES[place % len(SHAPES)](part)}" for place, part in enumerate(parts, 1)
    )
    reviewed = _reviewed(number)
    return (
        f"---\ntitle: Guideline {number:05}\n"
        f"description: What account holders do in case {number:05}, from the first message to the last.\n"
        f"owner: platform-lead\nlast_reviewed: {reviewed}\nreview_every: 6 months\n"
        f"audience: [work]\nlegal_review: {reviewed}\n---\n"
        f"# Guideline {number:05}\n\nAsk {calls[0]} of {calls[1]}.\n\n{sections}\n"
    )
