"""CHG: what a change may consist of."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from handbook.baseline import Baseline
from handbook.content.change import CONFIGURATION, ChangedFiles, is_text
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.code_owners import CODE_HOSTS, code_owners_text
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.owners import FILE as OWNERS_FILE
from handbook.registers.owners import LEGAL, Owner
from handbook.rules.registry import rule
from handbook.rules.silent_translations import silent_translations
from handbook.rules.unproved_records import unproved_records
from handbook.rules.unreviewed_values import unreviewed_values
from handbook.text.counting import counted
from handbook.text.quoting import short_commit

_MOST_NAMED: Final = 5
_LOOK: Final = "make sure that it is right"
_LEFT_OUT: Final = ".git-blame-ignore-revs"
_RIGHTS: Final = ("filled", "deputy", "read_by", "edits_wording")
# The keys of organization.yml that decide how strictly pages are judged, and what is shown of the past.
_SETTINGS: Final = {
    "sector": "which pages there are",
    "jurisdictions": "which pages there are and which rules on wording apply",
    "leave_out": "which pages are not published",
    "languages": "in which languages pages are published",
    "translate_within": "how long a text may be missing in a language",
    "time_zone": "on which day a page is overdue",
    "history_since": "where the history begins",
    "history_names": "whom the history names",
    "develops_the_tool": "whether a change may mix pages with what runs",
}


@rule("CHG001", "Change does not mix pages with what runs", severity=Severity.ERROR)
def change_mixes_nothing(change: ChangedFiles | None) -> Iterator[Problem]:
    """A change that edits a page together with the code that judges it can weaken the rule it breaks.

    Applies with `--changed-since`. Pages, registers, and `organization.yml` are one kind of change; what
    runs is the other: `mkdocs.yml` except its `nav`, code, templates, dependencies, workflows, and settings
    of git. Pages about the tool belong to both. A change of what runs alone is a notice, and an update to a
    release is no mixture: each file that runs is then the same as in the installation that checks, or as
    in a tag such as `v1.2`. `develops_the_tool: true` in `organization.yml` turns the rule off, if it was
    there before the change.

    Bad:  `docs/policy/work.md` and `handbook/rules/structure.py`
    Good: `docs/policy/work.md` and `registers/owners.yml`
    """
    if change is None or change.develops_the_tool:
        return
    if change.running:
        yield _about_what_runs(change)
    for path in change.hidden:
        yield Problem(
            1,
            f"{path} is no longer published, although its file is there; publish it, or delete the file",
            severity=Severity.WARNING,
            path=CONFIGURATION,
        )


def _about_what_runs(change: ChangedFiles) -> Problem:
    path, running = change.running[0], _named(change.running)
    if not change.texts:
        message = f"this change touches what runs: {running}; somebody who reads code reviews it"
        return Problem(1, message, severity=Severity.INFO, path=path)
    if change.is_release:
        message = f"this change updates the tool to a release: {running}"
        return Problem(1, message, severity=Severity.INFO, path=path)
    message = (
        f"this change mixes what runs ({running}) with what people read ({_named(change.texts)});"
        " put each into a change of its own"
    )
    return Problem(1, message, path=path)


def _named(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


@rule("CHG002", "Changes that need no review are named", severity=Severity.INFO)
def silent_changes_are_named(
    handbook: Handbook, baseline: Baseline | None, change: ChangedFiles | None
) -> Iterator[Problem]:
    """Who may sign, and whom readers call, changes without a review, so each such change is named.

    The same goes for changes of wording, for a text that a meeting changed after it was read, for
    readings by roles without holders, which nobody can check, for waivers, for a CODEOWNERS that someone
    wrote, for who may read and correct pages, for values of `organization.yml` that no review covers,
    such as hours, or that decide how strictly pages are judged and where the history begins, for words
    that appear only in the menu or lead to another page there now, for files other than pages, for a
    translation that is marked as current although only its original changed, and for how many people
    accepted an edition, which only the record outside of git can show. A commit that
    `.git-blame-ignore-revs` takes out of the history is a warning if it does more than format.
    Applies with `--changed-since`, as a notice. For the change itself, the holders of roles count as they
    were before it.

    Bad:  (a holder who signs in the change that names them)
    Good: (a new holder first, and what they sign in a later change)
    """
    if baseline is None:
        return
    yield from _changed_holders(baseline.handbook, handbook)
    yield from _changed_settings(baseline.handbook, handbook)
    yield from unreviewed_values(baseline, handbook)
    yield from unproved_records(baseline, handbook, change)
    yield from _changed_code_owners(baseline.handbook, handbook)
    yield from _new_waivers(baseline.handbook, handbook)
    yield from _changed_counts(baseline.handbook, handbook)
    if change:
        yield from _without_pages(change, handbook)
    yield from silent_translations(baseline, handbook)
    for page in handbook.pages:
        before = baseline.page(page.path)
        yield from _changed_duties(before, page, handbook) if before else ()
        is_silent = before and not is_about_the_tool(page.path) and baseline.shows_the_same(page, handbook)
        if is_silent and not baseline.shows_the_same_facts(page, handbook):
            message = (
                "this page shows other facts, such as a contact or a day, without a review;"
                " make sure that they are right"
            )
            yield Problem(page.body_line, message, path=page.path)


def _without_pages(change: ChangedFiles, handbook: Handbook) -> Iterator[Problem]:
    """Yield what readers get outside of pages: words of the menu, files, and what the history omits."""
    for words, location in change.menu_words:
        message = f"the menu says '{words}' here now, which no review covers; {_LOOK}"
        yield Problem.at(location, message, path=CONFIGURATION)
    for commit, path in change.left_out:
        message = (
            f"commit {short_commit(commit)} is to be left out of the history, but changes what {path} says;"
            " take it off this list"
        )
        yield Problem(1, message, severity=Severity.WARNING, path=_LEFT_OUT)
    files = sorted({asset.path for asset in handbook.assets}.intersection(change.paths))
    for path in files if not change.is_release else filter(is_text, files):
        message = "readers get this file as it is, and no review covers it; look at it before you accept it"
        yield Problem(1, message, path=path)


def _changed_duties(before: Page, now: Page, handbook: Handbook) -> Iterator[Problem]:
    owner = handbook.registers.owners.now_called(before.owner) if before.owner else None
    if owner != now.owner:
        yield Problem(1, f"the owner of this page changes from {owner} to {now.owner}", path=now.path)
    if before.interval and now.interval and before.interval != now.interval:
        months = f"{before.interval} to {counted(now.interval, 'month')}"
        yield Problem(1, f"the review interval of this page changes from {months}", path=now.path)


def _changed_holders(before: Handbook, now: Handbook) -> Iterator[Problem]:
    called = now.registers.owners.now_called
    then, after = before.registers.owners.owners, now.registers.owners.owners
    for old_name in then:
        if called(old_name) != old_name:
            message = f"the role {old_name} is called {called(old_name)} now; its records count for it"
            yield Problem(1, message, path=OWNERS_FILE)
    then = {called(role): _with_new_names(owner, called) for role, owner in then.items()}
    for role in dict.fromkeys([*then, *after]):
        old, new = (owners[role].holders if role in owners else [] for owners in (then, after))
        if old != new:
            message = f"the holders of {role} change; what they sign counts only in later changes"
            yield Problem(1, message, path=OWNERS_FILE)
        if role in then and role in after:
            yield from _changed_role(role, then[role], after[role])
    for key, what in (
        ("publishers", "whose key publishes editions"),
        ("platform_keys", "whose key signs for others"),
        ("maintainers", "who agrees to changes of what runs"),
        ("files_for_others", "who files what others said"),
        ("escalation", "who is notified of overdue pages, and agrees to changes of this register"),
    ):
        if getattr(before.registers.owners, key) != getattr(now.registers.owners, key):
            yield Problem(1, f"`{key}` changes, and it decides {what}", path=OWNERS_FILE)


def _with_new_names(owner: Owner, called: Callable[[str], str]) -> Owner:
    """Return an owner whose deputy and readers have the names that these roles have now."""
    deputy, readers = (
        owner.deputy and called(owner.deputy),
        owner.read_by and list(map(called, owner.read_by)),
    )
    return owner.model_copy(update={"deputy": deputy, "read_by": readers})


def _changed_role(role: str, before: Owner, now: Owner) -> Iterator[Problem]:
    """Yield how the rights of a role change, and what its pages show of it."""
    if keys := _changed_rights(before, now):
        named = ", ".join(f"`{key}`" for key in keys)
        message = f"what {role} may read and correct changes ({named})"
        yield Problem(1, message, path=OWNERS_FILE)
    for key in ("title", "contact"):
        if getattr(before, key) != getattr(now, key):
            message = f"the {key} of {role}, which its pages show, changes without a review; {_LOOK}"
            yield Problem(1, message, path=OWNERS_FILE)


def _changed_code_owners(before: Handbook, now: Handbook) -> Iterator[Problem]:
    """Yield the files that say who has to agree and that nothing is compared with: no role has an account."""
    for name, host in CODE_HOSTS.items():
        old, new = (each.registers.code_owners.texts.get(name) for each in (before, now))
        is_written_by_hand = code_owners_text(now.pages, now.registers.owners, name, now.today) is None
        if old != new and is_written_by_hand:
            message = f"the list of who has to agree to changes on {host.title} is different now; {_LOOK}"
            yield Problem(1, message, path=host.file)


def _changed_rights(before: Owner, now: Owner) -> list[str]:
    """Return the keys by which a role comes to read or to correct other pages, or ceases to."""
    lawyer = ["contact"] if (before.contact == LEGAL) != (now.contact == LEGAL) else []
    return lawyer + [key for key in _RIGHTS if getattr(before, key) != getattr(now, key)]


def _changed_settings(before: Handbook, now: Handbook) -> Iterator[Problem]:
    then, today = before.registers.organization, now.registers.organization
    if then.sample and not today.sample:
        return  # Whoever adopts the handbook decides all of it.
    for key, what in _SETTINGS.items():
        if getattr(then, key) != getattr(today, key):
            yield Problem(1, f"`{key}` changes, which decides {what}", path=ORGANIZATION_FILE)


def _new_waivers(before: Handbook, now: Handbook) -> Iterator[Problem]:
    waivers = now.registers.waivers
    for number, waiver in enumerate(waivers.waivers):
        if waiver not in before.registers.waivers.waivers:
            path, location = waivers.file_and_location(number, "page")
            message = f"{waiver.page} gets a waiver of {waiver.rule}, which counts only in later changes"
            yield Problem.at(location, message, path=path)


def _changed_counts(before: Handbook, now: Handbook) -> Iterator[Problem]:
    then, counts = before.registers.acknowledgement_counts, now.registers.acknowledgement_counts
    if list(then.counts) != list(counts.counts):
        message = (
            "how many people accepted an edition changes, which nothing here can show; compare it with"
            " `handbook acknowledge report --write`"
        )
        yield Problem(1, message, path=counts.path)
