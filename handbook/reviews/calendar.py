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
# How often a program asks again: the days change when a review is closed, not by the hour.
_ASK_AGAIN: Final = datetime.timedelta(days=1)
_END: Final = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day by which one page is to be reviewed.

    `identity` is what stays the same while the page does, whatever its title and due day become;
    `address` is where the page is read, where that is known.
    """

    identity: str
    day: datetime.date
    summary: str
    owner: str
    address: str | None


def as_calendar(name: str, days: Iterable[DueDay], stamp: datetime.datetime) -> bytes:
    """Return a calendar with an all-day event on each due day; `stamp` says when it was made."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", _ASK_AGAIN, {"VALUE": "DURATION"})
    events = [_event(one, stamp) for one in sorted(days, key=lambda one: (one.day, one.identity))]
    frame: bytes = calendar.to_ical()
    return b"".join([frame.removesuffix(_END), *events, _END])


@lru_cache(maxsize=16_384)  # It stands in the calendar of everybody and in that of its owner.
def _event(one: DueDay, stamp: datetime.datetime) -> bytes:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, one.identity)))
    event.add("dtstamp", stamp)
    event.add("dtstart", one.day)
    event.add("summary", one_line(one.summary))
    event.add("categories", [one_line(one.owner)])
    event.add("transp", "TRANSPARENT")  # A due day keeps nobody from a meeting.
    if one.address:
        event.add("url", one.address)
    data: bytes = event.to_ical()
    return data
