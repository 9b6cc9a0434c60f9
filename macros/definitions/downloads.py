"""The macro that lists what auditors may take away as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.context.registry import Here, macro
from macros.presentation.templates import render

if TYPE_CHECKING:
    from macros.context.datasets import Kind


@dataclass(frozen=True, slots=True)
class Download:
    """One kind of data in the reader's words: its files by name, or why there are none here."""

    title: str
    text: str
    files: Mapping[str, str]
    unknown: str | None


@macro
def downloads(here: Here) -> str:
    """List the files that may be downloaded: each kind of data as CSV and JSON, with a description.

    Example: {{ downloads() }}
    """
    here.required_page()
    from macros.context.datasets import KINDS  # The check loads this module, and would pay for it.

    return render(
        "downloads.html",
        rows=[_download(here, name, kind) for name, kind in KINDS.items()],
        words=here.catalog.group("downloads"),
    )


def _download(here: Here, name: str, kind: "Kind") -> Download:
    from macros.context.datasets import ENDINGS, FOLDER  # So here.

    gap, names = kind.gap(here.site), [f"{name}.{ending}" for ending in ENDINGS]
    return Download(
        title=here.catalog[f"download.{name}.title"],
        text=here.catalog[f"download.{name}.text"],
        files={} if gap else {one: here.from_root(f"{FOLDER}/{one}") for one in names},
        unknown=here.catalog[f"past.{gap.value}"] if gap else None,
    )
