"""Writes handbooks of any size for the benchmark: pages of 685 words with lists, tables and macros."""

import shutil
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)
WORDS = (
    "A post that names our work speaks for us as much as a letter does so ask the owner of this page"
    " before you share what a colleague a learner or a partner told you in private and write down why"
)
WORDS_A_PAGE = 685
PAGES_A_FOLDER = 25
NAME_PAGES = ("scenarios.yml", "decisions")  # They would name pages of the sample, which is not copied.
MACRO_CALLS = ('{{ contact("press") }}', "{{ organization.name }}")
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
    wanted = organization.replace("languages: [en, fr]", f"languages: [{', '.join(languages)}]")
    (folder / "organization.yml").write_text(wanted, encoding="utf-8")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"]
    _write_config(folder, config)
    _write_pages(folder / "docs", pages, MACRO_CALLS)


def write_bare(folder: Path, pages: int) -> None:
    """Write the same pages for Material without plugins and macros."""
    folder.mkdir(parents=True)
    _write_config(folder, BARE)
    _write_pages(folder / "docs", pages, ("Press office", "Example Reading Network"))


def _write_config(folder: Path, config: object) -> None:
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def _write_pages(docs: Path, pages: int, calls: Sequence[str]) -> None:
    for number in range(pages):
        name = "index.md" if number == 0 else f"part-{number // PAGES_A_FOLDER:03}/page-{number:05}.md"
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_text(number, calls), encoding="utf-8")


def page_text(number: int, calls: Sequence[str]) -> str:
    """Return the text of one page, which calls two macros."""
    vocabulary = WORDS.split()
    words = [vocabulary[(number + place) % len(vocabulary)] for place in range(WORDS_A_PAGE)]
    parts = [words[start : start + 80] for start in range(0, WORDS_A_PAGE, 80)]
    sections = "\n\n".join(
        f"## Section {place}\n\n{SHAPES[place % len(SHAPES)](part)}" for place, part in enumerate(parts, 1)
    )
    reviewed = TODAY - timedelta(days=number % 150)
    return (
        f"---\ntitle: Guideline {number}\n"
        f"description: What account holders do in case {number}, from the first message to the last answer.\n"
        f"owner: platform-lead\nlast_reviewed: {reviewed}\nreview_every: 6 months\n"
        f"audience: [work]\nlegal_review: {reviewed}\n---\n"
        f"# Guideline {number}\n\nAsk {calls[0]} of {calls[1]}.\n\n{sections}\n"
    )
