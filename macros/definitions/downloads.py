"""The macro that lists what auditors may take away as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render

if TYPE_CHECKING:
    from macros.context.datasets import Dataset


@dataclass(frozen=True, slots=True)
class Download:
    """One kind of data in the reader's words: its files by name, or why there are none here."""

    title: str
    text: str
    files: Mapping[str, str]
    unknown: str | None


@macro(templates=("downloads.html",))
def downloads(context: MacroContext) -> str:
    """List the files that may be downloaded: each kind of data as CSV and JSON, with a description.

    Example: {{ downloads() }}
    """
    context.required_page()
    from macros.context.datasets import DATASETS  # The check loads this module, and would pay for it.

    return render(
        "downloads.html",
        rows=[_download(context, name, kind) for name, kind in DATASETS.items()],
        words=context.catalog.group("downloads"),
    )


def _download(context: MacroContext, name: str, kind: "Dataset") -> Download:
    from macros.context.datasets import ENDINGS, FOLDER  # So here.

    gap, names = kind.unavailable(context.site), [f"{name}.{ending}" for ending in ENDINGS]
    return Download(
        title=context.catalog[f"download.{name}.title"],
        text=context.catalog[f"download.{name}.text"],
        files={} if gap else {one: context.from_root(f"{FOLDER}/{one}") for one in names},
        unknown=context.catalog[f"past.{gap.value}"] if gap else None,
    )
