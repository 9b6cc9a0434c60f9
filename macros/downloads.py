"""What auditors may take away as files: the files, and the macro that lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.audit_data import compliance_of, review_lines, waiver_lines
from handbook.known_past import Gap
from handbook.page_register import page_register
from handbook.registers import Record
from handbook.reports.audit_data import as_csv, as_json, as_schema
from macros.compliance import past_of
from macros.library import Here, macro
from macros.site import Site
from macros.templates import render

FOLDER: Final = "audit/data"
_ENDINGS: Final = ("csv", "json", "schema.json")


def _no_gap(site: Site) -> Gap | None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data: how a build reads it, and why it cannot, where it rests on a past not known here."""

    read: Callable[[Site], Record]
    gap: Callable[[Site], Gap | None] = _no_gap


@dataclass(frozen=True, slots=True)
class Download:
    """One kind of data in the reader's words: its files by name, or why there are none here."""

    title: str
    text: str
    files: Mapping[str, str]
    unknown: str | None


# Each kind of data is one line here, and two texts in the catalogs. Its file has the name of the line.
KINDS: Final[Mapping[str, Kind]] = {
    "register": Kind(lambda site: page_register(site.handbook, site.places)),
    "reviews": Kind(lambda site: review_lines(site.registers.reviews)),
    "waivers": Kind(lambda site: waiver_lines(site.registers.waivers, site.organization.today())),
    "compliance": Kind(lambda site: compliance_of(past_of(site).tallies), lambda site: past_of(site).gap),
}


@macro
def downloads(here: Here) -> str:
    """List the files that may be downloaded: each kind of data as CSV and JSON, with a description.

    Example: {{ downloads() }}
    """
    here.required_page()
    return render(
        "downloads.html",
        rows=[_download(here, name, kind) for name, kind in KINDS.items()],
        words=here.catalog.group("downloads"),
    )


def data_files(site: Site) -> Mapping[str, bytes]:
    """Return each file by its path below the site; of what is not known here, there is none."""
    known = {name: kind.read(site) for name, kind in KINDS.items() if not kind.gap(site)}
    return {
        f"{FOLDER}/{name}.{ending}": text.encode()
        for name, document in known.items()
        for ending, text in zip(
            _ENDINGS, (as_csv(document), as_json(document), as_schema(type(document))), strict=True
        )
    }


def _download(here: Here, name: str, kind: Kind) -> Download:
    gap, names = kind.gap(here.site), [f"{name}.{ending}" for ending in _ENDINGS]
    return Download(
        title=here.catalog[f"download.{name}.title"],
        text=here.catalog[f"download.{name}.text"],
        files={} if gap else {one: here.from_root(f"{FOLDER}/{one}") for one in names},
        unknown=here.catalog[f"compliance.{gap.value}"] if gap else None,
    )
