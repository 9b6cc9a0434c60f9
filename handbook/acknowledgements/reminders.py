"""The mailing list of those who are asked and have not answered. Nothing is sent from here."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from pydantic import Field

from handbook.acknowledgements.report import AudienceStandings
from handbook.acknowledgements.standing import ReplyState, Standing
from handbook.content.site_map import address_of_path
from handbook.registers.acknowledgements import PAGE
from handbook.registers.organization import Organization
from handbook.yaml.record import Record


class ReminderLine(Record):
    """Somebody to remind."""

    person: str = Field(description="The mail address or number of the person.")
    audience: str = Field(description="The short name of the audience.")
    edition: str = Field(description="The edition that asks.")
    reason: str = Field(description="first, changed, renewal, exception_ended, or exception_refused.")
    pages: tuple[str, ...] = Field(description="The titles of the pages to read, or their paths.")
    due: datetime.date | None = Field(description="The last day to answer; empty if no limit is set.")
    late: bool = Field(description="Whether that day is over.")
    link: str | None = Field(description="Where to answer; empty if organization.yml has no `handbook`.")


@dataclass(frozen=True, slots=True)
class Reminders:
    """Whom to remind, and who is not among them.

    `unlisted` has the audiences without a list of who is asked, and `unknown` is the number of people to
    remind whose id is not known.
    """

    lines: Sequence[ReminderLine]
    unlisted: Sequence[str]
    unknown: int


def reminders(
    standings: Sequence[AudienceStandings],
    ids: Mapping[str, str] | None,
    titles: Mapping[str, str],
    link: str | None,
    today: datetime.date,
    last_due: datetime.date | None,
) -> Reminders:
    """Return whom to remind: without an answer and, if there is a `last_due`, due by that day.

    `ids` has the id of each person by what the record keeps of it; None if the record keeps the ids. Who is
    not in it is left out.
    """
    lines, unknown = [], set()
    for audience, standing in _waiting(standings, last_due):
        person = standing.person.shown if ids is None else ids.get(standing.person.key)
        if not standing.reason:
            continue
        if not person:
            unknown.add(standing.person.key)
        else:
            line = ReminderLine(
                person=person,
                audience=audience.audience,
                edition=str(audience.edition.name),
                reason=standing.reason.value,
                pages=tuple(titles.get(page, page) for page in standing.pages),
                due=standing.due,
                late=standing.is_late(today),
                link=link,
            )
            lines.append(line)
    unlisted = [audience.audience for audience in standings if audience.standings is None]
    return Reminders(lines, unlisted, len(unknown))


def _waiting(
    standings: Iterable[AudienceStandings], last_due: datetime.date | None
) -> Iterator[tuple[AudienceStandings, Standing]]:
    """Yield who has not answered, and had to by a day if one is given."""
    for audience in standings:
        for standing in audience.standings or ():
            is_due = last_due is None or (standing.due is not None and standing.due <= last_due)
            if standing.state is ReplyState.NOT_ANSWERED and is_due:
                yield audience, standing


def page_to_answer(organization: Organization, published: Collection[str]) -> str | None:
    """Return the address of the page on which people answer, or None if it is not known."""
    if organization.handbook is None or PAGE not in published:
        return None
    address = address_of_path(PAGE, organization.languages)
    return urljoin(f"{organization.handbook.rstrip('/')}/", address)
