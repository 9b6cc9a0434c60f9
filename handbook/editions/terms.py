"""From which day to which day each edition is in force: its day of effect decides, not its publication."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.editions.manifest import Manifest, in_force
from handbook.editions.names import Edition

_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class InForcePeriod:
    """The days on which an edition is in force, as far as the editions beside it are known.

    `last` and `successor` are None until another edition takes its place. An edition whose place was
    taken on the day on which it took effect was in force on no whole day: `last` is before `first`.
    """

    manifest: Manifest
    first: datetime.date
    last: datetime.date | None
    successor: Edition | None

    @property
    def has_days(self) -> bool:
        """Tell whether it is in force on any day."""
        return self.last is None or self.last >= self.first


def terms(manifests: Iterable[Manifest]) -> Sequence[InForcePeriod]:
    """Return the terms of editions, the first to take effect first."""
    rows = sorted(manifests, key=lambda one: (one.effective, one.name))
    ends = [(one.effective - _DAY, one.name) for one in rows[1:]]
    return [
        InForcePeriod(one, one.effective, last, successor)
        for one, (last, successor) in zip(rows, [*ends, (None, None)], strict=False)
    ]


def in_force_between(
    manifests: Sequence[Manifest], first: datetime.date, last: datetime.date
) -> Sequence[Edition | None]:
    """Return the editions that were in force on the days from `first` to `last`, in their order.

    None stands for days before any took effect.
    """
    days = sorted({first, *(one.effective for one in manifests if first <= one.effective <= last)})
    found = (in_force(manifests, day) for day in days)
    return list(dict.fromkeys(one.name if one else None for one in found))
