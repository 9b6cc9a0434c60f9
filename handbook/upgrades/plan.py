"""Plans an upgrade: what becomes of each file, by what was adopted, what is there now, and the release."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handbook.content.languages import base_of, named_language
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.evidence_folder import is_sample
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.sources import FILE as SOURCES_FILE
from handbook.upgrades.compared_file import ComparedFile
from handbook.upgrades.file_kinds import FileKind, kind_of
from handbook.upgrades.file_plan import FileOutcome, FilePlan
from handbook.upgrades.file_texts import as_data, as_text
from handbook.upgrades.merging.configuration_merge import merge_configuration
from handbook.upgrades.merging.merged_text import Conflict, MergedText
from handbook.upgrades.merging.organization_merge import merge_organization
from handbook.upgrades.merging.page_merge import merge_page, without_evidence
from handbook.upgrades.merging.text_merge import merge_lines
from handbook.upgrades.merging.yaml_merge import Preferences, merge_yaml
from handbook.upgrades.moves import moved_files
from handbook.upgrades.records_in_use import names_in_use, pages_now, removed_records
from handbook.upgrades.role_names import renamed_roles, with_own_roles
from handbook.upgrades.snapshot import Snapshot
from handbook.yaml.located import read_mapping

_CONFIGURATION: Final = "mkdocs.yml"
# That a source has changed is evidence, so that rule REV010 lets nobody take it back.
_FILED: Final = frozenset(("changed",))
_RECORDS: Final = ("registers/reviews/", "registers/editorial_changes/", "registers/waivers/")
_SKIPPED: Final = (FileKind.NEVER, FileKind.STATE, FileKind.CONFIGURATION)


@dataclass(frozen=True, slots=True)
class _Handbook:
    """What decides about files beside their contents."""

    is_sample: bool
    languages: frozenset[str]
    in_use: frozenset[str] = frozenset()


def plan_upgrade(root: Path, base: Snapshot, release: Snapshot, left: Collection[str] = ()) -> list[FilePlan]:
    """Return what becomes of each file that the release has changed, added, or removed.

    A page of the release belongs to the role of the handbook that has the pages of its owner here. `left` are
    the rules that stay as they are. A record that these or the handbook's own pages use stays, too, even if
    the release no longer needs it.

    Raises:
        HandbookError: if a file of the handbook cannot be read.

    """
    tree = Folder(root)
    renamed = renamed_roles(tree, base)
    plans = _plan_files(tree, with_own_roles(base, renamed), with_own_roles(release, renamed), left)
    # What is left is compared with the files as they came.
    return [replace(plan, base=base.files.get(plan.moved_from or plan.path, plan.base)) for plan in plans]


def _plan_files(tree: Folder, base: Snapshot, release: Snapshot, left: Collection[str]) -> list[FilePlan]:
    handbook = _Handbook(is_sample(tree), _languages(tree))
    moved = moved_files(base.files, release.files)
    stays = {path for pair in moved.items() if pair[1] in left for path in pair}
    registers: list[ComparedFile] = []
    others: list[ComparedFile] = []
    for file in _files(tree, base, release, moved):
        if file.path in stays:
            continue
        (registers if kind_of(file.path) is FileKind.REGISTER else others).append(file)
    plans = list(_plans(others, handbook))
    plans += list(_moved_away(tree, plans))
    in_use = names_in_use(tree, {plan.path: plan for plan in plans}, release, left)
    plans += _plans(registers, replace(handbook, in_use=in_use))
    configuration = _plan_of_configuration(tree, base, release, plans, moved)
    return [*plans, configuration] if configuration else plans


def _plans(files: Iterable[ComparedFile], handbook: _Handbook) -> Iterator[FilePlan]:
    for file in files:
        plan = _HANDLERS[kind_of(file.path)](file, handbook)
        if plan:
            yield plan


def _languages(tree: Folder) -> frozenset[str]:
    data = read_mapping((tree.read(ORGANIZATION_FILE) or b"").decode("utf-8-sig", "replace")).data
    languages = data.get("languages")
    return (
        frozenset(str(language)[:2] for language in languages) if isinstance(languages, list) else frozenset()
    )


def _files(
    tree: Folder, base: Snapshot, release: Snapshot, moved: Mapping[str, str]
) -> Iterator[ComparedFile]:
    before = {new: old for old, new in moved.items()}
    for path in sorted({*base.files, *base.unknown, *release.files} - moved.keys()):
        if kind_of(path) in _SKIPPED:
            continue
        old = before.get(path, path)
        ours = tree.read(path)
        is_moved = ours is None and old != path and tree.read(old) is not None
        yield ComparedFile(
            path,
            base.files.get(old, base.files.get(path)),
            tree.read(old) if is_moved else ours,
            release.files.get(path),
            old in base.unknown,
            old if is_moved else None,
            base.earlier.get(path),
        )


def _moved_away(tree: Folder, plans: Iterable[FilePlan]) -> Iterator[FilePlan]:
    """Yield the former places of pages that the release has moved."""
    for plan in plans:
        if plan.moved_from:
            yield FilePlan(
                plan.moved_from, FileKind.PAGE, FileOutcome.REMOVED, tree.read(plan.moved_from), None
            )


def _plan_of_tool(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    if file.theirs is None:
        if file.ours is None or file.base is None:
            return None
        return (
            file.plan(FileOutcome.KEPT, file.ours) if file.is_edited else file.plan(FileOutcome.REMOVED, None)
        )
    if file.ours is None:
        was_deleted = file.base is not None and file.path.startswith("docs/")
        return None if was_deleted else file.plan(FileOutcome.NEW, file.theirs)
    if file.ours == file.theirs:
        return None
    plan = file.plan(FileOutcome.REPLACED, file.theirs)
    return replace(plan, overrides=file.is_edited)


def _plan_of_asset(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    """Replace a file that nobody can merge, unless the handbook has edited or deleted it."""
    if file.has_release or file.is_same_in_release:
        return None
    if file.ours is None:
        return None if file.base is not None else file.plan(FileOutcome.NEW, file.theirs)
    if file.is_edited:
        return file.plan(FileOutcome.KEPT, file.ours, (Conflict(1, ""),))
    return file.plan(FileOutcome.REPLACED if file.theirs is not None else FileOutcome.REMOVED, file.theirs)


def _plan_of_evidence(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    is_record = file.path.startswith(_RECORDS) and file.path.endswith(".yml")
    if handbook.is_sample:
        return _plan_of_asset(file, handbook)
    if file.is_edited or (is_record and file.theirs is not None):
        return None
    return _plan_of_asset(file, handbook)


def _plan_of_sample(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    return _plan_of_tool(file, handbook) if handbook.is_sample else None


def _plan_of_organization(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    if handbook.is_sample:
        return _plan_of_text(file, handbook)
    if file.ours is None or file.theirs is None or file.is_same_in_release:
        return None
    base, ours, theirs = (as_text(data) for data in (file.base or file.ours, file.ours, file.theirs))
    result = merge_organization(base, ours, theirs)
    plan = file.plan(FileOutcome.MERGED, as_data(result.merged.text, file.ours), result.merged.conflicts)
    return replace(plan, new_keys=result.new) if plan.is_change else None


def _plan_of_text(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    if not file.moved_from and (file.has_release or file.is_same_in_release):
        return None
    if file.theirs is None:
        return file.plan(FileOutcome.KEPT, file.ours) if file.is_edited and file.ours else _removal(file)
    if file.ours is None:
        return _addition(file, handbook)
    if file.base is None:
        return file.plan(FileOutcome.KEPT, file.ours, (Conflict(1, as_text(file.theirs)),))
    names_may_stay = handbook.in_use & removed_records(file) or file.path == SOURCES_FILE
    keeps_own = names_may_stay or file.path.endswith(".md")
    if not file.is_edited and (handbook.is_sample or not keeps_own):
        return file.plan(FileOutcome.REPLACED, file.theirs)
    texts = as_text(file.base), as_text(file.ours), as_text(file.theirs)
    merged = _merged(file.path, *texts, in_use=handbook.in_use)
    if merged.conflicts and file.earlier is not None:
        merged = _with_what_was_left(file, file.earlier, merged)
    after = as_data(merged.text, file.ours)
    outcome = FileOutcome.MERGED if file.is_edited else FileOutcome.REPLACED
    plan = file.plan(outcome, after, merged.conflicts)
    if plan.is_change:
        return plan
    return replace(plan, outcome=FileOutcome.KEPT) if plan.conflicts else None


def _with_what_was_left(file: ComparedFile, earlier: bytes, merged: MergedText) -> MergedText:
    """Offer what was left once more, if the new changes collide only with its absence."""
    whole = merge_again(file.path, earlier, file.ours or b"", file.theirs or b"")
    return whole if len(whole.conflicts) < len(merged.conflicts) else merged


def _removal(file: ComparedFile) -> FilePlan | None:
    return None if file.ours is None else file.plan(FileOutcome.REMOVED, None)


def _addition(file: ComparedFile, handbook: _Handbook) -> FilePlan | None:
    """Bring a file that is new, unless the handbook deleted it, or it is in a language it does not have."""
    language = named_language(file.path) if file.path.endswith(".md") else None
    is_foreign = bool(handbook.languages and language and base_of(language) not in handbook.languages)
    if file.base is not None or file.is_base_unknown or is_foreign or file.theirs is None:
        return None
    if handbook.is_sample or not file.path.endswith(".md"):
        return file.plan(FileOutcome.NEW, file.theirs)
    return file.plan(
        FileOutcome.NEW, without_evidence(as_text(file.theirs)).encode("utf-8", "surrogateescape")
    )


def _merged(path: str, base: str, ours: str, theirs: str, in_use: frozenset[str] = frozenset()) -> MergedText:
    try:
        if path.endswith(".yml"):
            filed = _FILED if path == SOURCES_FILE else frozenset[str]()
            return merge_yaml(base, ours, theirs, Preferences(in_use=in_use, filed=filed))
        return (merge_page if path.endswith(".md") else merge_lines)(base, ours, theirs)
    except HandbookError:  # YAML that cannot be read is merged as lines.
        return merge_lines(base, ours, theirs)


def merge_again(path: str, base: bytes, ours: bytes, theirs: bytes) -> MergedText:
    """Return what a change that was left makes of a text as it is now.

    Raises:
        HandbookError: if git refuses.

    """
    return _merged(path, as_text(base), as_text(ours), as_text(theirs))


def _plan_of_configuration(
    tree: Folder, base: Snapshot, release: Snapshot, plans: list[FilePlan], moved: Mapping[str, str]
) -> FilePlan | None:
    ours = tree.read(_CONFIGURATION)
    file = ComparedFile(
        _CONFIGURATION, base.files.get(_CONFIGURATION, ours), ours, release.files[_CONFIGURATION]
    )
    if ours is None or file.base is None or file.theirs is None:
        return None
    merged = merge_configuration(
        as_text(file.base), as_text(ours), as_text(file.theirs), _pages(tree, plans), moved
    )
    plan = file.plan(
        FileOutcome.MERGED if file.is_edited else FileOutcome.REPLACED,
        as_data(merged.text, ours),
        merged.conflicts,
    )
    return plan if plan.is_change or plan.conflicts else None


def _pages(tree: Folder, plans: list[FilePlan]) -> set[str]:
    """Return the pages that the handbook will have."""
    gone = {plan.path for plan in plans if plan.after is None}
    return (pages_now(tree) - gone) | {plan.path for plan in plans if plan.after is not None}


_HANDLERS: Final[Mapping[FileKind, Callable[[ComparedFile, _Handbook], FilePlan | None]]] = {
    FileKind.TOOL: _plan_of_tool,
    FileKind.SETTING: _plan_of_asset,
    FileKind.ASSET: _plan_of_asset,
    FileKind.EVIDENCE: _plan_of_evidence,
    FileKind.SAMPLE: _plan_of_sample,
    FileKind.ORGANIZATION: _plan_of_organization,
    FileKind.PAGE: _plan_of_text,
    FileKind.RULE: _plan_of_text,
    FileKind.REGISTER: _plan_of_text,
}
