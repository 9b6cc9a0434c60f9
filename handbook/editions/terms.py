"""On which days each edition is in force. The day on which it takes effect decides, not its publication."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.editions.manifest import Manifest, in_force, withdrawals
from handbook.editions.names import Edition

_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class InForcePeriod:
    """The days on which an edition is in force, as far as the other editions are known.

    `last` and `successor` are None until another edition takes its place. If that happens on the day on
    which the edition takes effect, it is in force on no day, and `last` is before `first`; so it is if the
    edition was withdrawn, by its `successor`.
    """

    manifest: Manifest
    first: datetime.date
    last: datetime.date | None
    successor: Edition | None
    is_withdrawn: bool = False

    @property
    def has_days(self) -> bool:
        """Tell whether it is in force on any day."""
        return self.last is None or self.last >= self.first


def terms(manifests: Iterable[Manifest]) -> Sequence[InForcePeriod]:
    """Return the term of each edition, the first to take effect first."""
    ordered = sorted(manifests, key=lambda manifest: (manifest.effective, manifest.name))
    withdrawn = withdrawals(ordered)
    rows = [manifest for manifest in ordered if manifest.name not in withdrawn]
    ends = [(manifest.effective - _DAY, manifest.name) for manifest in rows[1:]]
    periods = [
        InForcePeriod(manifest, manifest.effective, last, successor)
        for manifest, (last, successor) in zip(rows, [*ends, (None, None)], strict=False)
    ]
    periods += [
        InForcePeriod(manifest, day, day - _DAY, withdrawn[manifest.name], is_withdrawn=True)
        for manifest in ordered
        if manifest.name in withdrawn
        for day in (manifest.effective,)
    ]
    return sorted(periods, key=lambda period: (period.first, period.manifest.name))


def in_force_between(
    manifests: Sequence[Manifest], first: datetime.date, last: datetime.date
) -> Sequence[Edition | None]:
    """Return the editions that were in force on the days from `first` to `last`, in their order.

    None means the days before any edition took effect.
    """
    starts = (manifest.effective for manifest in manifests)
    days = sorted({first, *(day for day in starts if first <= day <= last)})
    editions = (in_force(manifests, day) for day in days)
    return list(dict.fromkeys(manifest.name if manifest else None for manifest in editions))
