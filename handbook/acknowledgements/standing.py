"""Where somebody stands with what an edition asks: answered, or asked, why, for which pages, and until when.

The last reply counts that was given to the same text in substance, in the language of that reply. A decision
about an exception counts like a reply of its day.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from handbook.acknowledgements.asked import Asked, pages_to_accept
from handbook.acknowledgements.editions import Texts
from handbook.acknowledgements.record.identity import Person
from handbook.acknowledgements.record.store import ExceptionDecision, KeptReply, ListedPerson
from handbook.due_dates import due_date
from handbook.editions.names import Edition

_DAY = datetime.timedelta(days=1)


class ReplyState(Enum):
    """What somebody's last word is."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXCEPTION_ASKED = "exception_asked"
    EXCEPTION_GRANTED = "exception_granted"
    NOT_ANSWERED = "not_answered"


class Reason(Enum):
    """Why somebody is asked."""

    FIRST = "first"
    CHANGED = "changed"
    RENEWAL = "renewal"
    EXCEPTION_ENDED = "exception_ended"
    EXCEPTION_REFUSED = "exception_refused"


_OF_REPLY = {
    "accepted": ReplyState.ACCEPTED,
    "declined": ReplyState.DECLINED,
    "exception": ReplyState.EXCEPTION_ASKED,
}


@dataclass(frozen=True)
class Asking:
    """What an audience is asked by an edition: its texts, since when, and what the register says of it.

    `within_days` is None if the audience is no longer in the register. `earlier` has what this edition and
    those before it asked, by name.
    """

    audience: str
    edition: Edition
    texts: Texts
    since: datetime.date
    within_days: int | None
    renew_after: int | None
    earlier: Mapping[str, Asked]
    _known: dict[tuple[str, str], Sequence[str] | None] = field(default_factory=dict)

    @property
    def pages(self) -> Sequence[str]:
        """Return all pages, in the first language."""
        return [*next(iter(self.texts.values())).pages]

    def still_to_accept(self, edition: str, language: str) -> Sequence[str] | None:
        """Return the pages that are new to somebody who replied to an edition; None if it is unknown."""
        key = edition, language
        if key not in self._known:
            self._known[key] = self._still_to_accept(*key)
        return self._known[key]

    def _still_to_accept(self, edition: str, language: str) -> Sequence[str] | None:
        if edition not in self.earlier:
            return None
        before = self.earlier[edition].audiences.get(self.audience, {}).get(language)
        now = self.texts.get(language)
        if before is None or now is None:
            return self.pages
        return pages_to_accept(now, before.pages)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands. Of those who are asked, `pages` has what they have to read, and `due` the day.

    `due` is None if no time limit is known.
    """

    person: Person
    state: ReplyState
    reason: Reason | None = None
    pages: Sequence[str] = ()
    due: datetime.date | None = None

    def is_late(self, today: datetime.date) -> bool:
        """Tell whether the day is over on which an answer was due."""
        return self.due is not None and self.due < today


def standing_of(listed: ListedPerson, asking: Asking, today: datetime.date) -> Standing:
    """Return what somebody has answered, as of a day."""
    reply = _last(asking, listed.replies, today)
    decision = _last_decision(listed.decisions, today)
    if decision and (reply is None or _follows(decision, reply)):
        return _after_decision(listed, asking, decision, today)
    if reply is None:
        return _without_reply(listed, asking, today)
    return _after_reply(listed, asking, reply, today)


def _last(asking: Asking, replies: Sequence[KeptReply], today: datetime.date) -> KeptReply | None:
    """Return the last reply to the text that is asked."""
    fitting = [
        reply
        for reply in replies
        if reply.day <= today and asking.still_to_accept(reply.edition, reply.language) == []
    ]
    return max(fitting, key=lambda reply: (reply.day, reply.order), default=None)


def _last_decision(decisions: Sequence[ExceptionDecision], today: datetime.date) -> ExceptionDecision | None:
    past = [decision for decision in decisions if decision.day <= today]
    return max(past, key=lambda decision: (decision.day, decision.order), default=None)


def _follows(decision: ExceptionDecision, reply: KeptReply) -> bool:
    """Tell whether a decision is the later word; on one day, it answers who asked for an exception."""
    return decision.day > reply.day or (decision.day == reply.day and reply.reply == "exception")


def _after_decision(
    listed: ListedPerson, asking: Asking, decision: ExceptionDecision, today: datetime.date
) -> Standing:
    if decision.is_granted and (decision.until is None or today <= decision.until):
        return Standing(listed.person, ReplyState.EXCEPTION_GRANTED)
    if decision.is_granted and decision.until:
        return _asked(listed, asking, Reason.EXCEPTION_ENDED, asking.pages, decision.until + _DAY)
    return _asked(listed, asking, Reason.EXCEPTION_REFUSED, asking.pages, decision.day)


def _after_reply(listed: ListedPerson, asking: Asking, reply: KeptReply, today: datetime.date) -> Standing:
    state = _OF_REPLY[reply.reply]
    if state is ReplyState.ACCEPTED and asking.renew_after:
        last = due_date(reply.day, asking.renew_after)
        if last < today:
            return _asked(listed, asking, Reason.RENEWAL, asking.pages, last + _DAY)
    return Standing(listed.person, state)


def _without_reply(listed: ListedPerson, asking: Asking, today: datetime.date) -> Standing:
    """Return the standing of somebody who has not replied to this text: it is new, or it has changed."""
    accepted = [reply for reply in listed.replies if reply.reply == "accepted" and reply.day <= today]
    accepted = [reply for reply in accepted if reply.edition in asking.earlier]
    last = max(accepted, key=lambda reply: (reply.day, reply.order), default=None)
    if last is None:
        return _asked(listed, asking, Reason.FIRST, asking.pages, None)
    pages = asking.still_to_accept(last.edition, last.language) or asking.pages
    return _asked(listed, asking, Reason.CHANGED, pages, None)


def _asked(
    listed: ListedPerson,
    asking: Asking,
    reason: Reason,
    pages: Sequence[str],
    again: datetime.date | None,
) -> Standing:
    """Return the standing of somebody who is asked, since the last of the days on which a reason began."""
    since = max(day for day in (asking.since, listed.joined, again) if day)
    due = None if asking.within_days is None else _days_after(since, asking.within_days)
    return Standing(listed.person, ReplyState.NOT_ANSWERED, reason, pages, due)


def _days_after(day: datetime.date, days: int) -> datetime.date:
    """Return a later day, or the last day of the calendar."""
    return day + min(datetime.timedelta(days=days), datetime.date.max - day)
