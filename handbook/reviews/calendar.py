"""Due days as a calendar that a calendar program can subscribe to (RFC 5545)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from handbook.text.quoting import one_line

_PRODUCT: Final = "-//Social Media Policy Handbook//Reviews//EN"
# Due days change when a review is closed, not by the hour.
_REFRESH_INTERVAL: Final = datetime.timedelta(days=1)
_LIFETIME: Final = "P1D"  # The same for Outlook, which does not read the interval of the standard.
_END: Final = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Revision:
    """Which of its versions an event is. Both facts grow with each change of its page."""

    number: int
    moment: datetime.datetime


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day by which one page is to be reviewed.

    `identity` stays the same for as long as the page exists, even if its title or due day changes;
    `address` is that of the published page, and `revision` how often it changed, or None if unknown.
    """

    identity: str
    day: datetime.date
    summary: str
    description: str
    owner: str
    address: str | None
    revision: Revision | None = None


def as_calendar(name: str, days: Iterable[DueDay], stamp: datetime.datetime) -> bytes:
    """Return a calendar with an all-day event on each due day.

    `stamp` is when the events were made whose revision is not known.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", _REFRESH_INTERVAL, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _LIFETIME)
    events = [_event(due, stamp) for due in sorted(days, key=lambda due: (due.day, due.identity))]
    frame: bytes = calendar.to_ical()
    return b"".join([frame.removesuffix(_END), *events, _END])


@lru_cache(maxsize=16_384)  # A page is in the calendar of all pages and in that of its owner.
def _event(due: DueDay, stamp: datetime.datetime) -> bytes:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, due.identity)))
    event.add("dtstamp", due.revision.moment if due.revision else stamp)
    event.add("dtstart", due.day)
    event.add("summary", one_line(due.summary))
    event.add("description", one_line(due.description))
    event.add("categories", [one_line(due.owner)])
    event.add("transp", "TRANSPARENT")  # A due day does not make its owner unavailable for meetings.
    if due.revision:
        event.add("sequence", due.revision.number)
        event.add("last-modified", due.revision.moment)
    if due.address:
        event.add("url", due.address)
    data: bytes = event.to_ical()
    return data
