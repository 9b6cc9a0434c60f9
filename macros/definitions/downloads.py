"""The macro that lists the datasets that auditors may download."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render

if TYPE_CHECKING:
    from macros.context.datasets import Dataset


@dataclass(frozen=True, slots=True)
class Download:
    """A dataset in the reader's words: a link to each of its files by name, or why there are none."""

    title: str
    text: str
    files: Mapping[str, str]
    unknown: str | None


@macro(templates=("downloads.html",))
def downloads(context: MacroContext) -> str:
    """List the files for download: each dataset as CSV and JSON, with a schema that describes it.

    Example: {{ downloads() }}
    """
    context.required_page()
    # The check loads this module too, and would spend 11 ms on what describes the data.
    from macros.context.datasets import DATASETS

    return render(
        "downloads.html",
        rows=[_download(context, name, dataset) for name, dataset in DATASETS.items()],
        words=context.catalog.group("downloads"),
    )


def _download(context: MacroContext, name: str, dataset: "Dataset") -> Download:
    reason = dataset.unavailable(context.site)
    return Download(
        title=context.catalog[f"download.{name}.title"],
        text=context.catalog[f"download.{name}.text"],
        files={} if reason else {file: context.from_root(path) for file, path in dataset.paths(name)},
        unknown=context.catalog[f"past.{reason.value}"] if reason else None,
    )
