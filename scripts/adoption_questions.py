"""Asks an organization what `handbook adopt` needs to know, and keeps the answers if somebody stops."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias, get_args

import click
from pydantic import TypeAdapter, ValidationError

from handbook.adoption.answers import AccountAnswer, Answers, require_known_languages
from handbook.authoring.new_page import key_for
from handbook.content.languages import base_of
from handbook.content.sectors import Jurisdiction, Sector
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_text
from handbook.files.exclusive_access import CACHE, cache_folder
from handbook.files.tree import Folder
from handbook.registers.contacts import PURPOSES, Contact
from handbook.registers.loading import load_register
from handbook.registers.organization import Vocabulary, load_organization
from handbook.registers.owners import LEGAL, Owners, load_owners
from handbook.text.suggestions import did_you_mean
from handbook.yaml.edit_lines import block
from handbook.yaml.located import read_mapping
from handbook.yaml.record import Record

_FILE: Final = "adopt-answers.yml"
_LATER: Final = "Enter decides later"
_NONE: Final = "Enter for none"
# A function that asks about one subject, given what was answered so far; None if that is decided later.
_Ask: TypeAlias = Callable[[Mapping[str, Any]], Any]


def ask_answers(root: Path) -> Answers:
    """Ask about everything that was not answered before, and have the answers confirmed.

    Raises:
        HandbookError: if nobody is there to answer, the person stops, or the answers contradict each other.

    """
    if not sys.stdin.isatty():
        raise HandbookError(
            "nobody is at a terminal to answer; give --answers FILE, as `handbook adopt --example` shows"
        )
    organization = load_organization(Folder(root))
    owners = load_owners(Folder(root), organization)
    with _kept_when_stopped():
        click.echo("Ctrl-C stops, writes nothing, and keeps your answers.\n", err=True)
        _ask_all(root, owners)
        click.confirm("\nWrite these answers into the handbook?", abort=True, err=True)
    with correctable():
        return load_register(Folder(root / CACHE), _FILE, Answers)


@contextmanager
def correctable() -> Iterator[None]:
    """Add to a refusal of answers where they are kept."""
    try:
        yield
    except HandbookError as error:
        raise HandbookError(
            f"{error}\nnothing was written; your answers are in {CACHE}/{_FILE}: correct them there, then run"
            f" `handbook adopt --answers {CACHE}/{_FILE}`, or delete the file to be asked again"
        ) from None


def discard_answers(root: Path) -> None:
    """Delete the answers that were kept, because they are in the handbook."""
    (root / CACHE / _FILE).unlink(missing_ok=True)


@contextmanager
def _kept_when_stopped() -> Iterator[None]:
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        click.echo(err=True)
        raise HandbookError(
            "stopped, and nothing was written; your answers are kept, except for a list of accounts or roles"
            " that you had not finished, and the same command continues from there"
        ) from None


def _ask_all(root: Path, owners: Owners) -> None:
    file = cache_folder(root) / _FILE
    known: dict[str, Any] = (
        dict(read_mapping(file.read_text(encoding="utf-8")).data) if file.is_file() else {}
    )
    if known:
        click.echo(f"Already answered: {', '.join(known)}. To change that, edit {CACHE}/{_FILE}.", err=True)
    for place, ask in _questions(root, owners).items():
        key, _, part = place.partition("/")
        parts = known.get(key) or {}
        is_known = part in parts if part else key in known
        if not is_known and (answer := ask(known)) is not None:
            known[key] = {**parts, part: answer} if part else answer
            write_text(file, block(known))


def _questions(root: Path, owners: Owners) -> Mapping[str, _Ask]:
    """Return the questions in their order, by the key of the answer, or by its key and a part of it.

    Languages come first, because texts are asked in each.
    """
    return {
        "languages": lambda _: _languages_known(root),
        "name": _text("name", "Name of your organization", empty=""),
        "short_name": _text("short_name", "Its short name", empty=""),
        "sector": lambda _: _chosen("Sector", get_args(Sector)),
        "places": lambda _: _places(),
        "time_zone": lambda _: _valid("time_zone", "Time zone, such as Europe/London"),
        "emergency_number": _text("emergency_number", "Number to call first when someone is in danger"),
        **{f"contacts/{purpose}": partial(_contact, purpose) for purpose in PURPOSES},
        "words": _words,
        "monitoring_hours": _text("monitoring_hours", "When somebody reads what people write to you"),
        "reply_target": _text("reply_target", "How soon people get an answer, such as: one working day"),
        "retention": _text("retention", "How long records are kept, such as: three years"),
        "accounts": _accounts,
        "intranet": lambda _: _valid("intranet", f"Address of your intranet; {_LATER}"),
        "repository": lambda _: _valid("repository", f"Address of this repository; {_LATER}"),
        "handbook": lambda _: _valid("handbook", f"Address at which people will read the handbook; {_LATER}"),
        "color": lambda _: _valid("color", f"Your color, such as #1b365d; {_LATER}"),
        "roles": lambda known: _roles(known, owners),
        "leave_out": lambda _: _listed("leave_out", "Pages or folders to leave out; Enter for none", ()),
        "license": lambda _: _valid("license", f"How may others use your texts? {_LATER}"),
        "history": lambda _: _history(),
    }


def _prompt(text: str, default: str = "") -> str:
    return str(click.prompt(text, default=default, show_default=bool(default), err=True)).strip()


def _problem(model: type[Record], key: str, value: object) -> str | None:
    """Return why a record cannot have a value, or None."""
    field = model.model_fields[key]
    kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError as error:
        detail = error.errors()[0]
        reason = detail.get("ctx", {}).get("error")
        return str(reason or f"is not accepted: {detail['msg']}")
    return None


def _refuse(answer: str, problem: str) -> None:
    """Say what is wrong with an answer, which some problems name themselves."""
    subject = "This" if problem.startswith(f"is '{answer}'") else f"'{answer}'"
    click.echo(f"{subject} {problem}" if answer else "Write an answer.", err=True)


def _valid(key: str, text: str, model: type[Record] = Answers) -> str | None:
    """Ask until an answer is accepted; an empty one is None if the field may be left out."""
    while True:
        answer = _prompt(text)
        if not answer and not model.model_fields[key].is_required():
            return None
        problem = _problem(model, key, answer)
        if problem is None:
            return answer
        _refuse(answer, problem)


def _listed(key: str, text: str, default: Sequence[str] | None = None) -> list[str]:
    """Ask for names separated by commas."""
    while True:
        answer = [name.strip() for name in _prompt(text).split(",") if name.strip()]
        if not answer and default is not None:
            return list(default)
        problem = _problem(Answers, key, answer)
        if problem is None:
            return answer
        _refuse(", ".join(answer), problem)


def _languages_known(root: Path) -> list[str]:
    while True:
        answer = _listed("languages", "Languages, the main one first, such as: fr, en-CA")
        try:
            require_known_languages(root, answer)
        except HandbookError as error:
            click.echo(error, err=True)
        else:
            return answer


def _chosen(text: str, choices: Sequence[str]) -> str:
    return str(click.prompt(text, type=click.Choice(list(choices)), err=True))


def _places() -> list[str]:
    known = get_args(Jurisdiction)
    while True:
        named = _prompt(f"Places whose law you follow, of {', '.join(known)}").lower()
        answer = [place.strip() for place in named.split(",") if place.strip()]
        unknown = [place for place in answer if place not in known]
        if answer and not unknown:
            return answer
        said = (
            f"'{unknown[0]}' is not one of them; {did_you_mean(unknown[0], known)}"
            if unknown
            else "Name one."
        )
        click.echo(said, err=True)


def _languages(known: Mapping[str, Any]) -> list[str]:
    return [base_of(code) for code in known["languages"]]


def _text(key: str, prompt: str, *, empty: str = _LATER) -> _Ask:
    """Return a question that is asked in each language of the handbook."""

    def ask(known: Mapping[str, Any]) -> str | dict[str, str] | None:
        return _in_each_language(_languages(known), key, prompt, empty=empty)

    return ask


def _in_each_language(
    languages: Sequence[str],
    key: str,
    prompt: str,
    model: type[Record] = Answers,
    *,
    empty: str = _LATER,
    enough_once: Callable[[str], object] = lambda _: None,
) -> str | dict[str, str] | None:
    """Ask for a text in each language; None if the first answer is empty, as `empty` says that it may be.

    An answer that `enough_once` knows is the same in each language.
    """
    texts: dict[str, str] = {}
    while len(texts) < len(languages):
        language = languages[len(texts)]
        named = f"{prompt} ({language})" if len(languages) > 1 else prompt
        answer = _prompt(f"{named}; {empty}" if empty and not texts else named)
        if not texts and ((empty and not answer) or enough_once(answer)):
            return answer or None
        if problem := _problem(model, key, answer):
            _refuse(answer, problem)
        else:
            texts[language] = answer
    return texts if len(languages) > 1 else texts[languages[0]]


def _contact(purpose: str, known: Mapping[str, Any]) -> dict[str, Any] | None:
    if purpose == PURPOSES[0]:
        click.echo(
            "\nWhom to ask, by purpose. Name roles, not persons, or another of these purposes.", err=True
        )
    languages, prompt = _languages(known), f"Who answers for {purpose.replace('_', ' ')}"
    role = _in_each_language(languages, "role", prompt, Contact, enough_once=_purpose_in)
    while isinstance(role, str) and _purpose_in(role) == purpose:
        click.echo(f"'{role}' is this purpose itself; name a role, or another purpose", err=True)
        role = _in_each_language(languages, "role", prompt, Contact, enough_once=_purpose_in)
    if role is None or (isinstance(role, str) and _purpose_in(role)):
        return {"falls_back_to": _purpose_in(role)} if isinstance(role, str) else None
    contact: dict[str, Any] = {"role": role}
    if "fr" in languages:
        sentence = _in_each_language(languages, "in_sentence", "  with its article", Contact, empty=_NONE)
        contact |= {"in_sentence": sentence} if sentence else {}
    contact["email"] = _mail()
    phone = _valid("phone", f"  telephone; {_NONE}", Contact)
    return contact | ({"phone": phone} if phone else {})


def _purpose_in(answer: str) -> str | None:
    """Return the purpose that an answer names, as the questions write it or as the files do."""
    name = "_".join(answer.lower().split())
    return name if name in PURPOSES else None


def _mail() -> str:
    """Ask for an address; an invented contact without one would be no contact."""
    while True:
        answer = _valid("email", "  mail address", Contact)
        if answer:
            return answer
        click.echo("A contact needs a mail address.", err=True)


def _words(known: Mapping[str, Any]) -> dict[str, Any] | None:
    languages = _languages(known)
    prompts = {
        "client": "Your word for one person you serve, such as: learner",
        "clients": "for several, such as: learners",
        "people": "for your own people, such as: staff and volunteers",
    }
    words: dict[str, Any] = {}
    for key, prompt in prompts.items():
        answer = _in_each_language(languages, key, prompt, Vocabulary, empty="" if words else _LATER)
        if answer is None:
            return None
        words[key] = answer
    return words


def _accounts(known: Mapping[str, Any]) -> list[dict[str, Any]]:
    click.echo(
        "\nYour official accounts. Who answers for each goes into registers/accounts.yml later.", err=True
    )
    accounts = []
    while platform := _prompt("Platform, such as facebook; Enter ends the list").lower():
        purpose = _in_each_language(_languages(known), "purpose", "  what it is for", AccountAnswer, empty="")
        accounts.append(
            {
                "platform": platform,
                "name": _valid("name", "  its name", AccountAnswer),
                "address": _valid("address", "  its address", AccountAnswer),
                "purpose": purpose,
            }
        )
    return accounts


def _roles(known: Mapping[str, Any], owners: Owners) -> dict[str, Any] | None:
    """Ask who has the tasks of each role of the sample, then who reads with each of those named."""
    languages = _languages(known)
    click.echo(
        "\nWho owns the pages. One role may take several; Enter keeps the role of the sample.", err=True
    )
    roles: dict[str, dict[str, Any]] = {}
    for of_sample, owner in owners.owners.items():
        prompt = f"{_english(owner.title)} ({_english(owner.decides)}): who is that in your organization?"
        first = _prompt(f"{prompt} ({languages[0]})" if len(languages) > 1 else prompt)
        name = key_for(first)
        if name in roles:
            roles[name]["takes"].append(of_sample)
        elif name:
            more = {language: _prompt(f"  in {language}") or first for language in languages[1:]}
            roles[name] = {"takes": [of_sample], "title": {languages[0]: first, **more} if more else first}
        if name and owner.contact == LEGAL:
            roles[name]["contact"] = LEGAL
    _ask_deputies(roles)
    return roles or None


def _english(text: str | Mapping[str, str]) -> str:
    return text if isinstance(text, str) else next(iter(text.values()))


def _ask_deputies(roles: dict[str, dict[str, Any]]) -> None:
    """Ask only where several roles could read with one; each page is read by two."""
    for name, role in roles.items():
        others = [other for other in roles if other != name]
        if others:
            text = f"Who reads the pages of {name} with it?"
            role["deputy"] = click.prompt(
                text,
                type=click.Choice(others),
                default=others[0],
                value_proc=partial(_role_among, others),
                err=True,
            )


def _role_among(names: Sequence[str], answer: str) -> str:
    """Return the role that has a name, or the title from which that name was made."""
    if (name := key_for(answer)) not in names:
        raise click.BadParameter(f"'{answer}' is not one of {', '.join(names)}.")
    return name


def _history() -> str:
    wanted = "Show only what is committed from now on as your history?"
    return "begin" if click.confirm(wanted, default=True, err=True) else "keep"
