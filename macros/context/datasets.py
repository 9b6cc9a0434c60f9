"""The datasets that auditors may download: each as CSV, as JSON, and with a JSON Schema."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.audit.dataset_formats import as_csv, as_json, as_schema
from handbook.audit.datasets import review_lines, waiver_lines
from handbook.audit.page_register import page_register
from handbook.compliance.records import compliance_of
from handbook.git.source_repository import Unavailable
from handbook.history.change_records import change_lines
from handbook.yaml.record import Record
from macros.context.site import Site

_FOLDER: Final = "audit/data"


def _always_available(site: Site) -> Unavailable | None:
    return None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A kind of data: how a build reads it, and the reason if it needs a history that is unknown here."""

    read: Callable[[Site], Record]
    unavailable: Callable[[Site], Unavailable | None] = _always_available

    def files(self, name: str, site: Site) -> Iterator[tuple[str, bytes]]:
        """Yield the path below the site and the content of each file."""
        document = self.read(site)
        texts = as_csv(document), as_json(document), as_schema(type(document))
        for (_, path), text in zip(self.paths(name), texts, strict=True):
            yield path, text.encode()

    def paths(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield the name of each file, and its path below the site."""
        for ending in ("csv", "json", "schema.json"):
            yield f"{name}.{ending}", f"{_FOLDER}/{name}.{ending}"


# Each dataset has one entry here and two texts in the catalogs; its files have the name of the entry.
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
    """Return the files of every dataset that is available, by their path below the site."""
    available = {name: dataset for name, dataset in DATASETS.items() if not dataset.unavailable(site)}
    return {path: data for name, dataset in available.items() for path, data in dataset.files(name, site)}
