"""The files that auditors may take away: each kind of data as CSV, as JSON, and with what describes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.audit.dataset_formats import as_csv, as_json, as_schema
from handbook.audit.datasets import review_lines, waiver_lines
from handbook.audit.page_register import page_register
from handbook.git.source_repository import Unavailable
from handbook.history.change_records import change_lines
from handbook.history.compliance_records import compliance_of
from handbook.record import Record
from macros.context.site import Site

FOLDER: Final = "audit/data"
ENDINGS: Final = ("csv", "json", "schema.json")


def _always_available(site: Site) -> Unavailable | None:
    return None


@dataclass(frozen=True, slots=True)
class Dataset:
    """One kind of data: how a build reads it, and why it cannot, where it rests on a past not known here."""

    read: Callable[[Site], Record]
    unavailable: Callable[[Site], Unavailable | None] = _always_available


# Each kind of data is one line here, and two texts in the catalogs. Its file has the name of the line.
DATASETS: Final[Mapping[str, Dataset]] = {
    "register": Dataset(lambda site: page_register(site.handbook, site.site_map)),
    "reviews": Dataset(lambda site: review_lines(site.registers.reviews)),
    "waivers": Dataset(lambda site: waiver_lines(site.registers.waivers, site.organization.today())),
    "changes": Dataset(
        lambda site: change_lines(site.history.history), lambda site: site.history.unavailable
    ),
    "compliance": Dataset(
        lambda site: compliance_of(site.compliance.tallies), lambda site: site.compliance.unavailable
    ),
}


def data_files(site: Site) -> Mapping[str, bytes]:
    """Return each file by its path below the site; of what is not known here, there is none."""
    known = {name: kind.read(site) for name, kind in DATASETS.items() if not kind.unavailable(site)}
    return {
        f"{FOLDER}/{name}.{ending}": text.encode()
        for name, document in known.items()
        for ending, text in zip(
            ENDINGS, (as_csv(document), as_json(document), as_schema(type(document))), strict=True
        )
    }
