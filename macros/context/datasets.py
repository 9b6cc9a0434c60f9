"""The files that auditors may take away: each kind of data as CSV, as JSON, and with what describes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.audit.dataset_formats import as_csv, as_json, as_schema
from handbook.audit.datasets import review_lines, waiver_lines
from handbook.audit.page_register import page_register
from handbook.git.source_repository import Gap
from handbook.history.change_records import change_lines
from handbook.history.compliance_records import compliance_of
from handbook.record import Record
from macros.context.site import Site, history_of, past_of

FOLDER: Final = "audit/data"
ENDINGS: Final = ("csv", "json", "schema.json")


def _no_gap(site: Site) -> Gap | None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data: how a build reads it, and why it cannot, where it rests on a past not known here."""

    read: Callable[[Site], Record]
    gap: Callable[[Site], Gap | None] = _no_gap


# Each kind of data is one line here, and two texts in the catalogs. Its file has the name of the line.
KINDS: Final[Mapping[str, Kind]] = {
    "register": Kind(lambda site: page_register(site.handbook, site.places)),
    "reviews": Kind(lambda site: review_lines(site.registers.reviews)),
    "waivers": Kind(lambda site: waiver_lines(site.registers.waivers, site.organization.today())),
    "changes": Kind(lambda site: change_lines(history_of(site).history), lambda site: history_of(site).gap),
    "compliance": Kind(lambda site: compliance_of(past_of(site).tallies), lambda site: past_of(site).gap),
}


def data_files(site: Site) -> Mapping[str, bytes]:
    """Return each file by its path below the site; of what is not known here, there is none."""
    known = {name: kind.read(site) for name, kind in KINDS.items() if not kind.gap(site)}
    return {
        f"{FOLDER}/{name}.{ending}": text.encode()
        for name, document in known.items()
        for ending, text in zip(
            ENDINGS, (as_csv(document), as_json(document), as_schema(type(document))), strict=True
        )
    }
