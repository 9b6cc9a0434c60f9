"""How many people were asked, and what they answered: one line for each audience and edition."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import Field

from handbook.acknowledgements.editions import AskedEdition, AskedEditions, EditionState
from handbook.acknowledgements.record.store import ListedPerson, PeopleKept, Store
from handbook.acknowledgements.standing import Asking, Reason, ReplyState, Standing, standing_of
from handbook.registers.acknowledgements import Acknowledgements
from handbook.yaml.record import Record

# Nobody is late with an edition that is not in force, or is reminded of it.
_NOBODY_REMINDED: Final = {"late": None, "reminders_due": None}


class AudienceLine(Record):
    """What an audience answered to an edition. Numbers are null if there is no list of who is asked."""

    audience: str = Field(description="The short name of the audience.")
    edition: str = Field(description="The edition that asks.")
    effective: datetime.date = Field(description="The day from which it asks.")
    state: EditionState = Field(
        description="in_force; former, so that nobody is reminded of it; or waiting for its day."
    )
    asked: int | None = Field(
        default=None, description="The people on today's list of the audience; null if there is no list."
    )
    accepted: int | None = Field(
        default=None,
        description="Those whose last reply accepts the text, in this edition or in an earlier one whose"
        " text is the same in substance.",
    )
    declined: int | None = Field(
        default=None, description="Those whose last reply is that they do not agree."
    )
    exceptions_asked: int | None = Field(
        default=None, description="Those whose last reply asks for an exception that nobody has decided on."
    )
    exceptions_granted: int | None = Field(
        default=None, description="Those who have an exception on the day."
    )
    not_answered: int | None = Field(
        default=None, description="Those who are asked, and have not answered since."
    )
    late: int | None = Field(
        default=None,
        description="Of those who have not answered, how many had to by now; null unless it is in force.",
    )
    reminders_due: int | None = Field(
        default=None, description="Those to remind: asked, and without an answer; null unless it is in force."
    )
    again_changed: int | None = Field(
        default=None,
        description="Of those who have not answered, how many accepted an earlier text that has changed in"
        " substance.",
    )
    again_renewed: int | None = Field(
        default=None,
        description="Of those who have not answered, how many accepted too long ago, by renew_after.",
    )
    changed_pages: tuple[str, ...] = Field(
        default=(), description="The pages that those have to read again whose text has changed."
    )


class AudienceLines(Record):
    """The lines as of one day."""

    day: datetime.date = Field(description="The day of the counts.")
    lines: tuple[AudienceLine, ...] = Field(description="The lines, by audience, then by edition.")


class PersonLine(Record):
    """Where somebody stands with what the edition in force asks them."""

    audience: str = Field(description="The short name of the audience.")
    edition: str = Field(description="The edition in force.")
    person: str = Field(description="The mail address or number of the person, or the pseudonym of it.")
    state: str = Field(description="accepted, declined, exception_asked, exception_granted, or not_answered.")
    reason: str | None = Field(
        description="Why they are asked: first, changed, renewal, exception_ended, or exception_refused; null"
        " if they answered."
    )
    due: datetime.date | None = Field(
        description="The last day to answer; null if they answered, or no limit is set."
    )


class PersonLines(Record):
    """What each person has answered, as of one day."""

    day: datetime.date = Field(description="The day of the list.")
    record: PeopleKept = Field(description="What is kept of people: names, or pseudonyms.")
    people: tuple[PersonLine, ...] = Field(description="The people, by audience.")


@dataclass(frozen=True, slots=True)
class AudienceStandings:
    """Where the people of an audience stand with an edition; None if nobody knows who they are."""

    edition: AskedEdition
    audience: str
    standings: Sequence[Standing] | None


def asking_of(
    editions: AskedEditions, edition: AskedEdition, audience: str, register: Acknowledgements
) -> Asking:
    """Return what an audience is asked by an edition."""
    entry = register.audiences.get(audience)
    return Asking(
        audience,
        edition.name,
        edition.texts(audience),
        editions.since(edition, audience),
        entry.within_days if entry else None,
        entry.renew_after if entry else None,
        {str(each.name): each.asked for each in editions.editions if each.name <= edition.name},
    )


def all_standings(
    store: Store,
    editions: AskedEditions,
    register: Acknowledgements,
    today: datetime.date,
    audiences: Iterable[str],
    only: Iterable[AskedEdition] | None,
) -> Iterator[AudienceStandings]:
    """Yield where everybody stands, by audience and edition.

    If `audiences` is empty, every audience counts, and if `only` is None, every edition.
    """
    chosen = list(editions.editions if only is None else only)
    asked = sorted({name for edition in chosen for name in edition.asked.audiences})
    for audience in asked:
        if not audiences or audience in audiences:
            people = store.people(audience)
            for edition in chosen:
                if edition.texts(audience):
                    asking = asking_of(editions, edition, audience, register)
                    yield AudienceStandings(
                        edition, audience, _standings(people, asking, edition, today) if people else None
                    )


def _standings(
    people: Sequence[ListedPerson], asking: Asking, edition: AskedEdition, today: datetime.date
) -> list[Standing]:
    """Return the standing of each person who is in the audience by the day of the edition, or today."""
    last = max(today, edition.effective)
    return [
        standing_of(person, asking, today)
        for person in people
        if person.joined is None or person.joined <= last
    ]


def audience_line(group: AudienceStandings, today: datetime.date) -> AudienceLine:
    """Count the people of an audience by where they stand."""
    edition, standings = group.edition, group.standings
    line = AudienceLine(
        audience=group.audience,
        edition=str(edition.name),
        effective=edition.effective,
        state=edition.state,
    )
    if standings is None:
        return line
    counts = _counts(standings, today)
    return line.model_copy(update=counts if edition.state == "in_force" else {**counts, **_NOBODY_REMINDED})


def _counts(standings: Sequence[Standing], today: datetime.date) -> dict[str, object]:
    states = Counter(standing.state for standing in standings)
    waiting = [standing for standing in standings if standing.state is ReplyState.NOT_ANSWERED]
    changed = [standing for standing in waiting if standing.reason is Reason.CHANGED]
    pages = dict.fromkeys(page for standing in changed for page in standing.pages)
    return {
        "asked": len(standings),
        "accepted": states[ReplyState.ACCEPTED],
        "declined": states[ReplyState.DECLINED],
        "exceptions_asked": states[ReplyState.EXCEPTION_ASKED],
        "exceptions_granted": states[ReplyState.EXCEPTION_GRANTED],
        "not_answered": len(waiting),
        "late": sum(standing.is_late(today) for standing in waiting),
        "reminders_due": len(waiting),
        "again_changed": len(changed),
        "again_renewed": sum(standing.reason is Reason.RENEWAL for standing in waiting),
        "changed_pages": tuple(pages),
    }


def person_lines(groups: Iterable[AudienceStandings], today: datetime.date, kept: PeopleKept) -> PersonLines:
    """Return where everybody stands with the edition in force."""
    return PersonLines(day=today, record=kept, people=tuple(_people(groups)))


def _people(groups: Iterable[AudienceStandings]) -> Iterator[PersonLine]:
    for audience in groups:
        for standing in audience.standings or ():
            yield PersonLine(
                audience=audience.audience,
                edition=str(audience.edition.name),
                person=standing.person.shown or standing.person.key,
                state=standing.state.value,
                reason=standing.reason.value if standing.reason else None,
                due=standing.due,
            )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record says on a day: the counts and, if they are asked for, the people."""

    counts: AudienceLines
    people: PersonLines | None = None


def recorded(
    store: Store,
    editions: AskedEditions,
    register: Acknowledgements,
    today: datetime.date,
    audiences: Iterable[str] = (),
    only: Iterable[AskedEdition] | None = None,
    *,
    with_people: bool = False,
) -> Recorded:
    """Return the counts of a record, and with `with_people` each person's standing, too."""
    groups = list(all_standings(store, editions, register, today, audiences, only))
    counts = AudienceLines(day=today, lines=tuple(audience_line(each, today) for each in groups))
    current = [each for each in groups if each.edition.state == "in_force"]
    return Recorded(counts, person_lines(current, today, store.kept) if with_people else None)


def as_mapping(counts: AudienceLines) -> Mapping[str, Sequence[AudienceLine]]:
    """Return the lines by audience."""
    lines: dict[str, list[AudienceLine]] = {}
    for line in counts.lines:
        lines.setdefault(line.audience, []).append(line)
    return lines
